import type { DimensionName } from '../dimension.ts';

/** The cuts every order offers; a cut outside a metric's list is refused, not approximated. */
export const ORDER_CUTS = [
  'date',
  'supplier',
  'supplier_category',
  'supplier_country',
  'supplier_region',
  'supplier_city',
  'supplier_status',
  'credit_rating',
  'preferred_supplier',
  'purchase_order',
  'order_status',
  'order_kind',
  'ship_method',
  'requester',
  'currency',
  'integration',
] as const satisfies readonly DimensionName[];

/** The cuts every order line offers. */
export const LINE_CUTS = [
  ...ORDER_CUTS,
  'item',
  'item_category',
  'item_subcategory',
  'item_kind',
  'unit',
] as const satisfies readonly DimensionName[];

/** Orders carry positive amounts and a kind; what goes back to the supplier counts against. */
const signedBy = (kind: string, amount: string): string =>
  `case when ${kind} = 'return' then -abs(${amount}) else ${amount} end`;

export const signedOfLine = (amount: string): string => signedBy('fact.order_kind', amount);
export const signedOfOrder = (amount: string): string => signedBy('fact.kind', amount);

/** What a line's net value is summed as: nothing once the line was cancelled. */
const NET =
  'case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end';
export const LINE_NET = signedOfLine(`(${NET})`);

export const NOT_RETURN_LINE = "fact.order_kind <> 'return'";
export const NOT_RETURN_ORDER = "fact.kind <> 'return'";

/** What every money metric over orders must say. */
export const NO_INVOICES =
  'No supplier invoices are loaded, so spend is the net value of purchase orders placed.';
export const NO_RECEIPT_DATES =
  'The orders carry no day of receipt, so quantities count in the period their order was issued.';
