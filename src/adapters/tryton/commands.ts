import { postCount } from './commands/count.ts';
import type { CommandFlow } from './commands/flow.ts';
import { cancelInvoice, postInvoice } from './commands/invoice.ts';
import { postMovement } from './commands/movement.ts';
import { createSupplier, updateSupplier } from './commands/party.ts';
import { createItem } from './commands/product.ts';
import { cancelProduction, createProduction } from './commands/production.ts';
import { cancelPurchase, createPurchase, updatePurchase } from './commands/purchase.ts';
import { cancelNotice, createNotice, postReceipt } from './commands/receipt.ts';

/** Everything that can be asked of a Tryton. */
export const COMMANDS: readonly CommandFlow[] = [
  createSupplier,
  updateSupplier,
  createItem,
  createPurchase,
  updatePurchase,
  cancelPurchase,
  createNotice,
  cancelNotice,
  postReceipt,
  postInvoice,
  cancelInvoice,
  postCount,
  postMovement,
  createProduction,
  cancelProduction,
];
