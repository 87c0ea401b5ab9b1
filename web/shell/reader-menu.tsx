import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../api/client.ts';
import { Failure } from '../shared/failure.tsx';
import { useTranslation } from '../shared/i18n.ts';
import { turnKeys, useKeysAreOn } from '../shared/keys.ts';
import { TextLink } from '../shared/text-link.tsx';
import { Choices } from './choices.tsx';

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.slice(0, 1).toUpperCase())
    .slice(0, 2)
    .join('');

/** Ends the session here and forgets what was shown. */
function SignOut(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: () => call('signOut'),
    onSuccess: async () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'getSession' });
      await client.resetQueries({ queryKey: ['getSession'] });
    },
  });
  return (
    <>
      <Button variant="default" fullWidth loading={leave.isPending} onClick={() => leave.mutate()}>
        {t('shell.signOut')}
      </Button>
      {leave.error === null ? null : <Failure error={leave.error} />}
    </>
  );
}

/** Who is signed in, their choices, and the way out. */
export function ReaderMenu(props: {
  readonly session: ReplyOf<'getSession'>;
  readonly onKeys: () => void;
}): ReactNode {
  const { session, onKeys } = props;
  const { t } = useTranslation();
  const keysAreOn = useKeysAreOn();
  const menu = useRef<HTMLDivElement>(null);
  const { name, role } = session.person;
  return (
    <>
      <button
        type="button"
        className="rialto-reader"
        popoverTarget="reader-menu"
        aria-label={t('shell.reader', { name })}
        data-initials={initialsOf(name)}
      />
      <div ref={menu} id="reader-menu" popover="auto" className="rialto-reader-menu">
        <div>
          <b>{name}</b>
          <div className="rialto-dim">{role === name ? t('shell.signedIn') : role}</div>
        </div>
        <Choices />
        <fieldset className="rialto-choice">
          <legend>{t('shell.keys')}</legend>
          <label>
            <input
              type="checkbox"
              checked={keysAreOn}
              onChange={({ currentTarget: { checked } }) => turnKeys(checked)}
            />
            {t('shell.singleKeys')}
          </label>
          <Button
            variant="subtle"
            size="compact-sm"
            popoverTarget="reader-menu"
            popoverTargetAction="hide"
            onClick={onKeys}
          >
            {t('shell.showKeys')}
          </Button>
        </fieldset>
        <TextLink to="/password" size="sm" onClick={() => menu.current?.hidePopover()}>
          {t('password.title')}
        </TextLink>
        <SignOut />
      </div>
    </>
  );
}
