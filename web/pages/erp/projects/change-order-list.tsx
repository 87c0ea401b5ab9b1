import type { ReactNode } from 'react';
import type { Column } from '../../../shared/data-table.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import type { Choice } from '../../../shared/list-filters.tsx';
import { BooksList } from '../books-list.tsx';
import { Person, useColumnKit } from '../columns.tsx';
import { InBooks } from '../links.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listProjectChangeOrders'>;

/** The choice among standings: what nobody has decided yet was asked for. */
function useStandings(): Choice {
  const { t } = useTranslation();
  return {
    name: 'status',
    label: t('field.status'),
    values: [
      { value: 'draft', label: t('erp.standing.submitted') },
      { value: 'approved', label: t('erp.standing.approved') },
      { value: 'rejected', label: t('erp.standing.rejected') },
    ],
  };
}

function useColumns(): readonly Column<Row>[] {
  const kit = useColumnKit();
  return [
    { ...kit.text<Row>('field.number', ({ number }) => number), name: 'number' },
    {
      ...kit.own<Row>('erp.field.project', ({ project, projectNumber, projectName }) => (
        <InBooks list="projects" id={project}>
          {`${projectNumber} · ${projectName}`}
        </InBooks>
      )),
      wide: true,
      lead: true,
    },
    { ...kit.text<Row>('erp.field.whatChanges', ({ title }) => title), wide: true },
    kit.standing<Row>(({ status }) => (status === 'draft' ? 'submitted' : status)),
    kit.amount<Row>('erp.field.moreCost', ({ costChange }) => costChange),
    kit.amount<Row>('erp.field.moreRevenue', ({ revenueChange }) => revenueChange),
    kit.quantity<Row>('erp.field.moreDays', ({ daysChange }) => String(daysChange)),
    kit.own<Row>('erp.field.askedBy', ({ createdBy }) => <Person of={createdBy} />),
    kit.own<Row>('erp.field.decidedBy', ({ decidedBy }) => <Person of={decidedBy} />),
  ];
}

/** Changes of the plans of all projects; each is decided on the page of its project. */
export function ChangeOrderList(): ReactNode {
  const kit = useColumnKit();
  return (
    <BooksList
      list="project-change-orders"
      route="listProjectChangeOrders"
      filters={['status']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[useStandings()]}
      keyOf={({ id }) => id}
      sort="-number"
      sorts={{
        number: 'number',
        'erp.field.whatChanges': 'title',
        'erp.field.moreCost': 'costChange',
        'erp.field.moreRevenue': 'revenueChange',
        'erp.field.moreDays': 'daysChange',
      }}
      emptyHint={kit.t('erp.empty.project-change-orders')}
      columns={useColumns()}
    />
  );
}
