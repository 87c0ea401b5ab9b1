import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { differenceOf } from '../../../shared/exact.ts';
import { useMay } from '../../../shared/use-may.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DocumentLink } from '../links.tsx';
import { useWarehouseName } from '../names.ts';
import { ObjectPage } from '../object-page.tsx';
import { CountActs } from './count-acts.tsx';
import { RecordCount } from './record-count.tsx';
import { useWhoseColumn } from './whose-column.tsx';

type Count = ReplyOf<'getStockCount'>;
type Line = Count['lines'][number];

const differenceOfLine = ({ expected, counted }: Line): string | null =>
  counted === null ? null : (differenceOf(counted, expected) ?? null);

/** What the books said, what was there, and by how much that differs. */
function Counted({ of }: { readonly of: Count }): ReactNode {
  const kit = useColumnKit();
  return (
    <Card title={kit.t('order.lines')}>
      <DataTable
        label={kit.t('order.lines')}
        rows={of.lines}
        keyOf={({ line }) => String(line)}
        columns={[
          kit.own<Line>('field.line', ({ line }) => line),
          kit.item<Line>(true),
          ...useWhoseColumn(of.lines),
          kit.text<Line>('erp.field.location', ({ location }) => location),
          kit.text<Line>('erp.field.batch', ({ batch }) => batch),
          kit.quantity<Line>(
            'erp.field.expected',
            ({ expected }) => expected,
            ({ unit }) => unit,
          ),
          kit.quantity<Line>(
            'erp.field.counted',
            ({ counted }) => counted,
            ({ unit }) => unit,
          ),
          ...(of.lines.some(({ asBooked }) => asBooked)
            ? [kit.text<Line>('erp.field.asBooked', ({ asBooked }) => (asBooked ? '✓' : null))]
            : []),
          kit.quantity<Line>('erp.field.difference', differenceOfLine, ({ unit }) => unit),
          kit.text<Line>('erp.field.serials', ({ serials }) => serials?.join(', ') ?? ''),
          kit.text<Line>('erp.field.reason', ({ reason }) => reason),
        ]}
      />
    </Card>
  );
}

/** One stock count: what was expected and what was there, line by line. */
export function StockCount({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const houseOf = useWarehouseName();
  const mayPost = useMay('stock:post');
  const count = useBooks('getStockCount', { params: { entity: code, id } });
  return (
    <Async of={loadable(count)}>
      {(of) => {
        const different = of.lines.filter((line) => differenceOfLine(line) !== null).length;
        const isOpen = of.status === 'open' || of.status === 'counted';
        return (
          <ObjectPage
            list="stock-counts"
            title={t('erp.kind.stock-count')}
            standing={of.status}
            of={of}
            tiles={[
              [t('erp.field.warehouse'), houseOf(of.warehouse)],
              [
                t('erp.field.countedLines'),
                `${of.lines.filter(({ counted }) => counted !== null).length} / ${of.lines.length}`,
              ],
              [t('erp.field.differences'), format.count(different)],
              [t('erp.field.countedOn'), <Day key="counted" of={of.countedOn ?? undefined} />],
            ]}
            acts={mayPost && isOpen ? <CountActs of={of} /> : null}
          >
            {of.journalEntry === null ? null : (
              <p className="erp-note">
                {t('erp.flow.entries')}:{' '}
                <DocumentLink
                  kind="journal-entry"
                  id={of.journalEntry}
                  number={t('erp.kind.journal-entry')}
                />
              </p>
            )}
            {mayPost && isOpen ? <RecordCount key={of.version} of={of} /> : <Counted of={of} />}
          </ObjectPage>
        );
      }}
    </Async>
  );
}
