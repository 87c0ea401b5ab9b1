import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DayBox } from '../../../shared/list-filters.tsx';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { useUrl } from '../../../shared/use-url.ts';
import { useBooks } from '../ask-books.ts';
import { ListHead } from '../books.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ExportRows } from '../export-rows.tsx';

type Month = ReplyOf<'getRecurringRevenue'>['items'][number];

const MOVEMENTS = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] as const;

const currencyOf = ({ currency }: Month): string => currency;

/** Monthly recurring revenue, newest month first: what it was, why it moved, what it is. */
export function RecurringRevenue(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [search] = useUrl();
  const mayExport = useMay('records:export');
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4, 7)}-01`;
  const [from, to] = [search['from'] ?? yearAgo, search['to'] ?? today];
  const found = useBooks(
    'getRecurringRevenue',
    { params: { entity: code }, query: { from, to } },
    { keep: true },
  );
  const rows = (found.data?.items ?? []).toReversed();
  return (
    <>
      <ListHead list="recurring-revenue" />
      <div className="rialto-filters">
        <DayBox name="from" label={kit.t('erp.from')} otherwise={yearAgo} />
        <DayBox name="to" label={kit.t('erp.to')} otherwise={today} />
        {mayExport ? (
          <ExportRows name="recurring-revenue" read={() => Promise.resolve({ items: rows })} />
        ) : null}
      </div>
      <div className="rialto-card">
        <Async
          of={loadable(found)}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Empty
              title={kit.t('erp.emptyTitle', { list: kit.t('erp.list.recurring-revenue') })}
              hint={kit.t('erp.empty.recurring-revenue')}
            />
          }
        >
          {() => (
            <DataTable
              label={kit.t('erp.list.recurring-revenue')}
              rows={rows}
              keyOf={({ month, currency }) => `${month} ${currency}`}
              columns={[
                kit.text<Month>('erp.field.month', ({ month }) => kit.format.month(month)),
                kit.amount<Month>('erp.field.opening', ({ opening }) => opening, currencyOf),
                ...MOVEMENTS.map((movement) => ({
                  name: movement,
                  title: kit.t(`erp.mrr.${movement}`),
                  end: true,
                  cell: (row: Month) => kit.format.amount(row[movement], row.currency),
                })),
                kit.amount<Month>('erp.field.closing', ({ closing }) => closing, currencyOf),
                kit.quantity<Month>('erp.field.customers', ({ customers }) => String(customers)),
              ]}
            />
          )}
        </Async>
      </div>
    </>
  );
}
