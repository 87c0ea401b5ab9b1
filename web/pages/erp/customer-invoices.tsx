import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

/** What customers were charged, and what was given back. */
export function CustomerInvoices(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listCustomerInvoices'>;
  const kinds = useStandingChoice('kind', ['invoice', 'credit-note']);
  return (
    <BooksList
      list="customer-invoices"
      route="listCustomerInvoices"
      always={{ lines: 'none' }}
      filters={['kind', 'from', 'to', 'customer', 'order']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[{ ...kinds, label: kit.t('field.kind') }]}
      keyOf={({ id }) => id}
      sort="-postedOn"
      sorts={{
        number: 'number',
        party: 'customer',
        'field.issuedOn': 'issuedOn',
        'erp.field.dueOn': 'dueOn',
        'field.grossAmount': 'gross',
      }}
      emptyHint={kit.t('erp.empty.customer-invoices')}
      columns={[
        kit.number<Row>('customer-invoice'),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.standing<Row>(({ kind, cancelledOn }) => (cancelledOn === null ? kind : 'cancelled')),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.day<Row>('erp.field.dueOn', ({ dueOn }) => dueOn),
        kit.amount<Row>(
          'field.netAmount',
          ({ net }) => net,
          ({ currency }) => currency,
        ),
        kit.amount<Row>(
          'field.grossAmount',
          ({ gross }) => gross,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
