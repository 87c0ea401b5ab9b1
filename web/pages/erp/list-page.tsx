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
  'customer-payments': lazy(async () => ({
    default: (await import('./payments.tsx')).CustomerPayments,
  })),
  receivables: lazy(async () => ({ default: (await import('./open-items.tsx')).Receivables })),
  'receivables-aging': lazy(async () => ({
    default: (await import('./aging.tsx')).ReceivablesAging,
  })),
  'purchase-orders': lazy(async () => ({
    default: (await import('./purchase-orders.tsx')).PurchaseOrders,
  })),
  'goods-receipts': lazy(async () => ({
    default: (await import('./goods-receipts.tsx')).GoodsReceipts,
  })),
  'supplier-invoices': lazy(async () => ({
    default: (await import('./supplier-invoices.tsx')).SupplierInvoices,
  })),
  'supplier-payments': lazy(async () => ({
    default: (await import('./payments.tsx')).SupplierPayments,
  })),
  payables: lazy(async () => ({ default: (await import('./open-items.tsx')).Payables })),
  'payables-aging': lazy(async () => ({ default: (await import('./aging.tsx')).PayablesAging })),
  stock: lazy(async () => ({ default: (await import('./stock.tsx')).Stock })),
  'stock-movements': lazy(async () => ({
    default: (await import('./stock-movements.tsx')).StockMovements,
  })),
  'consignment-withdrawals': lazy(async () => ({
    default: (await import('./consignment/not-charged.tsx')).NotCharged,
  })),
  'serial-numbers': lazy(async () => ({
    default: (await import('./serial-numbers.tsx')).SerialNumbers,
  })),
  items: lazy(async () => ({ default: (await import('./items.tsx')).Items })),
  customers: lazy(async () => ({ default: (await import('./parties.tsx')).Customers })),
  suppliers: lazy(async () => ({ default: (await import('./parties.tsx')).Suppliers })),
  'journal-entries': lazy(async () => ({
    default: (await import('./journal-entries.tsx')).JournalEntries,
  })),
  'trial-balance': lazy(async () => ({
    default: (await import('./trial-balance.tsx')).TrialBalance,
  })),
  'balance-sheet': lazy(async () => ({
    default: (await import('./ledger/balance-sheet.tsx')).BalanceSheet,
  })),
  'income-statement': lazy(async () => ({
    default: (await import('./ledger/income-statement.tsx')).IncomeStatement,
  })),
  'work-orders': lazy(async () => ({ default: (await import('./work-orders.tsx')).WorkOrders })),
  quotations: lazy(async () => ({
    default: (await import('./quotations/quotations.tsx')).Quotations,
  })),
  requisitions: lazy(async () => ({
    default: (await import('./requisitions/requisitions.tsx')).Requisitions,
  })),
  'payment-runs': lazy(async () => ({
    default: (await import('./payment-runs/payment-runs.tsx')).PaymentRuns,
  })),
  'dunning-runs': lazy(async () => ({
    default: (await import('./dunning/dunning-runs.tsx')).DunningRuns,
  })),
  'dunning-notices': lazy(async () => ({
    default: (await import('./dunning/dunning-notices.tsx')).DunningNotices,
  })),
  'price-lists': lazy(async () => ({
    default: (await import('./prices/price-lists.tsx')).PriceLists,
  })),
  agreements: lazy(async () => ({ default: (await import('./prices/agreements.tsx')).Agreements })),
  'stock-counts': lazy(async () => ({
    default: (await import('./stock-counts/stock-counts.tsx')).StockCounts,
  })),
  subscriptions: lazy(async () => ({
    default: (await import('./subscriptions/subscriptions.tsx')).Subscriptions,
  })),
  'subscription-plans': lazy(async () => ({
    default: (await import('./subscriptions/subscription-plans.tsx')).SubscriptionPlans,
  })),
  'recurring-revenue': lazy(async () => ({
    default: (await import('./subscriptions/recurring-revenue.tsx')).RecurringRevenue,
  })),
  'bank-accounts': lazy(async () => ({
    default: (await import('./bank/bank-accounts.tsx')).BankAccounts,
  })),
  'bank-transfers': lazy(async () => ({
    default: (await import('./bank/transfers.tsx')).BankTransfers,
  })),
  periods: lazy(async () => ({ default: (await import('./closing/periods.tsx')).Periods })),
  'exchange-rates': lazy(async () => ({
    default: (await import('./closing/exchange-rates.tsx')).ExchangeRates,
  })),
  imports: lazy(async () => ({ default: (await import('./imports/imports.tsx')).Imports })),
  'project-change-orders': lazy(async () => ({
    default: (await import('./projects/change-order-list.tsx')).ChangeOrderList,
  })),
  projects: lazy(async () => ({ default: (await import('./projects.tsx')).Projects })),
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
