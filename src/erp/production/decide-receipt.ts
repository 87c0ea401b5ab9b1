import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { isMade } from './order-progress.ts';
import type { DecidedPosting, StockLine } from './posting.ts';
import { workedOn } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';
import type { WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** Where what was made goes, and what it is worth. */
export type ProductDraft = {
  readonly batch?: string; // Else the order's.
  readonly expiresOn?: LocalDate;
  readonly serials?: readonly string[];
  readonly location?: string;
  readonly status?: 'free' | 'quality';
  // Items at standard cost go in at that. Others as planned at release, or at their share of what
  // the order has cost so far.
  readonly cost?: 'planned' | 'actual';
};

/** Something of value that comes out beside the product. */
export type ByProductDraft = {
  readonly item: string;
  readonly quantity: Decimal;
  readonly unitCost: Decimal; // Company currency: it takes so much off the order.
  readonly batch?: string;
  readonly location?: string;
};

/** What was made and goes into stock. */
export type ReceiptDraft = ProductDraft & {
  readonly order: string;
  readonly quantity: Decimal;
  readonly postedOn: LocalDate;
  readonly byProducts?: readonly ByProductDraft[];
};

const ZERO = decimal('0');

/** Decides a receipt; a later one of the same call sees it. */
export function decideReceipt(
  facts: ProductionFacts,
  draft: ReceiptDraft,
): Result<DecidedPosting, Code> {
  const order = workedOn(facts, draft.order);
  if (!order.ok) return order;
  const product = productLine(facts, order.value, draft);
  if (!product.ok) return product;
  const stock: StockLine[] = [product.value.line];
  for (const [at, each] of (draft.byProducts ?? []).entries()) {
    const { quantity, unitCost, item } = each;
    if (compareDecimals(quantity, ZERO) <= 0 || compareDecimals(unitCost, ZERO) < 0) {
      const message = 'a quantity is above zero, a cost not below';
      return refuse('production.bad-quantity', message, `byProducts.${at}`);
    }
    const { warehouse } = order.value;
    const place = { warehouse, location: each.location ?? '', batch: each.batch ?? '' };
    const value = roundDecimal(multiplyDecimals(quantity, unitCost), facts.scale);
    const [operation, component] = [null, null];
    const stocked = { kind: 'production-receipt', item, ...place, quantity, value } as const;
    stock.push({
      kind: 'by-product',
      operation,
      component,
      item,
      quantity,
      ...place,
      field: `byProducts.${at}`,
      stock: stocked,
    });
  }
  facts.orders.set(order.value.id, product.value.after);
  return accept({
    kind: 'receipt',
    order: order.value,
    postedOn: draft.postedOn,
    reason: null,
    stock,
    costs: [],
  });
}

/** The line that takes so much of the product into stock, and the order after it. */
export function productLine(
  facts: ProductionFacts,
  order: WorkOrder,
  draft: ProductDraft & { readonly quantity: Decimal },
  field = '', // Of the draft that says so.
): Result<{ readonly line: StockLine; readonly after: WorkOrder }, Code> {
  const { quantity } = draft;
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', 'quantity');
  }
  const received = addDecimals(order.received, quantity);
  if (compareDecimals(received, order.good) > 0) {
    const left = subtractDecimals(order.good, order.received);
    const message = `${left} of ${order.number} are made and not received`;
    return refuse('production.more-than-made', message, 'quantity');
  }
  const { item, warehouse } = order;
  const batch = draft.batch ?? order.batch ?? '';
  const place = { warehouse, location: draft.location ?? '', batch };
  const value = worthOf(facts, order, draft);
  const line: StockLine = {
    kind: 'product',
    operation: null,
    component: null,
    item,
    quantity,
    ...place,
    field,
    stock: {
      kind: 'production-receipt',
      item,
      ...place,
      quantity,
      value,
      status: draft.status,
      expiresOn: draft.expiresOn,
      serials: draft.serials,
    },
  };
  return accept({ line, after: { ...order, received, wip: subtractDecimals(order.wip, value) } });
}

function worthOf(
  { items, scale }: ProductionFacts,
  order: WorkOrder,
  { quantity, cost }: ProductDraft & { readonly quantity: Decimal },
): Decimal {
  const item = items.get(order.item);
  const at = (each: Decimal): Decimal => roundDecimal(multiplyDecimals(each, quantity), scale);
  if (item?.costing === 'standard') return at(item.standardCost ?? ZERO);
  if (cost !== 'actual') return at(order.unitCost ?? ZERO);
  const made = subtractDecimals(order.good, order.received);
  const planned = subtractDecimals(order.quantity, order.received);
  const toCome = isMade(order) || compareDecimals(planned, made) < 0 ? made : planned;
  const share = divideDecimals(multiplyDecimals(order.wip, quantity), toCome, scale) ?? ZERO;
  return compareDecimals(share, ZERO) < 0 ? ZERO : share;
}
