import type { ReactNode } from 'react';
import type { Column } from '../../shared/data-table.tsx';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type In = RowOf<'listCustomerPayments'>;
type Out = RowOf<'listSupplierPayments'>;

function useColumns<Row extends In | Out>(): readonly Column<Row>[] {
  const kit = useColumnKit();
  return [
    kit.day<Row>('erp.field.paidOn', ({ paidOn }) => paidOn),
    kit.text<Row>('erp.field.method', ({ method }) => kit.t(`erp.method.${method}`)),
    kit.text<Row>('erp.field.bank', ({ bankAccount }) => bankAccount),
    kit.text<Row>('erp.field.reference', ({ reference }) => reference),
    kit.amount<Row>(
      'erp.field.amount',
      ({ amount }) => amount,
      ({ currency }) => currency,
    ),
  ];
}

/** What customers paid. */
export function CustomerPayments(): ReactNode {
  const kit = useColumnKit();
  const columns = useColumns<In>();
  return (
    <BooksList
      list="customer-payments"
      route="listCustomerPayments"
      filters={['from', 'to', 'customer']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-paidOn"
      sorts={{
        number: 'number',
        party: 'customer',
        'erp.field.paidOn': 'paidOn',
        'erp.field.amount': 'amount',
      }}
      emptyHint={kit.t('erp.empty.customer-payments')}
      columns={[
        kit.number<In>('customer-payment'),
        kit.party<In>('customers', ({ customer }) => customer),
        ...columns,
      ]}
    />
  );
}

/** What we paid. */
export function SupplierPayments(): ReactNode {
  const kit = useColumnKit();
  const columns = useColumns<Out>();
  return (
    <BooksList
      list="supplier-payments"
      route="listSupplierPayments"
      filters={['from', 'to', 'supplier', 'run']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-paidOn"
      sorts={{
        number: 'number',
        party: 'supplier',
        'erp.field.paidOn': 'paidOn',
        'erp.field.amount': 'amount',
      }}
      emptyHint={kit.t('erp.empty.supplier-payments')}
      columns={[
        kit.number<Out>('supplier-payment'),
        kit.party<Out>('suppliers', ({ supplier }) => supplier),
        ...columns,
      ]}
    />
  );
}
