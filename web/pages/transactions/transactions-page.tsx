import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';
import { Chip } from '../../shared/list-filters.tsx';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { useList } from '../../shared/use-list.ts';
import { useTransactionColumns } from '../../shared/transaction-columns.tsx';
import { useBatchName } from '../../shared/use-batch-name.ts';
import { useIntegrationChoice } from '../../shared/use-integration-choice.ts';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { useOperationChoice } from './operation-choice.ts';
import { RollbackCard } from './rollback-card.tsx';

const STATES = [
  'intent',
  'sending',
  'uncertain',
  'handed-over',
  'accepted',
  'dead',
  'conflict',
  'dismissed',
] as const;

/** Everything that was to be booked in another system, and where it stands. */
export function TransactionsPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  const mayWrite = useMay('transactions:write');
  const { batch } = search;
  const batchName = useBatchName(batch);
  return (
    <>
      <PageHead title={t('nav.transactions')} about={t('transaction.about')} />
      <ListView
        label={t('nav.transactions')}
        searchLabel={t('transaction.search')}
        choices={[
          {
            name: 'state',
            label: t('field.status'),
            values: STATES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          useOperationChoice(),
          ...useIntegrationChoice(),
        ]}
        filters={
          batch === undefined ? null : (
            <Chip name="batch" label={t('transaction.batch')} text={batchName} />
          )
        }
        list={useList('listTransactions')}
        columns={useTransactionColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('transaction.empty'), hint: t('transaction.emptyHint') }}
      />
      {batch === undefined || !mayWrite ? null : (
        <>
          <div className="rialto-gap" />
          <RollbackCard key={batch} batch={batch} />
        </>
      )}
    </>
  );
}
