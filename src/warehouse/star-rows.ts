import type { PurchaseOrder, PurchaseOrderLine } from '#canonical';
import { decimal, divideDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LatestState } from './change.ts';
import { dateKey, surrogateKey, UNKNOWN_KEY } from './surrogate-key.ts';

/** A value on its way into a table; text becomes a decimal or a day where the column is one. */
type RowValue = string | number | bigint | boolean | null;

/** The columns of one table row by name. What is left out is NULL. */
export type StarRow = Readonly<Record<string, RowValue | undefined>>;

const PRICE_SCALE = 8; // Of the amount columns.

export function supplierRow(state: LatestState<'supplier'>): StarRow {
  const { content } = state;
  return {
    supplier_key: surrogateKey(state.integration, state.key),
    ...originOf(state),
    number: content.number,
    name: content.name,
    status: content.status,
    preferred: content.preferred,
    credit_rating: content.creditRating,
    category: content.category,
    country: content.country,
    region: content.region,
    city: content.city,
    deleted: state.deleted,
  };
}

export function itemRow(state: LatestState<'item'>): StarRow {
  const { content } = state;
  return {
    item_key: surrogateKey(state.integration, state.key),
    ...originOf(state),
    number: content.number,
    name: content.name,
    kind: content.kind,
    status: content.status,
    category: content.categoryPath[0],
    subcategory: content.categoryPath[1],
    base_unit: content.baseUnit,
    standard_cost: content.standardCost?.amount,
    list_price: content.listPrice?.amount,
    deleted: state.deleted,
  };
}

/** One row per supplier: a second entry for the same one would double what joins it. */
export function supplierItemRows(state: LatestState<'item'>): StarRow[] {
  const first = new Map<string, StarRow>();
  for (const entry of state.content.supplierItems) {
    if (first.has(entry.supplier)) continue;
    first.set(entry.supplier, {
      supplier_key: surrogateKey(state.integration, entry.supplier),
      item_key: surrogateKey(state.integration, state.key),
      standard_price: entry.standardPrice.amount,
      currency: entry.standardPrice.currency,
      lead_time_days: entry.leadTimeDays === undefined ? undefined : BigInt(entry.leadTimeDays),
    });
  }
  return [...first.values()];
}

export function purchaseOrderRow(state: LatestState<'purchase-order'>): StarRow {
  const { content } = state;
  return {
    ...sharedByOrder(state),
    source_key: state.key,
    number: content.number,
    kind: content.kind,
    status: content.status,
    source_status: content.sourceStatus,
    promised_on_key: dateKey(earliestPromise(content)),
    net_amount: content.netAmount,
    tax_amount: content.taxAmount,
    freight_amount: content.freightAmount,
    gross_amount: content.grossAmount,
    line_count: content.lines.length,
  };
}

export function purchaseOrderLineRows(state: LatestState<'purchase-order'>): StarRow[] {
  const { content, integration } = state;
  const shared = {
    ...sharedByOrder(state),
    order_number: content.number,
    order_kind: content.kind,
    order_status: content.status,
  };
  return content.lines.map((line) => ({
    ...shared,
    line_number: line.number,
    item_key: UNKNOWN_KEY, // Settled against the dimension as it is loaded.
    item_ref: line.item === undefined ? UNKNOWN_KEY : surrogateKey(integration, line.item),
    promised_on_key: dateKey(line.promisedOn),
    ordered_qty: line.ordered.value,
    effective_qty: line.cancelled === true ? '0' : line.ordered.value,
    received_qty: line.received,
    rejected_qty: line.rejected,
    unit: line.ordered.unit,
    unit_price: pricePerUnit(line),
    net_amount: line.netAmount,
    is_final_receipt: line.finalReceipt === true,
  }));
}

export function exchangeRateRow(state: LatestState<'exchange-rate'>): StarRow {
  const { content } = state;
  return {
    rate_key: surrogateKey(state.integration, state.key),
    integration: state.integration,
    from_currency: content.from,
    to_currency: content.to,
    type: content.type,
    valid_on: content.validOn,
    rate: content.rate,
  };
}

function originOf(state: LatestState<'supplier' | 'item'>): StarRow {
  return { record_id: state.recordId, integration: state.integration, source_key: state.key };
}

function sharedByOrder(state: LatestState<'purchase-order'>): StarRow {
  const { content, integration } = state;
  return {
    order_key: surrogateKey(integration, state.key),
    record_id: state.recordId,
    integration,
    supplier_key: UNKNOWN_KEY, // Settled against the dimension as it is loaded.
    supplier_ref: surrogateKey(integration, content.supplier),
    issued_on_key: dateKey(content.issuedOn),
    shipped_on_key: dateKey(content.shippedOn),
    currency: content.currency,
    requester: content.requester,
    ship_method: content.shipMethod,
    log_position: state.position,
  };
}

function earliestPromise(order: PurchaseOrder): string | undefined {
  const days = order.lines.flatMap((line) => line.promisedOn ?? []);
  return days.toSorted()[0];
}

/** Exact for a price per 1; a price per 100 is divided once, to eight places. */
function pricePerUnit(line: PurchaseOrderLine): Decimal {
  if (line.priceBase === '1') return line.unitPrice;
  return divideDecimals(line.unitPrice, line.priceBase, PRICE_SCALE) ?? decimal('0');
}
