import type { ReactNode } from 'react';
import { ExchangeView } from '../../shared/exchange-view.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { ListView } from '../../shared/list-view.tsx';
import { useList } from '../../shared/use-list.ts';

/** What went over the wire in a run. Looking at it leaves its line in the audit log. */
export function ExchangesCard({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const values = (['true', 'false'] as const).map((value) => ({
    value,
    label: t(`exchange.failed.${value}`),
  }));
  return (
    <Card title={t('run.exchanges')}>
      <ListView
        label={t('run.exchanges')}
        searchLabel={t('exchange.search')}
        choices={[{ name: 'failed', label: t('exchange.outcome'), values }]}
        list={useList('listExchanges', { id })}
        sorts={[
          { sort: 'at', title: t('exchange.at'), up: t('list.oldest'), down: t('list.newest') },
          { sort: 'durationMs', title: t('field.took') },
          { sort: 'status', title: t('field.status') },
        ]}
        empty={{ title: t('exchange.empty'), hint: t('exchange.emptyHint') }}
        inCard
      >
        {(rows) => (
          <div className="rialto-source">
            {rows.map((row) => (
              <ExchangeView key={row.id} of={row} />
            ))}
          </div>
        )}
      </ListView>
    </Card>
  );
}
