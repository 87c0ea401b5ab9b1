import type { ReactNode } from 'react';
import { BooksList } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { InBooks } from '../links.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listDunningNotices'>;

/** Reminders as they were sent. */
export function DunningNotices(): ReactNode {
  const kit = useColumnKit();
  const numberOf = ({ id, number }: Row): ReactNode => (
    <InBooks list="dunning-notices" id={id}>
      {number}
    </InBooks>
  );
  return (
    <BooksList
      list="dunning-notices"
      route="listDunningNotices"
      filters={['customer', 'run']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-sentOn"
      sorts={{
        'field.number': 'number',
        'erp.field.sentOn': 'sentOn',
        'erp.field.level': 'level',
        'erp.field.amount': 'amount',
      }}
      emptyHint={kit.t('erp.empty.dunning-notices')}
      columns={[
        kit.own<Row>('field.number', numberOf),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.day<Row>('erp.field.sentOn', ({ sentOn }) => sentOn),
        kit.quantity<Row>('erp.field.level', ({ level }) => String(level)),
        kit.amount<Row>(
          'erp.field.amount',
          ({ amount }) => amount,
          ({ currency }) => currency,
        ),
        kit.amount<Row>('erp.field.fee', ({ fee }) => fee),
      ]}
    />
  );
}
