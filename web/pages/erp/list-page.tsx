import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { Waiting } from '../../shared/async.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { NotFound } from '../../shared/not-found.tsx';
import { Books } from './books.tsx';

/** Each list is fetched when it is opened first. */
const LISTS: Readonly<Partial<Record<string, ComponentType>>> = {
  'sales-orders': lazy(async () => ({ default: (await import('./sales-orders.tsx')).SalesOrders })),
  deliveries: lazy(async () => ({ default: (await import('./deliveries.tsx')).Deliveries })),
  'customer-invoices': lazy(async () => ({
    default: (await import('./customer-invoices.tsx')).CustomerInvoices,
  })),
} satisfies Partial<Record<ErpList, ComponentType>>;

/** A list of the books, by its name in the address. */
export function ListPage(): ReactNode {
  const { list } = useParams({ from: '/erp/$list' });
  const List = LISTS[list];
  if (List === undefined) return <NotFound />;
  return (
    <Books>
      <Suspense fallback={<Waiting rows={8} />}>
        <List key={list} />
      </Suspense>
    </Books>
  );
}
