import type { ReactNode } from 'react';
import { BooksList, useStandingsChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

const STATUSES = [
  'draft',
  'on-credit-hold',
  'confirmed',
  'partly-delivered',
  'delivered',
  'closed',
  'cancelled',
] as const;

/** What customers ordered, and how far each order has come. */
export function SalesOrders(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listSalesOrders'>;
  return (
    <BooksList
      list="sales-orders"
      route="listSalesOrders"
      always={{ lines: 'none' }}
      filters={['status', 'lateOn', 'from', 'to', 'customer', 'item']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[
        useStandingsChoice(
          { value: 'confirmed,partly-delivered', label: kit.t('erp.toBeDelivered') },
          STATUSES,
        ),
      ]}
      keyOf={({ id }) => id}
      sort="-issuedOn"
      sorts={{
        number: 'number',
        party: 'customer',
        'field.issuedOn': 'issuedOn',
        'field.netAmount': 'net',
      }}
      emptyHint={kit.t('erp.empty.sales-orders')}
      columns={[
        kit.number<Row>('sales-order'),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.day<Row>('erp.field.requestedOn', ({ requestedOn }) => requestedOn),
        kit.text<Row>('erp.field.theirNumber', ({ customerReference }) => customerReference),
        kit.amount<Row>(
          'field.netAmount',
          ({ net }) => net,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
