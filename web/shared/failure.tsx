import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { useTranslation } from './i18n.ts';

function TraceId({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard();
  return (
    <button type="button" onClick={() => copy(id)} className="rialto-text-button">
      {copied ? t('state.copied') : t('state.trace')} <code>{id}</code>
    </button>
  );
}

/** Says what failed, why, what to do, and the id under which the server noted it. */
export function Failure(props: { readonly error: Error; readonly action?: ReactNode }): ReactNode {
  const { error, action } = props;
  const { t } = useTranslation();
  const problem = error instanceof ApiError ? error.problem : undefined;
  const offline = error instanceof ApiError && error.status === 0;
  return (
    <div className="rialto-failure" role="alert">
      <p className="rialto-failure-title">{problem?.title ?? t('state.failed')}</p>
      <p>{offline ? t('state.offline') : (problem?.detail ?? error.message)}</p>
      {problem?.remedy === undefined ? null : <p>{problem.remedy}</p>}
      <div className="rialto-tools">
        {action}
        {problem?.traceId === undefined ? null : <TraceId id={problem.traceId} />}
      </div>
    </div>
  );
}
