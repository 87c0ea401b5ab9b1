import type { ReactNode } from 'react';
import type { PurchaseOrderRow } from '#api-contract';
import { DataTable } from './data-table.tsx';
import { Card } from './facts.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { TextLink } from './text-link.tsx';

/** The newest orders of a record, with a way to all of them. */
export function RecentOrders({
  orders,
  filter,
  without,
  title,
  none,
  all,
}: {
  readonly orders: readonly PurchaseOrderRow[];
  readonly filter: { readonly [name: string]: string }; // Of the list of all its orders.
  readonly without?: string; // The column that would say the same on every row.
  readonly title: string;
  readonly none: string; // Said when there is no order.
  readonly all: string;
}): ReactNode {
  const columns = useOrderColumns().filter(({ name }) => name !== without);
  if (orders.length === 0) {
    return (
      <Card title={title}>
        <p className="rialto-note">{none}</p>
      </Card>
    );
  }
  const link = (
    <TextLink to="/purchase-orders" search={filter} size="sm">
      {all}
    </TextLink>
  );
  return (
    <Card title={title} aside={link}>
      <DataTable label={title} columns={columns} rows={orders} keyOf={(row) => row.id} />
    </Card>
  );
}
