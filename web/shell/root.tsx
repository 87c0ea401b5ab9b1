import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { isSignedOut } from '../api/client.ts';
import { Async, loadable } from '../shared/async.tsx';
import { Shell } from './shell.tsx';
import { SignedOut } from './signed-out.tsx';
import { useTranslation } from '../shared/i18n.ts';

/** Everything: the shell for who is signed in, the way in for who is not. */
export function Root(): ReactNode {
  const session = useServer('getSession');
  const { t } = useTranslation();
  if (isSignedOut(session.error)) return <SignedOut onRetry={() => void session.refetch()} />;
  if (session.isPending) {
    return (
      <Center component="main" mih="100vh" role="status" aria-label={t('state.loading')}>
        <Loader size="sm" />
      </Center>
    );
  }
  if (session.data === undefined) {
    return (
      <main className="rialto-alone">
        <h1 className="rialto-wordmark">Rialto</h1>
        <Async of={loadable(session)}>{() => null}</Async>
      </main>
    );
  }
  return <Shell session={session.data} />;
}
