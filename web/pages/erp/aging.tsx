import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { sumOf } from '../../shared/exact.ts';
import { Card } from '../../shared/facts.tsx';
import { Amount } from '../../shared/figure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { DayBox } from '../../shared/list-filters.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { AgeBars, AGES } from './age-bars.tsx';
import { useBooks } from './ask-books.ts';
import { ListHead } from './books.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity, useToday } from './entity.ts';

type Row = ReplyOf<'getReceivablesAging'>['items'][number];

const ageOf = (row: Row, at: number): string =>
  at === 0 ? row.notDue : (row.overdue[at - 1] ?? '0');

/** How old the sum of what is owed is. */
function Picture({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card title={t('erp.aging.picture')}>
      <AgeBars sums={AGES.map((_, at) => sumOf(rows.map((row) => ageOf(row, at))))} />
    </Card>
  );
}

function ByParty(props: {
  readonly rows: readonly Row[];
  readonly side: 'receivables' | 'payables';
}): ReactNode {
  const { rows, side } = props;
  const kit = useColumnKit();
  const { currency } = useEntity();
  const whole = sumOf(rows.map(({ total }) => total));
  return (
    <Card
      title={kit.t('erp.aging.byParty')}
      aside={
        <span className="rialto-dim">
          {kit.t('erp.aging.total')} <Amount of={{ amount: whole, currency }} />
        </span>
      }
    >
      <DataTable
        label={kit.t('erp.aging.byParty')}
        rows={rows}
        keyOf={({ party }) => party}
        columns={[
          kit.party<Row>(side === 'receivables' ? 'customers' : 'suppliers', ({ party }) => party),
          ...AGES.map((age, at) => ({
            name: age,
            title: kit.t(`erp.aging.${age}`),
            end: true,
            cell: (row: Row) => kit.format.amount(ageOf(row, at), currency),
          })),
          kit.amount<Row>('erp.field.open', ({ total }) => total),
        ]}
      />
    </Card>
  );
}

/** Who owes most first. */
const byAmount = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => Number(b.total) - Number(a.total));

function Aging({ side }: { readonly side: 'receivables' | 'payables' }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [search] = useUrl();
  const today = useToday();
  const asOf = search['asOf'] ?? today;
  const route = side === 'receivables' ? 'getReceivablesAging' : 'getPayablesAging';
  const found = useBooks(route, { params: { entity: code }, query: { asOf } }, { keep: true });
  return (
    <>
      <ListHead list={`${side}-aging`} />
      <div className="rialto-filters">
        <DayBox name="asOf" label={t('erp.aging.asOf')} otherwise={today} />
      </div>
      <Async of={loadable(found)}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="rialto-card">
              <Empty title={t('erp.aging.nothing')} />
            </div>
          ) : (
            <div className="rialto-stack">
              <Picture rows={items} />
              <ByParty rows={byAmount(items)} side={side} />
            </div>
          )
        }
      </Async>
    </>
  );
}

/** How old what customers owe is, at the end of any day. */
export const ReceivablesAging = (): ReactNode => <Aging side="receivables" />;

/** How old what we owe is, at the end of any day. */
export const PayablesAging = (): ReactNode => <Aging side="payables" />;
