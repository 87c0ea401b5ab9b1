import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

/** What suppliers charged, matched with orders and receipts. */
export function SupplierInvoices(): ReactNode {
  const kit = useColumnKit();
  type Row = RowOf<'listSupplierInvoices'>;
  return (
    <BooksList
      list="supplier-invoices"
      route="listSupplierInvoices"
      always={{ lines: 'none' }}
      filters={['matchStatus', 'from', 'to', 'supplier', 'order']}
      searchAs="number"
      searchLabel={kit.t('erp.search.anyNumber')}
      choices={[
        {
          ...useStandingChoice('matchStatus', ['matched', 'deviating', 'not-matched']),
          label: kit.t('erp.field.match'),
        },
      ]}
      keyOf={({ id }) => id}
      sort="-postedOn"
      sorts={{
        number: 'number',
        party: 'supplier',
        'field.issuedOn': 'issuedOn',
        'erp.field.dueOn': 'dueOn',
        'field.grossAmount': 'gross',
      }}
      emptyHint={kit.t('erp.empty.supplier-invoices')}
      columns={[
        kit.number<Row>('supplier-invoice'),
        kit.party<Row>('suppliers', ({ supplier }) => supplier),
        kit.text<Row>('erp.field.supplierNumber', ({ supplierNumber }) => supplierNumber),
        kit.standing<Row>(({ matchStatus, cancelledOn }) =>
          cancelledOn === null ? matchStatus : 'cancelled',
        ),
        kit.day<Row>('field.issuedOn', ({ issuedOn }) => issuedOn),
        kit.day<Row>('erp.field.dueOn', ({ dueOn }) => dueOn),
        kit.amount<Row>(
          'field.grossAmount',
          ({ gross }) => gross,
          ({ currency }) => currency,
        ),
      ]}
    />
  );
}
