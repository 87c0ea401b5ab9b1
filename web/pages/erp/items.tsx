import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { InBooks } from './links.tsx';
import { ITEM_KINDS } from './masters/item-fields.tsx';
import { useUnitWords } from './unit-words.ts';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listErpItems'>;

/** What is bought, made and sold. */
export function Items(): ReactNode {
  const kit = useColumnKit();
  const inWords = useUnitWords();
  const nameOf = ({ id, name }: Row): ReactNode => (
    <InBooks list="items" id={id}>
      {name}
    </InBooks>
  );
  return (
    <BooksList
      list="items"
      route="listErpItems"
      filters={['status', 'kind']}
      searchAs="search"
      searchLabel={kit.t('erp.search.item')}
      choices={[
        useStandingChoice('status', ['active', 'inactive']),
        {
          name: 'kind',
          label: kit.t('field.kind'),
          values: ITEM_KINDS.map((value) => ({ value, label: kit.t(`erp.itemKind.${value}`) })),
        },
      ]}
      keyOf={({ id }) => id}
      sort="number"
      sorts={{ 'field.number': 'number', 'erp.field.name': 'name' }}
      emptyHint={kit.t('erp.empty.items')}
      columns={[
        { ...kit.own<Row>('erp.field.name', nameOf), wide: true },
        { ...kit.text<Row>('field.number', ({ number }) => number), quiet: true },
        kit.standing<Row>(({ status }) => status),
        kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.itemKind.${kind}`)),
        kit.text<Row>('erp.field.baseUnit', ({ baseUnit }) => inWords(baseUnit)),
        kit.text<Row>('erp.field.costing', ({ costing }) => kit.t(`erp.costing.${costing}`)),
      ]}
    />
  );
}
