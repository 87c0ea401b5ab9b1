import type { ReactNode } from 'react';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { standingOfMoved } from './moved.ts';
import type { RowOf } from './use-cursor-list.tsx';

/** What left for customers, and what came back. */
export function Deliveries(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listDeliveries'>;
  return (
    <BooksList
      list="deliveries"
      route="listDeliveries"
      always={{ lines: 'none' }}
      filters={['from', 'to', 'customer', 'order']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-postedOn"
      sorts={{ number: 'number', party: 'customer', 'field.shippedOn': 'shippedOn' }}
      emptyHint={kit.t('erp.empty.deliveries')}
      columns={[
        kit.number<Row>('delivery'),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.standing<Row>(standingOfMoved),
        kit.day<Row>('field.shippedOn', ({ shippedOn }) => shippedOn),
        kit.text<Row>('erp.field.carrier', ({ carrier }) => carrier),
        kit.text<Row>('erp.field.tracking', ({ tracking }) => tracking),
      ]}
    />
  );
}
