import { Button, Code, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { call } from '../api/client.ts';
import { Failure } from '../shared/failure.tsx';
import { useTranslation } from '../shared/i18n.ts';
import { useTitle } from '../shared/use-title.ts';
import { Choices } from './choices.tsx';

function ByPassword(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => call('signIn', { body: { name, password } }),
    onSuccess: (session) => client.setQueryData(['getSession', {}], session),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="rialto-form" aria-label={t('signIn.byPassword')}>
      <h2>{t('signIn.byPassword')}</h2>
      <TextInput
        label={t('signIn.name')}
        name="username"
        autoComplete="username"
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
        required
      />
      <TextInput
        type="password"
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
        required
      />
      {enter.error === null ? null : <Failure error={enter.error} />}
      <Button type="submit" variant="default" loading={enter.isPending}>
        {t('signIn.enter')}
      </Button>
    </form>
  );
}

/** The server sends a link that no longer works on to here. */
const isLinkUsed = (): boolean => new URLSearchParams(location.search).get('link') === 'used';

/** Explains the one-time link to someone who is not signed in. */
export function SignedOut({ onRetry }: { readonly onRetry: () => void }): ReactNode {
  const { t } = useTranslation();
  useTitle(t('signIn.title'));
  return (
    <main className="rialto-alone">
      <span className="rialto-wordmark">
        <img src="/icon.svg" alt="" width={22} height={22} /> Rialto
      </span>
      <div className="rialto-card rialto-sign-in">
        <h1>{t('signIn.title')}</h1>
        {isLinkUsed() ? (
          <p className="rialto-bad" role="alert">
            {t('signIn.used')}
          </p>
        ) : null}
        <section className="rialto-form">
          <h2>{t('signIn.byLink')}</h2>
          <p>{t('signIn.link')}</p>
          <p>{t('signIn.again')}</p>
          <Code block>npx rialto sign-in</Code>
          <p className="rialto-dim">{t('signIn.why')}</p>
          <Button onClick={onRetry}>{t('signIn.retry')}</Button>
        </section>
        <ByPassword />
      </div>
      <div className="rialto-alone-choices">
        <Choices />
      </div>
    </main>
  );
}
