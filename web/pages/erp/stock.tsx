import type { ReactNode } from 'react';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { Consignment } from './consignment.tsx';
import { ToList } from './links.tsx';
import { useWarehouseName } from './names.ts';
import { useInStockChoice, useWarehouseChoice } from './stock-choices.ts';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listStock'>;

/** What is there of each item, what of it can be promised, and what it is worth. */
export function Stock(): ReactNode {
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  const movements = ({ item, warehouse }: Row): ReactNode => (
    <ToList list="stock-movements" by={{ item, warehouse }}>
      {kit.t('erp.movements')}
    </ToList>
  );
  return (
    <BooksList
      list="stock"
      route="listStock"
      filters={['item', 'warehouse', 'inStock']}
      searchAs="search"
      searchLabel={kit.t('erp.search.stock')}
      choices={[...useWarehouseChoice(), useInStockChoice()]}
      keyOf={({ item, warehouse }) => `${item} ${warehouse}`}
      sort=""
      sorts={{
        'erp.field.owned': 'owned',
        'erp.field.available': 'available',
        'erp.field.value': 'value',
      }}
      emptyHint={kit.t('erp.empty.stock')}
      above={<Consignment />}
      columns={[
        kit.item<Row>(),
        kit.text<Row>('erp.field.warehouse', ({ warehouse }) => houseOf(warehouse)),
        kit.quantity<Row>(
          'erp.field.owned',
          ({ owned }) => owned,
          ({ unit }) => unit,
        ),
        kit.quantity<Row>(
          'erp.field.free',
          ({ free }) => free,
          ({ unit }) => unit,
        ),
        kit.quantity<Row>(
          'erp.field.reserved',
          ({ reserved }) => reserved,
          ({ unit }) => unit,
        ),
        kit.quantity<Row>(
          'erp.field.available',
          ({ available }) => available,
          ({ unit }) => unit,
        ),
        kit.amount<Row>('erp.field.value', ({ value }) => value),
        kit.own<Row>('erp.field.more', movements),
      ]}
    />
  );
}
