import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listProjects'>;

const STATUSES = ['draft', 'released', 'on-hold', 'completed', 'closed', 'cancelled'] as const;

/** What is planned, worked and charged by project. */
export function Projects(): ReactNode {
  const kit = useColumnKit();
  return (
    <BooksList
      list="projects"
      route="listProjects"
      filters={['status', 'customer']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[useStandingChoice('status', STATUSES)]}
      keyOf={({ id }) => id}
      sort="-number"
      sorts={{
        number: 'number',
        'erp.field.name': 'name',
        'erp.field.hours': 'hours',
        'erp.field.cost': 'timeCost',
        'erp.field.invoiced': 'billed',
      }}
      emptyHint={kit.t('erp.empty.projects')}
      columns={[
        kit.number<Row>('project'),
        { ...kit.text<Row>('erp.field.name', ({ name }) => name), wide: true },
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.standing<Row>(({ status }) => status),
        kit.quantity<Row>('erp.field.hours', ({ hours }) => hours),
        kit.amount<Row>('erp.field.cost', ({ timeCost }) => timeCost),
        kit.amount<Row>('erp.field.invoiced', ({ billed }) => billed),
      ]}
    />
  );
}
