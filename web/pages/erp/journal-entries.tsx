import type { ReactNode } from 'react';
import { useSaid } from '../../shared/said.ts';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { ParkedEntries } from './ledger/parked-entries.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listJournalEntries'>;

const KINDS = [
  'manual',
  'accrual',
  'recurring',
  'invoice',
  'credit-note',
  'payment',
  'goods-movement',
  'production',
  'deferral',
  'opening',
  'revaluation',
  'reversal',
  'closing',
] as const;

/** Every posting, newest first. */
export function JournalEntries(): ReactNode {
  const kit = useColumnKit();
  const said = useSaid();
  const saidOf = (entry: Row): string => said({ text: entry.text, ...entry.said });
  return (
    <BooksList
      list="journal-entries"
      route="listJournalEntries"
      always={{ lines: 'none' }}
      filters={['kind', 'from', 'to', 'account']}
      searchAs="search"
      searchLabel={kit.t('erp.search.journal')}
      choices={[
        {
          name: 'kind',
          label: kit.t('field.kind'),
          values: KINDS.map((value) => ({ value, label: kit.t(`erp.entry.${value}`) })),
        },
      ]}
      keyOf={({ id }) => id}
      sort="-number"
      sorts={{ number: 'number', 'erp.field.postedOn': 'postedOn' }}
      emptyHint={kit.t('erp.empty.journal-entries')}
      above={<ParkedEntries />}
      columns={[
        kit.number<Row>('journal-entry'),
        kit.day<Row>('erp.field.postedOn', ({ postedOn }) => postedOn),
        kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.entry.${kind}`)),
        { ...kit.text<Row>('erp.field.text', saidOf), wide: true },
        kit.standing<Row>(({ status }) => status),
        kit.amount<Row>(
          'erp.field.amount',
          ({ total }) => total ?? null,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
