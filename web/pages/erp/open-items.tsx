import type { ReactNode } from 'react';
import { Maybe } from '../../shared/figure.tsx';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useDocumentKind } from './document-flow.tsx';
import { useToday } from './entity.ts';
import { DocumentLink, isShownKind } from './links.tsx';
import { standingOfItem } from './open-items-card.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listReceivables'>;

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
  return (
    <BooksList
      list={side}
      route={side === 'receivables' ? 'listReceivables' : 'listPayables'}
      filters={['state', 'party']}
      searchAs="document"
      searchLabel={kit.t('erp.search.document')}
      choices={[useStandingChoice('state', ['open', 'overdue', 'cleared'])]}
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
