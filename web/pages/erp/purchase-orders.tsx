import type { ReactNode } from 'react';
import { BooksList, useStandingsChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

const STATUSES = [
  'draft',
  'awaiting-approval',
  'rejected',
  'issued',
  'partly-received',
  'received',
  'closed',
  'cancelled',
] as const;

/** What we ordered, and how far each order has come. */
export function PurchaseOrders(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listErpPurchaseOrders'>;
  return (
    <BooksList
      list="purchase-orders"
      route="listErpPurchaseOrders"
      always={{ lines: 'none' }}
      filters={['status', 'lateOn', 'from', 'to', 'supplier', 'item']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[
        useStandingsChoice(
          { value: 'issued,partly-received', label: kit.t('erp.toBeReceived') },
          STATUSES,
        ),
      ]}
      keyOf={({ id }) => id}
      sort="-issuedOn"
      sorts={{
        number: 'number',
        party: 'supplier',
        'field.issuedOn': 'issuedOn',
        'field.netAmount': 'net',
      }}
      emptyHint={kit.t('erp.empty.purchase-orders')}
      columns={[
        kit.number<Row>('purchase-order'),
        kit.party<Row>('suppliers', ({ supplier }) => supplier),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.text<Row>('erp.field.requester', ({ requester }) => requester),
        kit.amount<Row>(
          'field.netAmount',
          ({ net }) => net,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
