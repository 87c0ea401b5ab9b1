import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './failure.tsx';

/** What a page knows of something it asked the server for. */
export type Loadable<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error; readonly retry: () => void }
  | { readonly state: 'ready'; readonly data: T };

/** A query as one of three states; data already seen stays while it is asked for again. */
export function loadable<T>(query: UseQueryResult<T>): Loadable<T> {
  if (query.data !== undefined) return { state: 'ready', data: query.data };
  if (query.error !== null) {
    return { state: 'failed', error: query.error, retry: () => void query.refetch() };
  }
  return { state: 'loading' };
}

type EmptyText = { readonly title: string; readonly hint?: string; readonly action?: ReactNode };

/** Says that there is nothing, why, and the one next step. */
export function Empty({ title, hint, action }: EmptyText): ReactNode {
  return (
    <div className="rialto-empty">
      <Text fw={600}>{title}</Text>
      {hint === undefined ? null : (
        <Text c="dimmed" size="sm" maw={520}>
          {hint}
        </Text>
      )}
      {action}
    </div>
  );
}

function Waiting({ rows }: { readonly rows: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap={10} p="md" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} height={16} width={`${96 - ((at * 17) % 30)}%`} />
      ))}
    </Stack>
  );
}

/** Shows something asked for in each of its four states: loading, failed, empty, ready. */
export function Async<T>(props: {
  readonly of: Loadable<T>;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { of, isEmpty, empty, rows = 6, children } = props;
  const { t } = useTranslation();
  switch (of.state) {
    case 'loading':
      return <Waiting rows={rows} />;
    case 'failed':
      return (
        <Failure
          error={of.error}
          action={
            <Button variant="default" size="xs" onClick={of.retry}>
              {t('state.retry')}
            </Button>
          }
        />
      );
    case 'ready':
      return isEmpty?.(of.data) === true ? empty : children(of.data);
  }
}
