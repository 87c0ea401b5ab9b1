import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { useList } from '../../shared/use-list.ts';
import { useTransactionColumns } from '../../shared/transaction-columns.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { useOperationChoice } from './operation-choice.ts';

/** Sends again what fits the list's filters, of one connection at a time. */
function RetryAll(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [{ integration = '', operation, search }] = useUrl();
  const again = useMutation({
    mutationFn: () =>
      call('retryDeadLetters', {
        body: {
          integration,
          ...(operation === undefined ? {} : { operation }),
          ...(search === undefined ? {} : { search }),
        },
      }),
    onSettled: () => client.invalidateQueries(),
  });
  const hint = t(integration === '' ? 'deadLetters.chooseOne' : 'deadLetters.retryAllAbout');
  return (
    <div className="rialto-verify">
      <Button
        size="xs"
        variant="default"
        disabled={integration === ''}
        loading={again.isPending}
        onClick={() => again.mutate()}
        aria-describedby="retry-all"
      >
        {t('deadLetters.retryAll')}
      </Button>
      <span id="retry-all" className="rialto-dim">
        {hint}
      </span>
      {again.error === null ? null : <Failure error={again.error} />}
      {again.data === undefined ? null : (
        <span role="status" className="rialto-good">
          ✓ {t('deadLetters.retried', { count: again.data.retried })}
        </span>
      )}
    </div>
  );
}

/** What could not be booked and waits for a person. */
export function DeadLettersPage(): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('transactions:write');
  const sources = useServer('listIntegrations', { query: { pageSize: 200 } }).data?.items ?? [];
  return (
    <>
      <PageHead title={t('nav.deadLetters')} about={t('deadLetters.about')} />
      {mayWrite ? <RetryAll /> : null}
      <ListView
        label={t('nav.deadLetters')}
        searchLabel={t('deadLetters.search')}
        choices={[
          {
            name: 'integration',
            label: t('field.integration'),
            values: sources.map(({ name }) => ({ value: name, label: name })),
          },
          useOperationChoice(),
        ]}
        list={useList('listDeadLetters')}
        columns={useTransactionColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('deadLetters.empty'), hint: t('deadLetters.emptyHint') }}
      />
    </>
  );
}
