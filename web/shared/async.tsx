import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { useTranslation } from './i18n.ts';

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
      <p className="rialto-empty-title">{title}</p>
      {hint === undefined ? null : <p className="rialto-dim">{hint}</p>}
      {action}
    </div>
  );
}

/** Stands where something is on its way. */
export function Waiting({ rows }: { readonly rows: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="rialto-waiting" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="rialto-bone" style={{ width: `${96 - ((at * 17) % 30)}%` }} />
      ))}
    </div>
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
