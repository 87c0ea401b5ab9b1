import type { Permission } from '#api-contract';

/** The lists of the embedded ERP by what people do there, in the order of the tabs. */
export const AREAS = [
  {
    name: 'sales',
    lists: [
      { name: 'sales-orders', needs: 'sales:read' },
      { name: 'quotations', needs: 'sales:read' },
      { name: 'deliveries', needs: 'sales:read' },
      { name: 'customer-invoices', needs: 'receivables:read' },
      { name: 'customer-payments', needs: 'receivables:read' },
      { name: 'receivables', needs: 'receivables:read' },
      { name: 'receivables-aging', needs: 'receivables:read' },
      { name: 'dunning-runs', needs: 'receivables:read' },
      { name: 'dunning-notices', needs: 'receivables:read' },
      { name: 'customers', needs: 'parties:read' },
      { name: 'price-lists', needs: 'items:read' },
    ],
  },
  {
    name: 'purchasing',
    lists: [
      { name: 'purchase-orders', needs: 'purchasing:read' },
      { name: 'requisitions', needs: 'purchasing:read' },
      { name: 'goods-receipts', needs: 'purchasing:read' },
      { name: 'supplier-invoices', needs: 'payables:read' },
      { name: 'supplier-payments', needs: 'payables:read' },
      { name: 'payment-runs', needs: 'payables:read' },
      { name: 'payables', needs: 'payables:read' },
      { name: 'payables-aging', needs: 'payables:read' },
      { name: 'suppliers', needs: 'parties:read' },
      { name: 'agreements', needs: 'items:read' },
    ],
  },
  {
    name: 'stock',
    lists: [
      { name: 'stock', needs: 'stock:read' },
      { name: 'stock-movements', needs: 'stock:read' },
      { name: 'serial-numbers', needs: 'stock:read' },
      { name: 'consignment-withdrawals', needs: 'stock:read' },
      { name: 'stock-counts', needs: 'stock:read' },
      { name: 'items', needs: 'items:read' },
    ],
  },
  { name: 'production', lists: [{ name: 'work-orders', needs: 'production:read' }] },
  {
    name: 'projects',
    lists: [
      { name: 'projects', needs: 'projects:read' },
      { name: 'project-change-orders', needs: 'projects:read' },
    ],
  },
  {
    name: 'subscriptions',
    lists: [
      { name: 'subscriptions', needs: 'subscriptions:read' },
      { name: 'subscription-plans', needs: 'subscriptions:read' },
      { name: 'recurring-revenue', needs: 'subscriptions:read' },
    ],
  },
  {
    name: 'bank',
    lists: [
      { name: 'bank-accounts', needs: 'banking:read' },
      { name: 'bank-transfers', needs: 'banking:read' },
    ],
  },
  {
    name: 'books',
    lists: [
      { name: 'journal-entries', needs: 'ledger:read' },
      { name: 'trial-balance', needs: 'ledger:read' },
      { name: 'balance-sheet', needs: 'ledger:read' },
      { name: 'income-statement', needs: 'ledger:read' },
      { name: 'periods', needs: 'ledger:read' },
      { name: 'exchange-rates', needs: 'company:read' },
    ],
  },
  { name: 'imports', lists: [{ name: 'imports', needs: 'imports:write' }] },
] as const satisfies readonly {
  readonly name: string;
  readonly lists: readonly { readonly name: string; readonly needs: Permission }[];
}[];

/** A list of the embedded ERP, as its address names it. */
export type ErpList = (typeof AREAS)[number]['lists'][number]['name'];

/** Everything that an address of the embedded ERP may say. */
export const ERP_WORDS = [
  'entity',
  'search',
  'status',
  'state',
  'kind',
  'block',
  'matchStatus',
  'customer',
  'supplier',
  'party',
  'item',
  'warehouse',
  'order',
  'account',
  'inStock',
  'source',
  'serial',
  'run',
  'requester',
  'matched',
  'statement',
  'outcome',
  'year',
  'currency',
  'from',
  'to',
  'asOf',
  'closing',
  'lateOn',
  'sort',
  'after',
  'limit',
] as const;
