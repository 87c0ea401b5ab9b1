import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';
import { OrderChanges } from './orders/order-changes.tsx';
import { SalesOrderActs } from './sales-order-acts.tsx';
import { Terms } from './terms.tsx';

type Line = ReplyOf<'getSalesOrder'>['lines'][number];

const unitOf = ({ unit }: Line): string => unit;

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.day<Line>('field.promisedOn', ({ promisedOn }) => promisedOn),
    kit.quantity<Line>('field.ordered', ({ ordered }) => ordered, unitOf),
    kit.quantity<Line>('erp.field.delivered', ({ delivered }) => delivered, unitOf),
    kit.quantity<Line>('erp.field.invoiced', ({ invoiced }) => invoiced, unitOf),
    kit.price<Line>(
      'field.unitPrice',
      ({ unitPrice }) => unitPrice,
      () => currency,
    ),
    kit.discount<Line>(),
    kit.amount<Line>(
      'field.netAmount',
      ({ net }) => net,
      () => currency,
    ),
  ];
}

/** One sales order: what is wanted, what of it has left and was charged, and what can be done. */
export function SalesOrder({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const order = useBooks('getSalesOrder', { params: { entity: code, id } });
  const history = useBooks('getSalesOrderHistory', { params: { entity: code, id } });
  const columns = useLineColumns(order.data?.currency ?? '');
  return (
    <Async of={loadable(order)}>
      {(of) => (
        <ObjectPage
          list="sales-orders"
          kind="sales-order"
          title={t('erp.kind.sales-order')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('field.netAmount'),
              <Amount key="net" of={{ amount: of.net, currency: of.currency }} />,
            ],
            [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
            [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
            [t('erp.field.requestedOn'), <Day key="asked" of={of.requestedOn ?? undefined} />],
          ]}
          acts={<SalesOrderActs of={of} />}
        >
          <OrderChanges of={history.data?.items} />
          <Lines of={of.lines} columns={columns} />
          <Card title={t('order.facts')}>
            <Facts
              of={[
                [t('erp.field.theirNumber'), of.customerReference],
                [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
                [t('erp.field.salesperson'), of.salesperson ?? ''],
                [t('erp.field.channel'), of.channel ?? ''],
                [t('erp.field.text'), of.text],
              ]}
            />
          </Card>
        </ObjectPage>
      )}
    </Async>
  );
}
