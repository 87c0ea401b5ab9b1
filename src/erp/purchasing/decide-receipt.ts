import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { convert } from '#erp/items';
import type { Item } from '#erp/items';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { netOf } from './decide-order.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { statusOf } from './purchase-order.ts';
import type { OrderLine, PurchaseOrder } from './purchase-order.ts';

/** What came, or goes back, of one order line. Quantities in the line's unit, above zero. */
export type ReceiptLineDraft = {
  readonly order: string;
  readonly line: number;
  readonly quantity: Decimal;
  readonly rejected?: Decimal; // Of it; it is kept apart, blocked.
  readonly reason?: string;
  readonly batch?: string;
  readonly expiresOn?: LocalDate;
  readonly serials?: readonly string[];
  readonly rejectedSerials?: readonly string[]; // Of the pieces that were rejected.
  readonly location?: string;
  readonly isFinal?: boolean; // Nothing more will come.
};

/** A delivery from a supplier, or a return to him. All its lines are booked, or none. */
export type ReceiptDraft = {
  readonly kind?: 'receipt' | 'return';
  readonly deliveryNote?: string;
  readonly receivedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly lines: readonly ReceiptLineDraft[];
};

/** What is known when receipts are decided. */
export type ReceiptFacts = {
  readonly legalEntity: string;
  readonly companyCurrency: CurrencyCode;
  readonly orders: ReadonlyMap<string, PurchaseOrder>;
  readonly items: ReadonlyMap<string, Item>;
};

/** A line that may be booked. Quantities and value are signed: below zero it goes back. */
export type DecidedReceiptLine = {
  readonly draft: ReceiptLineDraft;
  readonly order: PurchaseOrder;
  readonly line: OrderLine;
  readonly item: Item | undefined;
  readonly isStock: boolean;
  readonly quantity: Decimal;
  readonly rejected: Decimal;
  readonly baseQuantity: Decimal;
  readonly baseRejected: Decimal;
  readonly value: Decimal; // Company currency, at the order's price and rate.
  readonly net: Decimal; // The order's currency, at its scale.
};

/** A receipt that may be booked. */
export type DecidedReceipt = {
  readonly draft: ReceiptDraft;
  readonly kind: 'receipt' | 'return';
  readonly supplier: string;
  readonly lines: readonly DecidedReceiptLine[];
};

type Code = PurchasingProblemCode;

const ZERO = decimal('0');
const HUNDRED = decimal('100');

/**
 * Decides receipts one after the other: a later one sees what an earlier one took of the same order
 * line. `taken` holds what that is, by line; it is changed.
 */
export function decideReceipt(
  facts: ReceiptFacts,
  draft: ReceiptDraft,
  taken: Map<string, Decimal>,
): Result<DecidedReceipt, Code> {
  const kind = draft.kind ?? 'receipt';
  const lines: DecidedReceiptLine[] = [];
  const own = new Map<string, Decimal>();
  for (const [at, line] of draft.lines.entries()) {
    const key = `${line.order} ${line.line}`;
    const before = addDecimals(taken.get(key) ?? ZERO, own.get(key) ?? ZERO);
    const decided = decideLine(facts, line, { kind, before, field: `lines.${at}` });
    if (!decided.ok) return decided;
    own.set(key, addDecimals(own.get(key) ?? ZERO, decided.value.quantity));
    lines.push(decided.value);
  }
  const suppliers = new Set(lines.map(({ order }) => order.supplier));
  const [supplier] = suppliers;
  if (supplier === undefined) {
    return refuse('purchasing.empty-document', 'a receipt has a line', 'lines');
  }
  if (suppliers.size > 1) {
    return refuse('purchasing.several-suppliers', 'a receipt comes from one supplier', 'lines');
  }
  for (const [key, quantity] of own) taken.set(key, addDecimals(taken.get(key) ?? ZERO, quantity));
  return accept({ draft, kind, supplier, lines });
}

type LineFacts = {
  readonly kind: 'receipt' | 'return';
  readonly before: Decimal; // Taken of the line by what was decided before.
  readonly field: string;
};

function decideLine(
  facts: ReceiptFacts,
  draft: ReceiptLineDraft,
  at: LineFacts,
): Result<DecidedReceiptLine, Code> {
  const order = facts.orders.get(draft.order);
  if (order === undefined || order.legalEntity !== facts.legalEntity) {
    return refuse('purchasing.no-such-order', `there is no order ${draft.order}`, at.field);
  }
  const line = order.lines.find(({ number }) => number === draft.line);
  if (line === undefined) {
    const message = `${order.number} has no line ${draft.line}`;
    return refuse('purchasing.no-such-order-line', message, at.field);
  }
  const problem = lineProblem(order, line, draft, at);
  if (problem !== undefined) return problem;
  const { quantity, rejected = ZERO } = draft;
  const item = line.item === null ? undefined : facts.items.get(line.item);
  const isStock = item !== undefined && item.kind !== 'service';
  const [base, baseRejected] = [
    inBase(item, quantity, line.unit),
    inBase(item, rejected, line.unit),
  ];
  if (base === undefined || baseRejected === undefined) {
    const message = `${quantity} ${line.unit} is no exact quantity in ${item?.baseUnit}`;
    return refuse('purchasing.bad-line', message, at.field);
  }
  const sign = (value: Decimal): Decimal => (at.kind === 'return' ? negateDecimal(value) : value);
  const worth = bothWorths(order, line, { kind: at.kind, quantity, facts });
  return accept({
    draft,
    order,
    line,
    item,
    isStock,
    quantity: sign(quantity),
    rejected,
    baseQuantity: sign(base),
    baseRejected,
    value: sign(worth.value),
    net: sign(worth.net),
  });
}

/**
 * What a quantity is worth in both currencies. What comes, at the order's price; what goes back, what
 * it came at, in proportion: the price may have changed since.
 */
function bothWorths(
  { currency, rate }: PurchaseOrder,
  line: OrderLine,
  of: {
    readonly kind: 'receipt' | 'return';
    readonly quantity: Decimal;
    readonly facts: ReceiptFacts;
  },
): { readonly value: Decimal; readonly net: Decimal } {
  const { kind, quantity, facts } = of;
  const [company, ordered] = [currencyScale(facts.companyCurrency), currencyScale(currency)];
  if (kind === 'receipt') {
    const atPrice = netOf(quantity, line.unitPrice, line.priceBase);
    const value = roundDecimal(multiplyDecimals(atPrice, rate), company);
    return { value, net: roundDecimal(atPrice, ordered) };
  }
  const share = (came: Decimal, scale: number): Decimal =>
    divideDecimals(multiplyDecimals(came, quantity), line.received, scale) ?? ZERO;
  return { value: share(line.receivedValue, company), net: share(line.receivedNet, ordered) };
}

function inBase(item: Item | undefined, quantity: Decimal, unit: string): Decimal | undefined {
  if (item === undefined || compareDecimals(quantity, ZERO) === 0) return quantity;
  const converted = convert(item, quantity, unit);
  return converted.ok ? converted.value : undefined;
}

function lineProblem(
  order: PurchaseOrder,
  line: OrderLine,
  { quantity, rejected = ZERO }: ReceiptLineDraft,
  { kind, before, field }: LineFacts,
): Refusal<Code> | undefined {
  const isBad =
    compareDecimals(quantity, ZERO) <= 0 ||
    compareDecimals(rejected, ZERO) < 0 ||
    compareDecimals(rejected, quantity) > 0;
  if (isBad) {
    return refuse('purchasing.quantity-not-positive', 'quantities are above zero', field);
  }
  if (line.isCancelled) {
    return refuse('purchasing.line-cancelled', `line ${line.number} is cancelled`, field);
  }
  if (!line.isReceivedAgainst) {
    const message = `line ${line.number} is charged without being delivered`;
    return refuse('purchasing.not-received-against', message, field);
  }
  const received = addDecimals(line.received, before);
  if (kind === 'return') {
    return compareDecimals(quantity, received) > 0
      ? refuse('purchasing.returns-too-much', `${received} have been received`, field)
      : undefined;
  }
  const status = statusOf(order);
  if (order.decision !== 'issued' || order.isClosed) {
    return refuse('purchasing.not-in-this-state', `${order.number} is ${status}`, field);
  }
  const percent = addDecimals(HUNDRED, line.overPercentMax);
  const most = multiplyDecimals(line.ordered, percent);
  const after = multiplyDecimals(addDecimals(received, quantity), HUNDRED);
  if (compareDecimals(after, most) > 0) {
    const open = subtractDecimals(line.ordered, received);
    const message = `${open} ${line.unit} of line ${line.number} are open, ${quantity} came`;
    return refuse('purchasing.over-delivery', message, field);
  }
  return undefined;
}
