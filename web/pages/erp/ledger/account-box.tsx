import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useLanguage, useTranslation } from '../../../shared/i18n.ts';
import { PickBox } from '../forms/pick-box.tsx';

type Account = ReplyOf<'listAccounts'>['items'][number];

const SHOWN_MOST = 8;

/** An account that a line is posted to, found by the beginning of its number or part of its name. */
export function AccountBox(props: {
  readonly accounts: readonly Account[];
  readonly value: string; // Its number; '' is none.
  readonly onValue: (number: string) => void;
  readonly named: string;
}): ReactNode {
  const { accounts, value, onValue, named } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useState(value);
  const sought = typed.trim().toLowerCase();
  const found = accounts.filter(
    ({ number, name }) =>
      number.startsWith(sought) || name[language].toLowerCase().includes(sought),
  );
  const picked = accounts.find(({ number }) => number === value);
  return (
    <PickBox
      label={t('erp.field.account')}
      named={named}
      typed={typed}
      onTyped={(text) => {
        setTyped(text);
        onValue(accounts.find(({ number }) => number === text.trim())?.number ?? '');
      }}
      choices={found
        .slice(0, SHOWN_MOST)
        .map(({ number, name }) => ({ id: number, text: name[language], note: number }))}
      pending={false}
      picked={picked !== undefined}
      onPick={(number) => {
        setTyped(number);
        onValue(number);
      }}
      {...(picked === undefined ? {} : { description: picked.name[language] })}
    />
  );
}
