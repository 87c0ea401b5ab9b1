import type { ReactNode } from 'react';
import { Maybe } from '../../shared/figure.tsx';
import type { Choice } from '../../shared/list-filters.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useDocumentKind } from './document-flow.tsx';
import { useToday } from './entity.ts';
import { DocumentLink, isShownKind } from './links.tsx';
import { standingOfItem } from './open-items-card.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listReceivables'>;

const STATES = ['open', 'overdue', 'cleared'] as const;
const ALL = 'all';

const documentOf = (row: Row): ReactNode =>
  isShownKind(row.documentKind) ? (
    <DocumentLink kind={row.documentKind} id={row.documentId} number={row.documentNumber} />
  ) : (
    <Maybe text={row.documentNumber} />
  );

function OpenItems({ side }: { readonly side: 'receivables' | 'payables' }): ReactNode {
  const kit = useColumnKit();
  const kindOf = useDocumentKind();
  const today = useToday();
  const [{ state }] = useUrl();
  const asked = state === ALL ? undefined : (STATES.find((one) => one === state) ?? 'open');
  const states = useStandingChoice('state', ['overdue', 'cleared']);
  const choice: Choice = {
    ...states,
    none: `${states.label}: ${kit.t('erp.standing.open')}`, // What is cleared is long past, and would stand first.
    values: [...states.values, { value: ALL, label: kit.t('erp.openAndCleared') }],
  };
  return (
    <BooksList
      list={side}
      route={side === 'receivables' ? 'listReceivables' : 'listPayables'}
      filters={['state', 'from', 'to', 'party']}
      searchAs="document"
      searchLabel={kit.t('erp.search.document')}
      choices={[choice]}
      always={{ state: asked }}
      keyOf={({ id }) => id}
      sort="dueOn"
      sorts={{
        'erp.field.document': 'documentNumber',
        party: 'party',
        'erp.field.dueOn': 'dueOn',
        'erp.field.amount': 'amount',
      }}
      emptyHint={kit.t(`erp.empty.${side}`)}
      columns={[
        kit.own<Row>('erp.field.document', documentOf),
        kit.party<Row>(side === 'receivables' ? 'customers' : 'suppliers', ({ party }) => party),
        kit.text<Row>('field.kind', ({ documentKind }) => kindOf(documentKind)),
        kit.standing<Row>((row) => standingOfItem(row, today)),
        kit.day<Row>('erp.field.dueOn', ({ dueOn }) => dueOn),
        kit.amount<Row>(
          'erp.field.amount',
          ({ amount }) => amount,
          ({ currency }) => currency,
        ),
        kit.amount<Row>(
          'erp.field.open',
          ({ open }) => open,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}

/** What customers owe, by the day it is due. */
export const Receivables = (): ReactNode => <OpenItems side="receivables" />;

/** What we owe, by the day it is due. */
export const Payables = (): ReactNode => <OpenItems side="payables" />;
