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
  'issued_on',
  'promised_on',
  'shipped_on',
] as const satisfies readonly DimensionName[];

/** The cuts every supplier on file offers. */
export const SUPPLIER_CUTS = [
  'supplier',
  'supplier_category',
  'supplier_country',
  'supplier_region',
  'supplier_city',
  'supplier_status',
  'credit_rating',
  'preferred_supplier',
] as const satisfies readonly DimensionName[];

/** The cuts every item on file offers. */
export const ITEM_CUTS = [
  'item',
  'item_category',
  'item_subcategory',
  'item_kind',
] as const satisfies readonly DimensionName[];

/** The cuts of what a supplier agreed for an item. */
export const AGREEMENT_CUTS = [
  ...SUPPLIER_CUTS,
  ...ITEM_CUTS,
  'currency',
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

/** An order is late when it was shipped after its promised day, or that day passed without. */
export const LATE_ORDER =
  'fact.promised_on_key <> -1 and (fact.shipped_on_key > fact.promised_on_key' +
  ' or (fact.shipped_on_key = -1 and fact.promised_on_key < $as_of))';

/** An order is open while some of it is still to come. */
export const STILL_OPEN =
  'exists (select 1 from fact_purchase_order_line as line where line.order_key = fact.order_key' +
  ' and not line.is_final_receipt and line.received_qty < line.effective_qty)';

/** What every count of late orders must say. */
export const WHAT_IS_LATE = {
  en: 'Late: shipped after the earliest promised day of the order, or not shipped although that day has passed. The period is that of the promised day; the orders carry no day of receipt.',
  de: 'Verspätet: nach dem frühesten zugesagten Tag der Bestellung versandt oder trotz verstrichenen Termins noch nicht versandt. Der Zeitraum ist der des zugesagten Tags; die Bestellungen tragen kein Datum des Wareneingangs.',
};

/** What every number about open orders must say. */
export const ONLY_TODAYS_STATE = {
  en: 'Only the present state of orders is known: an earlier day means the orders issued on or before it, as they stand now.',
  de: 'Nur der heutige Stand der Bestellungen ist bekannt: Ein früherer Tag meint die bis dahin erteilten Bestellungen in ihrem heutigen Stand.',
};

/** What every money metric over orders must say. */
export const NO_INVOICES = {
  en: 'No supplier invoices are loaded, so spend is the net value of purchase orders placed.',
  de: 'Es sind keine Lieferantenrechnungen geladen; das Einkaufsvolumen ist der Nettowert der erteilten Bestellungen.',
};
/** What every count of records must say. */
export const ON_FILE_TODAY = {
  en: 'Counted as on file today; a period does not change it.',
  de: 'Gezählt nach dem heutigen Stammdatenbestand; ein Zeitraum ändert daran nichts.',
};
export const NO_RECEIPT_DATES = {
  en: 'The orders carry no day of receipt, so quantities count in the period their order was issued.',
  de: 'Die Bestellungen tragen kein Datum des Wareneingangs; Mengen zählen in dem Zeitraum, in dem bestellt wurde.',
};
