import type { ReactNode } from 'react';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { DayBox } from '../../../shared/list-filters.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { useUrl } from '../../../shared/use-url.ts';
import { useBooks } from '../ask-books.ts';
import { ListHead } from '../books.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ExportRows } from '../export-rows.tsx';
import { StatementTable, statementFile } from './statement-table.tsx';

/** What was earned and spent between two days; by itself, in the fiscal year up to today. */
export function IncomeStatement(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [{ from, to }] = useUrl();
  const today = useToday();
  const query = { ...(from === undefined ? {} : { from }), to: to ?? today };
  const found = useBooks('getIncomeStatement', { params: { entity: code }, query }, { keep: true });
  const file = statementFile(found.data?.rows ?? []);
  return (
    <>
      <ListHead list="income-statement" />
      <div className="rialto-filters">
        <DayBox name="from" label={t('erp.from')} otherwise={found.data?.from ?? ''} />
        <DayBox name="to" label={t('erp.to')} otherwise={today} />
        <ExportRows name="income-statement" read={() => Promise.resolve({ items: file })} />
      </div>
      <div className="rialto-card">
        <Async
          of={loadable(found)}
          isEmpty={({ rows }) => rows.length === 0}
          empty={<Empty title={t('erp.statement.empty')} hint={t('erp.empty.journal-entries')} />}
        >
          {({ rows, result, from: begins, to: ends }) => (
            <StatementTable
              label={t('erp.list.income-statement')}
              rows={rows}
              days={{ from: begins, to: ends }}
              sums={[
                {
                  label: t(result.startsWith('-') ? 'erp.statement.loss' : 'erp.statement.profit'),
                  amount: result,
                },
              ]}
            />
          )}
        </Async>
      </div>
    </>
  );
}
