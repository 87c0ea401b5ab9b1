import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listQuotations'>;

const STATUSES = [
  'draft',
  'sent',
  'accepted',
  'partly-ordered',
  'ordered',
  'rejected',
  'expired',
  'superseded',
] as const;

/** What customers were offered, and what came of it. */
export function Quotations(): ReactNode {
  const kit = useColumnKit();
  return (
    <BooksList
      list="quotations"
      route="listQuotations"
      filters={['status', 'customer']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[useStandingChoice('status', STATUSES)]}
      keyOf={({ id }) => id}
      sort="-issuedOn"
      sorts={{
        number: 'number',
        party: 'customer',
        'field.issuedOn': 'issuedOn',
        'erp.field.validUntil': 'validUntil',
        'field.netAmount': 'net',
      }}
      emptyHint={kit.t('erp.empty.quotations')}
      columns={[
        kit.number<Row>('quotation'),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.day<Row>('erp.field.validUntil', ({ validUntil }) => validUntil),
        kit.text<Row>('erp.field.theirNumber', ({ customerReference }) => customerReference),
        kit.amount<Row>(
          'field.netAmount',
          ({ net }) => net,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
