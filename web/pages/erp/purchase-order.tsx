import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { Nothing } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';
import { OrderChanges } from './orders/order-changes.tsx';
import { PurchaseOrderActs } from './purchase-order-acts.tsx';
import { Terms } from './terms.tsx';

type Line = ReplyOf<'getErpPurchaseOrder'>['lines'][number];

const unitOf = ({ unit }: Line): string => unit;

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.day<Line>('field.promisedOn', ({ promisedOn }) => promisedOn),
    kit.quantity<Line>('field.ordered', ({ ordered }) => ordered, unitOf),
    kit.quantity<Line>('field.received', ({ received }) => received, unitOf),
    kit.quantity<Line>('erp.field.invoiced', ({ invoiced }) => invoiced, unitOf),
    kit.price<Line>(
      'field.unitPrice',
      ({ unitPrice }) => unitPrice,
      () => currency,
    ),
    kit.amount<Line>(
      'field.netAmount',
      ({ net }) => net,
      () => currency,
    ),
  ];
}

/** One purchase order: what is wanted, what came and was charged, and what can be done. */
export function PurchaseOrder({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const order = useBooks('getErpPurchaseOrder', { params: { entity: code, id } });
  const history = useBooks('getErpPurchaseOrderHistory', { params: { entity: code, id } });
  const columns = useLineColumns(order.data?.currency ?? '');
  return (
    <Async of={loadable(order)}>
      {(of) => (
        <ObjectPage
          list="purchase-orders"
          kind="purchase-order"
          title={t('erp.kind.purchase-order')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('field.netAmount'),
              <Amount key="net" of={{ amount: of.net, currency: of.currency }} />,
            ],
            [t('field.supplier'), <PartyLink key="who" id={of.supplier} side="suppliers" />],
            [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
            [
              t('erp.field.requester'),
              of.requester === null ? (
                <Nothing key="asks" />
              ) : (
                <PersonName key="asks" of={of.requester} />
              ),
            ],
          ]}
          acts={<PurchaseOrderActs of={of} />}
        >
          <OrderChanges of={history.data?.items} />
          <Lines of={of.lines} columns={columns} />
          <Card title={t('order.facts')}>
            <Facts
              of={[
                [t('field.kind'), t(`orderKind.${of.kind}`)],
                [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
                [t('erp.field.incoterm'), of.incoterm ?? ''],
                [t('erp.field.text'), of.text],
              ]}
            />
          </Card>
        </ObjectPage>
      )}
    </Async>
  );
}
