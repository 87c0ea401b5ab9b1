import { Alert, Code, CopyButton, Group, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';

function TraceId({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} className="rialto-trace">
          {copied ? t('state.copied') : t('state.trace')} <Code>{id}</Code>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}

/** Says what failed, why, what to do, and the id under which the server noted it. */
export function Failure(props: { readonly error: Error; readonly action?: ReactNode }): ReactNode {
  const { error, action } = props;
  const { t } = useTranslation();
  const problem = error instanceof ApiError ? error.problem : undefined;
  const offline = error instanceof ApiError && error.status === 0;
  return (
    <Alert className="rialto-failure" role="alert" title={problem?.title ?? t('state.failed')}>
      <Text size="sm">{offline ? t('state.offline') : (problem?.detail ?? error.message)}</Text>
      <Group mt="sm" gap="md">
        {action}
        {problem?.traceId === undefined ? null : <TraceId id={problem.traceId} />}
      </Group>
    </Alert>
  );
}
