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

/** What there is at the end of a day, and whose it is. */
export function BalanceSheet(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [{ to }] = useUrl();
  const today = useToday();
  const on = to ?? today;
  const asked = { params: { entity: code }, query: { on } };
  const found = useBooks('getBalanceSheet', asked, { keep: true });
  const file = statementFile(found.data?.rows ?? []);
  return (
    <>
      <ListHead list="balance-sheet" />
      <div className="rialto-filters">
        <DayBox name="to" label={t('erp.statement.on')} otherwise={today} />
        <ExportRows name="balance-sheet" read={() => Promise.resolve({ items: file })} />
      </div>
      <div className="rialto-card">
        <Async
          of={loadable(found)}
          isEmpty={({ rows }) => rows.length === 0}
          empty={<Empty title={t('erp.emptyTrial')} hint={t('erp.empty.journal-entries')} />}
        >
          {({ rows, result, assets, equityAndLiabilities }) => (
            <>
              <StatementTable
                label={t('erp.statement.assets')}
                rows={rows.filter(({ kind }) => kind === 'asset')}
                days={{ to: on }}
                sums={[{ label: t('erp.statement.allAssets'), amount: assets }]}
              />
              <StatementTable
                label={t('erp.statement.equityAndLiabilities')}
                rows={rows.filter(({ kind }) => kind !== 'asset')}
                days={{ to: on }}
                sums={[
                  { label: t('erp.statement.notCarried'), amount: result },
                  {
                    label: t('erp.statement.allEquityAndLiabilities'),
                    amount: equityAndLiabilities,
                  },
                ]}
              />
            </>
          )}
        </Async>
      </div>
    </>
  );
}
