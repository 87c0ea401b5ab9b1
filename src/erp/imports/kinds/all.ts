import type { ImportKind, ImportKindName } from '../import-kind.ts';
import { accountKind } from './accounts.ts';
import { balanceKind } from './balances.ts';
import { itemKind } from './items.ts';
import { openItemKind } from './open-items.ts';
import { partyKind } from './parties.ts';
import { priceKind } from './prices.ts';
import { stockKind } from './stock.ts';

/** Every kind of file that can be imported, in the order that a company begins with. */
export const KINDS: Readonly<Record<ImportKindName, ImportKind>> = {
  accounts: accountKind,
  customers: partyKind('customer'),
  suppliers: partyKind('supplier'),
  items: itemKind,
  prices: priceKind,
  stock: stockKind,
  receivables: openItemKind('receivables'),
  payables: openItemKind('payables'),
  balances: balanceKind,
};
