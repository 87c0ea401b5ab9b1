import type { ImportKindName } from '../import-kind.ts';
import type { Returner } from '../taking-back.ts';
import { returnBalances } from './entries.ts';
import { returnOpenItems } from './open-items.ts';
import { returnPrices } from './prices.ts';
import { returnAccounts, returnCustomers, returnItems, returnSuppliers } from './records.ts';
import { returnStock } from './stock.ts';

/** How what each kind has brought is taken back. */
export const RETURNERS: Readonly<Record<ImportKindName, Returner>> = {
  accounts: returnAccounts,
  customers: returnCustomers,
  suppliers: returnSuppliers,
  items: returnItems,
  prices: returnPrices,
  stock: returnStock,
  receivables: returnOpenItems,
  payables: returnOpenItems,
  balances: returnBalances,
};
