import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { InBooks } from '../links.tsx';
import { AgreedLine } from './agreed-line.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listAgreements'>;

const SHOWN_MOST = 3; // The rest stands on its page.

const numberOf = ({ id, number }: Row): ReactNode => (
  <InBooks list="agreements" id={id}>
    {number}
  </InBooks>
);

/** What was agreed with customers and suppliers: prices, volumes, until when. */
export function Agreements(): ReactNode {
  const kit = useColumnKit();
  const agreedOf = ({ lines, currency }: Row): ReactNode => (
    <ul className="erp-plain">
      {lines.slice(0, SHOWN_MOST).map((line) => (
        <li key={line.line}>
          <AgreedLine of={line} currency={currency} />
        </li>
      ))}
      {lines.length > SHOWN_MOST ? (
        <li className="rialto-dim">
          {kit.t('erp.moreAgreed', { count: lines.length - SHOWN_MOST })}
        </li>
      ) : null}
    </ul>
  );
  return (
    <BooksList
      list="agreements"
      route="listAgreements"
      filters={['status', 'party']}
      choices={[useStandingChoice('status', ['active', 'closed'])]}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="number"
      sorts={{ number: 'number', 'erp.field.validFrom': 'validFrom' }}
      emptyHint={kit.t('erp.empty.agreements')}
      columns={[
        { ...kit.own<Row>('field.number', numberOf), name: 'number' },
        kit.own<Row>('erp.field.party', (row) =>
          kit
            .party<Row>(row.side === 'sales' ? 'customers' : 'suppliers', ({ party }) => party)
            .cell(row),
        ),
        kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.agreementKind.${kind}`)),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('erp.field.validFrom', ({ validFrom }) => validFrom),
        kit.day<Row>('erp.field.validTo', ({ validTo }) => validTo),
        {
          ...kit.own<Row>('erp.field.agreed', agreedOf),
          wide: true,
        },
      ]}
    />
  );
}
