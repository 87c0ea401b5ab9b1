import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { queryOf, stepsOf } from '../../shared/answer/steps.ts';
import type { ReadableQuery } from '../../shared/answer/steps.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';

/** Filters name records by id: their names, as far as they are known. */
function useNames(where: ReadableQuery['where']): ReadonlyMap<string, string> {
  const ids = (where ?? []).flatMap(({ dimension, values }) =>
    dimension === 'supplier' || dimension === 'item' ? values.map((id) => ({ dimension, id })) : [],
  );
  return useQueries({
    queries: ids.map(({ dimension, id }) => ({
      queryKey: [dimension === 'supplier' ? 'getSupplier' : 'getItem', { params: { id } }],
      queryFn: () => call(dimension === 'supplier' ? 'getSupplier' : 'getItem', { params: { id } }),
    })),
    combine: (found) =>
      new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.name]]))),
  });
}

function Steps({ query }: { readonly query: ReadableQuery }): ReactNode {
  const { t, language } = useTranslation();
  const format = useFormat();
  const catalogue = useServer('listMetrics').data;
  const names = useNames(query.where);
  return (
    <ol className="rialto-steps">
      {stepsOf(query, { t, format, language, catalogue, names }).map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

/** How an answer was worked out: its query as steps, and as it ran. */
export function Background({ answer }: { readonly answer: Answer }): ReactNode {
  const { t } = useTranslation();
  const query = queryOf(answer.query);
  if (query === undefined) return null;
  return (
    <div className="rialto-card rialto-background">
      <details>
        <summary>{t('ask.steps')}</summary>
        <Steps query={query} />
      </details>
      {answer.sql === undefined ? null : (
        <details>
          <summary>{t('ask.sql')}</summary>
          <pre className="rialto-sql" tabIndex={0}>
            {answer.sql.trim()}
          </pre>
        </details>
      )}
    </div>
  );
}
