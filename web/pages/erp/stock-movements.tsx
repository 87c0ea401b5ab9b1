import type { ReactNode } from 'react';
import { Maybe } from '../../shared/figure.tsx';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useDocumentKind } from './document-flow.tsx';
import { DocumentLink, isShownKind } from './links.tsx';
import { useWarehouseName } from './names.ts';
import { useWarehouseChoice } from './stock-choices.ts';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listStockMovements'>;

const KINDS = [
  'receipt',
  'issue',
  'transfer',
  'adjustment',
  'scrap',
  'consignment-in',
  'consignment-out',
  'production-receipt',
  'production-issue',
  'return',
  'status-change',
  'revaluation',
] as const;

/** Every piece that came, went or changed, newest first. */
export function StockMovements(): ReactNode {
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  const kindOf = useDocumentKind();
  const documentOf = ({ source: { kind, id } }: Row): ReactNode => {
    if (isShownKind(kind)) return <DocumentLink kind={kind} id={id} number={kindOf(kind)} />;
    const moved = KINDS.find((one) => one === kind);
    return <Maybe text={moved === undefined ? kindOf(kind) : kit.t(`erp.movement.${moved}`)} />;
  };
  return (
    <BooksList
      list="stock-movements"
      route="listStockMovements"
      filters={['kind', 'from', 'to', 'item', 'warehouse', 'source', 'serial']}
      searchAs="search"
      searchLabel={kit.t('erp.search.stock')}
      choices={[
        ...useWarehouseChoice(),
        {
          name: 'kind',
          label: kit.t('field.kind'),
          values: KINDS.map((value) => ({ value, label: kit.t(`erp.movement.${value}`) })),
        },
      ]}
      keyOf={({ id }) => id}
      sort="-recorded"
      sorts={{
        'erp.field.postedOn': 'postedOn',
        'erp.field.quantity': 'quantity',
        'erp.field.value': 'value',
      }}
      emptyHint={kit.t('erp.empty.stock')}
      columns={[
        kit.day<Row>('erp.field.postedOn', ({ postedOn }) => postedOn),
        kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.movement.${kind}`)),
        kit.item<Row>(true),
        kit.text<Row>('erp.field.warehouse', ({ warehouse, location }) =>
          [houseOf(warehouse), location].filter((part) => part !== '').join(' · '),
        ),
        kit.text<Row>('erp.field.batch', ({ batch }) => batch),
        kit.quantity<Row>(
          'erp.field.quantity',
          ({ quantity }) => quantity,
          ({ unit }) => unit,
        ),
        kit.amount<Row>('erp.field.value', ({ value }) => value),
        kit.own<Row>('erp.field.document', documentOf),
      ]}
    />
  );
}
