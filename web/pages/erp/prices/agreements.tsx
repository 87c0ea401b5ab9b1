import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { AgreedLine } from './agreed-line.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listAgreements'>;

/** What was agreed with customers and suppliers: prices, volumes, until when. */
export function Agreements(): ReactNode {
  const kit = useColumnKit();
  const agreedOf = ({ lines, currency }: Row): ReactNode => (
    <ul className="erp-plain">
      {lines.map((line) => (
        <li key={line.line}>
          <AgreedLine of={line} currency={currency} />
        </li>
      ))}
    </ul>
  );
  return (
    <BooksList
      list="agreements"
      route="listAgreements"
      filters={['status', 'party']}
      choices={[useStandingChoice('status', ['active', 'closed'])]}
      keyOf={({ id }) => id}
      sort="number"
      sorts={{ number: 'number', 'erp.field.validFrom': 'validFrom' }}
      emptyHint={kit.t('erp.empty.agreements')}
      columns={[
        kit.text<Row>('field.number', ({ number }) => number),
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
