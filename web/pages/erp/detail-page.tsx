import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { Waiting } from '../../shared/async.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { NotFound } from '../../shared/not-found.tsx';
import { Books } from './books.tsx';
import { NEW_ID, NewPage } from './new-page.tsx';

type Detail = ComponentType<{ readonly id: string }>;

/** Each page is fetched when one of its kind is opened first. */
const DETAILS: Readonly<Partial<Record<string, Detail>>> = {
  'sales-orders': lazy(async () => ({ default: (await import('./sales-order.tsx')).SalesOrder })),
  deliveries: lazy(async () => ({ default: (await import('./delivery.tsx')).Delivery })),
  'customer-invoices': lazy(async () => ({
    default: (await import('./customer-invoice.tsx')).CustomerInvoice,
  })),
  'customer-payments': lazy(async () => ({
    default: (await import('./payment.tsx')).CustomerPayment,
  })),
  'purchase-orders': lazy(async () => ({
    default: (await import('./purchase-order.tsx')).PurchaseOrder,
  })),
  'goods-receipts': lazy(async () => ({
    default: (await import('./goods-receipt.tsx')).GoodsReceipt,
  })),
  'supplier-invoices': lazy(async () => ({
    default: (await import('./supplier-invoice.tsx')).SupplierInvoice,
  })),
  'supplier-payments': lazy(async () => ({
    default: (await import('./payment.tsx')).SupplierPayment,
  })),
  items: lazy(async () => ({ default: (await import('./item.tsx')).Item })),
  customers: lazy(async () => ({ default: (await import('./party.tsx')).Customer })),
  suppliers: lazy(async () => ({ default: (await import('./party.tsx')).Supplier })),
  'journal-entries': lazy(async () => ({
    default: (await import('./journal-entry.tsx')).JournalEntry,
  })),
  'work-orders': lazy(async () => ({ default: (await import('./work-order.tsx')).WorkOrder })),
  quotations: lazy(async () => ({
    default: (await import('./quotations/quotation.tsx')).QuotationPage,
  })),
  requisitions: lazy(async () => ({
    default: (await import('./requisitions/requisition.tsx')).RequisitionPage,
  })),
  'payment-runs': lazy(async () => ({
    default: (await import('./payment-runs/payment-run.tsx')).PaymentRunPage,
  })),
  'dunning-runs': lazy(async () => ({
    default: (await import('./dunning/dunning-run.tsx')).DunningRun,
  })),
  'dunning-notices': lazy(async () => ({
    default: (await import('./dunning/dunning-notice.tsx')).DunningNotice,
  })),
  agreements: lazy(async () => ({ default: (await import('./prices/agreement.tsx')).Agreement })),
  'price-lists': lazy(async () => ({
    default: (await import('./prices/price-list.tsx')).PriceListPage,
  })),
  'stock-counts': lazy(async () => ({
    default: (await import('./stock-counts/stock-count.tsx')).StockCount,
  })),
  subscriptions: lazy(async () => ({
    default: (await import('./subscriptions/subscription.tsx')).SubscriptionPage,
  })),
  'bank-accounts': lazy(async () => ({
    default: (await import('./bank/bank-account.tsx')).BankAccountPage,
  })),
  'bank-transfers': lazy(async () => ({
    default: (await import('./bank/transfer.tsx')).BankTransfer,
  })),
  periods: lazy(async () => ({ default: (await import('./closing/period.tsx')).PeriodPage })),
  imports: lazy(async () => ({ default: (await import('./imports/import-page.tsx')).ImportPage })),
  projects: lazy(async () => ({ default: (await import('./project.tsx')).Project })),
} satisfies Partial<Record<ErpList, Detail>>;

/** One thing in the books: its list and its id are in the address; or something new of a list. */
export function DetailPage(): ReactNode {
  const { list, id } = useParams({ from: '/erp/$list/$id' });
  if (id === NEW_ID) {
    return (
      <Books>
        <NewPage list={list} />
      </Books>
    );
  }
  const Shown = DETAILS[list];
  if (Shown === undefined) return <NotFound />;
  return (
    <Books>
      <Suspense fallback={<Waiting rows={8} />}>
        <Shown key={id} id={id} />
      </Suspense>
    </Books>
  );
}
