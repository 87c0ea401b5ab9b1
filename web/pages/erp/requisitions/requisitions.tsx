import type { ReactNode } from 'react';
import { PersonName } from '../../../shared/person-name.tsx';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listRequisitions'>;

const STATUSES = [
  'draft',
  'submitted',
  'approved',
  'partly-ordered',
  'ordered',
  'rejected',
  'withdrawn',
  'closed',
] as const;

const whoAsks = ({ requester }: Row): ReactNode => <PersonName of={requester} />;

/** What people want to be bought, and how far it has come. */
export function Requisitions(): ReactNode {
  const kit = useColumnKit();
  const wantedOf = ({ lines }: Row): string | undefined =>
    lines.map(({ neededOn }) => neededOn).toSorted()[0];
  return (
    <BooksList
      list="requisitions"
      route="listRequisitions"
      filters={['status', 'requester']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[useStandingChoice('status', STATUSES)]}
      keyOf={({ id }) => id}
      sort="-issuedOn"
      sorts={{
        number: 'number',
        'field.issuedOn': 'issuedOn',
        'erp.field.requester': 'requester',
      }}
      emptyHint={kit.t('erp.empty.requisitions')}
      columns={[
        kit.number<Row>('requisition'),
        { ...kit.text<Row>('erp.field.text', ({ text }) => text), wide: true },
        kit.standing<Row>(({ status }) => status),
        kit.own<Row>('erp.field.requester', whoAsks),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.day<Row>('erp.field.requestedOn', wantedOf),
        kit.quantity<Row>('erp.field.lines', ({ lines }) => String(lines.length)),
      ]}
    />
  );
}
