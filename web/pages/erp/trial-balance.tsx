import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { useLanguage } from '../../shared/i18n.ts';
import { ChoiceBox, DayBox } from '../../shared/list-filters.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { useBooks } from './ask-books.ts';
import { ListHead } from './books.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity, useToday } from './entity.ts';
import { ExportRows } from './export-rows.tsx';
import { ToList } from './links.tsx';

type Reply = ReplyOf<'getTrialBalance'>;
type Row = Reply['rows'][number];
const FIGURES = ['opening', 'debit', 'credit', 'closing'] as const;

function useColumns(days: Readonly<Record<string, string>>): readonly Column<Row>[] {
  const kit = useColumnKit();
  const language = useLanguage();
  const { currency } = useEntity();
  return [
    kit.own<Row>('erp.field.account', ({ account }) => (
      <ToList list="journal-entries" by={{ ...days, account }}>
        {account}
      </ToList>
    )),
    { ...kit.text<Row>('erp.field.name', ({ name }) => name[language]), wide: true },
    kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.accountKind.${kind}`)),
    ...FIGURES.map((name) => ({
      name,
      title: kit.t(`erp.field.${name}`),
      end: true,
      cell: (row: Row) => kit.format.amount(row[name], currency),
    })),
  ];
}

/** What all accounts come to; that debit and credit agree is said, not left to be counted. */
function Totals({ of }: { readonly of: Reply['totals'] }): ReactNode {
  const { t, format } = useColumnKit();
  const { currency } = useEntity();
  return (
    <tfoot>
      <tr role="row">
        <th scope="row" colSpan={3}>
          {t('erp.aging.total')}
        </th>
        {FIGURES.map((name) => (
          <td key={name} className="is-end" data-label={t(`erp.field.${name}`)}>
            {format.amount(of[name], currency)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/** Every account with what it held, what moved and what it holds, between two days. */
export function TrialBalance(): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const [{ from, to, closing }] = useUrl();
  const today = useToday();
  const days = { ...(from === undefined ? {} : { from }), to: to ?? today };
  const isBefore = closing === 'false'; // As the years left it that were closed.
  const query = isBefore ? { ...days, closing: 'false' as const } : days;
  const asked = { params: { entity: code }, query };
  const found = useBooks('getTrialBalance', asked, { keep: true });
  const columns = useColumns(days);
  const rows = (found.data?.rows ?? []).map(({ name, ...row }) => ({ ...row, name: name.en }));
  return (
    <>
      <ListHead list="trial-balance" />
      <div className="rialto-filters">
        <DayBox name="from" label={t('erp.from')} />
        <DayBox name="to" label={t('erp.to')} otherwise={today} />
        <ChoiceBox
          choice={{
            name: 'closing',
            label: t('erp.trial.closing'),
            none: t('erp.trial.withClosing'),
            values: [{ value: 'false', label: t('erp.trial.withoutClosing') }],
          }}
        />
        <ExportRows name="trial-balance" read={() => Promise.resolve({ items: rows })} />
      </div>
      <div className="rialto-card">
        <Async
          of={loadable(found)}
          isEmpty={(reply) => reply.rows.length === 0}
          empty={<Empty title={t('erp.emptyTrial')} hint={t('erp.empty.journal-entries')} />}
        >
          {(reply) => (
            <>
              <p
                className={`erp-note ${/[1-9]/.test(reply.totals.closing) ? 'rialto-bad' : 'rialto-good'}`}
                role="status"
              >
                {/[1-9]/.test(reply.totals.closing)
                  ? `✗ ${t('erp.unbalanced')}`
                  : `✓ ${t('erp.balanced')}`}
              </p>
              <DataTable
                label={t('erp.list.trial-balance')}
                columns={columns}
                rows={reply.rows}
                keyOf={({ account }) => account}
                foot={<Totals of={reply.totals} />}
              />
            </>
          )}
        </Async>
      </div>
    </>
  );
}
