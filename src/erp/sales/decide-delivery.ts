import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { convert } from '#erp/items';
import type { Item } from '#erp/items';
import type { Party } from '#erp/parties';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { SalesProblemCode } from './errors.ts';
import { statusOf } from './sales-order.ts';
import type { SalesOrder, SalesOrderLine } from './sales-order.ts';

/** What leaves, or comes back, of one order line. Quantities in the line's unit, above zero. */
export type DeliveryLineDraft = {
  readonly order: string;
  readonly line: number;
  readonly quantity: Decimal;
  readonly reason?: string;
  readonly batch?: string;
  readonly serials?: readonly string[];
  readonly location?: string;
  readonly isFinal?: boolean; // Nothing more is delivered.
};

/** A delivery to a customer, or a return from him. All its lines are booked, or none. */
export type DeliveryDraft = {
  readonly kind?: 'delivery' | 'return';
  readonly shippedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly carrier?: string;
  readonly tracking?: string;
  readonly lines: readonly DeliveryLineDraft[];
};

/** What is known when deliveries are decided. */
export type DeliveryFacts = {
  readonly legalEntity: string;
  readonly orders: ReadonlyMap<string, SalesOrder>;
  readonly items: ReadonlyMap<string, Item>;
  readonly customers: ReadonlyMap<string, Party>;
};

/** A line that may be booked. Quantities are signed: below zero it comes back. */
export type DecidedDeliveryLine = {
  readonly draft: DeliveryLineDraft;
  readonly order: SalesOrder;
  readonly line: SalesOrderLine;
  readonly item: Item | undefined;
  readonly isStock: boolean;
  readonly quantity: Decimal;
  readonly baseQuantity: Decimal;
  /** What a returned unit cost when it left, in all; company currency. */
  readonly returnedCost: Decimal;
};

/** A delivery that may be booked. */
export type DecidedDelivery = {
  readonly draft: DeliveryDraft;
  readonly kind: 'delivery' | 'return';
  readonly customer: string;
  readonly lines: readonly DecidedDeliveryLine[];
};

/** What earlier deliveries of the same call took of order lines: it is changed. */
export type Taken = Map<string, Decimal>;

type Code = SalesProblemCode;

const ZERO = decimal('0');
const HUNDRED = decimal('100');

/** Decides deliveries one after the other: a later one sees what an earlier one took. */
export function decideDelivery(
  facts: DeliveryFacts,
  draft: DeliveryDraft,
  taken: Taken,
): Result<DecidedDelivery, Code> {
  const kind = draft.kind ?? 'delivery';
  const lines: DecidedDeliveryLine[] = [];
  const own: Taken = new Map();
  for (const [at, line] of draft.lines.entries()) {
    const key = `${line.order} ${line.line}`;
    const before = addDecimals(taken.get(key) ?? ZERO, own.get(key) ?? ZERO);
    const decided = decideLine(facts, line, { kind, before, field: `lines.${at}` });
    if (!decided.ok) return decided;
    own.set(key, addDecimals(own.get(key) ?? ZERO, decided.value.quantity));
    lines.push(decided.value);
  }
  const customers = new Set(lines.map(({ order }) => order.customer));
  const [customer] = customers;
  if (customer === undefined) {
    return refuse('sales.empty-document', 'a delivery has a line', 'lines');
  }
  if (customers.size > 1) {
    return refuse('sales.several-customers', 'a delivery goes to one customer', 'lines');
  }
  if (kind === 'delivery' && facts.customers.get(customer)?.blocks.includes('delivery') === true) {
    return refuse('sales.customer-blocked', 'nothing is delivered to this customer for now');
  }
  for (const [key, quantity] of own) taken.set(key, addDecimals(taken.get(key) ?? ZERO, quantity));
  return accept({ draft, kind, customer, lines });
}

type LineFacts = {
  readonly kind: 'delivery' | 'return';
  readonly before: Decimal; // Taken of the line by what was decided before.
  readonly field: string;
};

function decideLine(
  facts: DeliveryFacts,
  draft: DeliveryLineDraft,
  at: LineFacts,
): Result<DecidedDeliveryLine, Code> {
  const order = facts.orders.get(draft.order);
  if (order === undefined || order.legalEntity !== facts.legalEntity) {
    return refuse('sales.no-such-order', `there is no order ${draft.order}`, at.field);
  }
  const line = order.lines.find(({ number }) => number === draft.line);
  if (line === undefined) {
    const message = `${order.number} has no line ${draft.line}`;
    return refuse('sales.no-such-order-line', message, at.field);
  }
  const problem = lineProblem(order, line, draft, at);
  if (problem !== undefined) return problem;
  const item = line.item === null ? undefined : facts.items.get(line.item);
  const base =
    item === undefined ? accept(draft.quantity) : convert(item, draft.quantity, line.unit);
  if (!base.ok) {
    const message = `${draft.quantity} ${line.unit} is no exact quantity in ${item?.baseUnit}`;
    return refuse('sales.bad-line', message, at.field);
  }
  const sign = (value: Decimal): Decimal => (at.kind === 'return' ? negateDecimal(value) : value);
  return accept({
    draft,
    order,
    line,
    item,
    isStock: item !== undefined && item.kind !== 'service',
    quantity: sign(draft.quantity),
    baseQuantity: sign(base.value),
    returnedCost: at.kind === 'return' ? costOf(line, draft.quantity) : ZERO,
  });
}

/** What so many of a line's delivered units cost, in proportion; all of them cost all of it. */
function costOf({ delivered, deliveredCost }: SalesOrderLine, quantity: Decimal): Decimal {
  const point = deliveredCost.indexOf('.');
  const scale = point === -1 ? 0 : deliveredCost.length - point - 1;
  return divideDecimals(multiplyDecimals(deliveredCost, quantity), delivered, scale) ?? ZERO;
}

function lineProblem(
  order: SalesOrder,
  line: SalesOrderLine,
  { quantity }: DeliveryLineDraft,
  { kind, before, field }: LineFacts,
): Refusal<Code> | undefined {
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('sales.quantity-not-positive', 'a quantity is above zero', field);
  }
  if (line.isCancelled) {
    return refuse('sales.line-cancelled', `line ${line.number} is cancelled`, field);
  }
  if (!line.isDeliveredAgainst) {
    const message = `line ${line.number} is charged without being delivered`;
    return refuse('sales.not-delivered-against', message, field);
  }
  const delivered = addDecimals(line.delivered, before);
  if (kind === 'return') {
    return compareDecimals(quantity, delivered) > 0
      ? refuse('sales.returns-too-much', `${delivered} have been delivered`, field)
      : undefined;
  }
  if (order.decision !== 'confirmed' || order.isClosed) {
    return refuse('sales.not-in-this-state', `${order.number} is ${statusOf(order)}`, field);
  }
  const most = multiplyDecimals(line.ordered, addDecimals(HUNDRED, line.overPercentMax));
  const after = multiplyDecimals(addDecimals(delivered, quantity), HUNDRED);
  if (compareDecimals(after, most) > 0) {
    const open = subtractDecimals(line.ordered, delivered);
    const message = `${open} ${line.unit} of line ${line.number} are open`;
    return refuse('sales.over-delivery', message, field);
  }
  return undefined;
}
