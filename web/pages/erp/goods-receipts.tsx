import type { ReactNode } from 'react';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { standingOfMoved } from './moved.ts';
import type { RowOf } from './use-cursor-list.tsx';

/** What came from suppliers, and what went back. */
export function GoodsReceipts(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listGoodsReceipts'>;
  return (
    <BooksList
      list="goods-receipts"
      route="listGoodsReceipts"
      always={{ lines: 'none' }}
      filters={['from', 'to', 'supplier', 'order']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-postedOn"
      sorts={{ number: 'number', party: 'supplier', 'erp.field.receivedOn': 'receivedOn' }}
      emptyHint={kit.t('erp.empty.goods-receipts')}
      columns={[
        kit.number<Row>('goods-receipt'),
        kit.party<Row>('suppliers', ({ supplier }) => supplier),
        kit.standing<Row>(standingOfMoved),
        kit.day<Row>('erp.field.receivedOn', ({ receivedOn }) => receivedOn),
        kit.text<Row>('erp.field.deliveryNote', ({ deliveryNote }) => deliveryNote),
      ]}
    />
  );
}
