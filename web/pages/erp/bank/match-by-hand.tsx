import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { differenceOf } from '../../../shared/exact.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField, Field } from '../fields.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { isAbove } from '../left.ts';
import type { OpenItem } from '../open-items-card.tsx';
import { useAccountChoices } from './account-choices.ts';
import type { BankAccount } from './bank-account.tsx';
import type { BankLine } from './waiting-lines.tsx';

type Way = 'account' | 'receivable' | 'payable';

const without = (amount: string): string => amount.replace(/^-/, '');

/** How much of each chosen item a sum pays, in the order of the items: no more than is there. */
function paidOf(
  items: readonly OpenItem[],
  sum: string,
): readonly { readonly item: string; readonly amount: string }[] {
  let left = sum;
  return items.flatMap(({ id, open }) => {
    const over = differenceOf(left, open);
    const amount = over === undefined || isAbove(over) ? open : left;
    left = over === undefined || !isAbove(over) ? '0' : over;
    return isAbove(amount) ? [{ item: id, amount }] : [];
  });
}

/** What is open with a party in the account's currency, to choose from. */
function OpenItems(props: {
  readonly of: readonly OpenItem[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}): ReactNode {
  const { of, chosen, onChosen } = props;
  const { t, format } = useColumnKit();
  if (of.length === 0) return <p className="rialto-dim">{t('erp.bank.nothingOpen')}</p>;
  return (
    <fieldset className="erp-choices">
      <legend>{t('erp.openItems')}</legend>
      {of.map(({ id, documentNumber, open, currency, dueOn }) => (
        <Checkbox
          key={id}
          label={`${documentNumber} · ${format.amount(open, currency)} ${currency} · ${t('erp.field.dueOn')} ${format.day(dueOn)}`}
          checked={chosen.has(id)}
          onChange={({ currentTarget: { checked } }) =>
            onChosen(
              new Set(checked ? [...chosen, id] : [...chosen].filter((other) => other !== id)),
            )
          }
        />
      ))}
    </fieldset>
  );
}

function useOpen(side: Way, party: Party | undefined, currency: string): readonly OpenItem[] {
  const { code } = useEntity();
  const asked = {
    params: { entity: code },
    query: { party: party?.id ?? '', state: 'open', limit: 100 },
  } as const;
  const isAsked = party !== undefined;
  const owed = useBooks('listReceivables', asked, { enabled: isAsked && side === 'receivable' });
  const owing = useBooks('listPayables', asked, { enabled: isAsked && side === 'payable' });
  const found = side === 'receivable' ? owed : owing;
  return (found.data?.items ?? []).filter((item) => item.currency === currency);
}

/** Which account takes a line, and what is said of it; '' is that of bank fees. */
type Target = { readonly account: string; readonly text: string };

const accountPart = (amount: string, { account, text }: Target) => ({
  kind: 'account' as const,
  amount,
  ...(account === '' ? {} : { account }),
  ...(text === '' ? {} : { text }),
});

function ToAccount(props: { readonly of: Target; readonly onTo: (to: Target) => void }): ReactNode {
  const { of, onTo } = props;
  const { t } = useColumnKit();
  return (
    <>
      <ChoiceField
        label={t('erp.field.account')}
        value={of.account}
        onValue={(account) => onTo({ ...of, account })}
        none={t('erp.bank.fees')}
        of={useAccountChoices()}
        named="parts.0.account"
      />
      <Field
        label={t('erp.field.text')}
        value={of.text}
        onValue={(text) => onTo({ ...of, text })}
        maxLength={500}
        optional
        named="parts.0.text"
      />
    </>
  );
}

/** Explains a line by hand: it pays what is open with somebody, or goes to an account. */
export function MatchByHand(props: {
  readonly line: BankLine;
  readonly account: BankAccount;
}): ReactNode {
  const { line, account } = props;
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayRead = { receivable: useMay('receivables:read'), payable: useMay('payables:read') };
  const ways = (['account', 'receivable', 'payable'] as const).filter(
    (way) => way === 'account' || mayRead[way],
  );
  const [way, setWay] = useState<Way>('account');
  const [to, setTo] = useState<Target>({ account: '', text: '' });
  const [party, setParty] = useState<Party>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const open = useOpen(way, party, account.currency);
  const match = (key: string): Promise<unknown> => {
    const picked = open.filter(({ id }) => chosen.has(id));
    const { amount } = line;
    const part =
      way === 'account'
        ? accountPart(amount, to)
        : {
            kind: 'items' as const,
            side: way,
            party: party?.id ?? '',
            amount,
            items: [...paidOf(picked, without(amount))],
          };
    const params = { entity: code, id: line.id };
    return callBooks('matchBankLine', { params, body: { parts: [part] }, key });
  };
  return (
    <BookingForm title={t('erp.act.matchByHand')} about={t('erp.act.matchByHandAbout')} act={match}>
      <ChoiceField
        label={t('erp.bank.what')}
        value={way}
        onValue={(value) => {
          setWay(ways.find((one) => one === value) ?? 'account');
          setParty(undefined);
          setChosen(new Set());
        }}
        of={ways.map((value) => ({ value, label: t(`erp.bank.way.${value}`) }))}
      />
      {way === 'account' ? (
        <ToAccount of={to} onTo={setTo} />
      ) : (
        <>
          <PartyBox
            key={way}
            role={way === 'receivable' ? 'customer' : 'supplier'}
            value={party}
            onValue={setParty}
            named="parts.0.party"
          />
          {party === undefined ? null : (
            <OpenItems of={open} chosen={chosen} onChosen={setChosen} />
          )}
        </>
      )}
    </BookingForm>
  );
}
