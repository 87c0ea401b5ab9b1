import type { ReactNode } from 'react';
import { BooksList, useStandingsChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useWarehouseChoice } from './stock-choices.ts';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listWorkOrders'>;

const STATUSES = [
  'planned',
  'released',
  'in-progress',
  'completed',
  'closed',
  'cancelled',
] as const;

/** What is being made, and how far it is. */
export function WorkOrders(): ReactNode {
  const kit = useColumnKit();
  return (
    <BooksList
      list="work-orders"
      route="listWorkOrders"
      filters={['status', 'lateOn', 'from', 'to', 'item', 'warehouse']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[
        useStandingsChoice(
          { value: 'released,in-progress', label: kit.t('erp.underWay') },
          STATUSES,
        ),
        ...useWarehouseChoice(),
      ]}
      keyOf={({ id }) => id}
      sort="-plannedStartOn"
      sorts={{
        number: 'number',
        'erp.field.startsOn': 'plannedStartOn',
        'erp.field.endsOn': 'plannedEndOn',
        'erp.field.quantity': 'quantity',
        'erp.field.wip': 'wip',
      }}
      emptyHint={kit.t('erp.empty.work-orders')}
      columns={[
        kit.number<Row>('work-order'),
        kit.item<Row>(),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('erp.field.startsOn', ({ plannedStartOn }) => plannedStartOn),
        kit.day<Row>('erp.field.endsOn', ({ plannedEndOn }) => plannedEndOn),
        kit.quantity<Row>(
          'erp.field.quantity',
          ({ quantity }) => quantity,
          ({ unit }) => unit,
        ),
        kit.quantity<Row>(
          'field.received',
          ({ received }) => received,
          ({ unit }) => unit,
        ),
        kit.amount<Row>('erp.field.wip', ({ wip }) => wip),
      ]}
    />
  );
}
