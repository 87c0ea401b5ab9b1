import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import type { Problem } from '../api/client.ts';
import { useTranslation } from './i18n.ts';
import { useMeaning } from './said.ts';

function TraceId({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard();
  return (
    <button type="button" onClick={() => copy(id)} className="rialto-text-button">
      {copied ? t('state.copied') : t('state.trace')} <code>{id}</code>
    </button>
  );
}

/** What a problem says: in the reader's language what it means, and the server's words unfolded. */
function Words({ of }: { readonly of: Problem }): ReactNode {
  const { t } = useTranslation();
  const meaning = useMeaning()(of.code, of.slots);
  const own = [of.detail, of.remedy].filter((text) => text !== undefined);
  if (meaning === undefined) return own.map((text) => <p key={text}>{text}</p>);
  return (
    <>
      <p>{meaning}</p>
      {own.length === 0 ? null : (
        <details className="rialto-unfolds">
          <summary>{t('state.ownWords')}</summary>
          <div lang="en">
            {own.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
        </details>
      )}
    </>
  );
}

/** Says what failed, why, what to do, and the id under which the server noted it. */
export function Failure(props: { readonly error: Error; readonly action?: ReactNode }): ReactNode {
  const { error, action } = props;
  const { t } = useTranslation();
  const problem = error instanceof ApiError ? error.problem : undefined;
  const offline = error instanceof ApiError && error.status === 0;
  const title = useMeaning()(`title.${problem?.kind}`, undefined) ?? problem?.title;
  return (
    <div className="rialto-failure" role="alert">
      <p className="rialto-failure-title">{title ?? t('state.failed')}</p>
      {problem === undefined ? (
        <p>{offline ? t('state.offline') : error.message}</p>
      ) : (
        <Words of={problem} />
      )}
      <div className="rialto-tools">
        {action}
        {problem?.traceId === undefined ? null : <TraceId id={problem.traceId} />}
      </div>
    </div>
  );
}
