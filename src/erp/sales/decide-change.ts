import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { addedLines, changeHeader, changeLines } from '#erp/company/documents';
import type { ChangedFields } from '#erp/company/documents';
import {
  addDecimals,
  compareDecimals,
  decimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { QuotationPart } from './claim-quotations.ts';
import { decideLine, netOf } from './decide-order.ts';
import type { DecidedLine, OrderFacts } from './decide-order.ts';
import { hasBegun } from './decide-step.ts';
import type { SalesProblemCode } from './errors.ts';
import { aheadOf } from './exposure.ts';
import { statusOf } from './sales-order.ts';
import type {
  Decision,
  SalesLineDraft,
  SalesOrder,
  SalesOrderLine,
  SalesOrderStatus,
} from './sales-order.ts';

/** What is to be different of one line; what is left out stays. */
export type SalesLineChange = {
  readonly line: number;
  readonly quantity?: Decimal; // Not below what has left or was charged.
  readonly unitPrice?: Decimal; // Neither price nor discount of what was charged.
  readonly priceBase?: Decimal;
  readonly discountPercent?: Decimal;
  readonly promisedOn?: LocalDate; // The first promise is kept beside it.
  readonly isFinal?: boolean; // True: the rest is not delivered. False: it is again.
  readonly isCancelled?: true;
};

/** What of an order as a whole may be different. */
type Header = Pick<
  SalesOrder,
  'requestedOn' | 'paymentTerms' | 'salesperson' | 'channel' | 'customerReference' | 'text'
>;

/** A change of one order. All of it is made, or nothing. */
export type SalesOrderChange = {
  readonly id: string;
  readonly version: number; // As it was seen; another one now is refused.
  readonly reason?: string;
  readonly set?: Partial<Header>; // What is left out stays, null empties.
  readonly lines?: readonly SalesLineChange[];
  readonly added?: readonly Omit<SalesLineDraft, 'quotation'>[];
};

/** What becomes of an order that is changed. */
export type ChangedOrder = {
  readonly header: Header; // As it will be.
  readonly headerDifference: ChangedFields;
  readonly lines: readonly SalesOrderLine[]; // Those that change, as they will be.
  readonly added: readonly { readonly number: number; readonly line: DecidedLine }[];
  readonly claims: readonly QuotationPart[];
  readonly net: Decimal;
  readonly decision: Decision;
  readonly raisedBy: string | null;
  readonly ahead: Decimal; // What it will still be charged, company currency.
  readonly differences: Readonly<Record<string, ChangedFields>>; // By line.
};

/** What is known when changes are decided. */
export type ChangeFacts = Pick<OrderFacts, 'items' | 'targetProblem' | 'terms'> & {
  readonly by: string;
  readonly creditLimit: Decimal | undefined; // Company currency. Undefined: there is none.
  readonly exposure: Decimal; // What the customer owes, this order as it is included.
};

type Code = SalesProblemCode;

const ZERO = decimal('0');
const OPEN: readonly SalesOrderStatus[] = [
  'draft',
  'on-credit-hold',
  'confirmed',
  'partly-delivered',
  'delivered',
];
const HEADER = [
  'requestedOn',
  'paymentTerms',
  'salesperson',
  'channel',
  'customerReference',
  'text',
] as const;
const FIELDS = [
  'ordered',
  'unitPrice',
  'priceBase',
  'discountPercent',
  'net',
  'promisedOn',
  'isFinal',
  'isCancelled',
] as const;

/** Whether an order may be changed so, and what it is then. Pure. */
export function decideChange(
  facts: ChangeFacts,
  order: SalesOrder,
  change: SalesOrderChange,
): Result<ChangedOrder, Code> {
  const status = statusOf(order);
  if (!OPEN.includes(status)) {
    return refuse('sales.not-in-this-state', `${order.number} is ${status}`);
  }
  const changed = changeLines(order.lines, change.lines ?? [], {
    fields: FIELDS,
    missing: ({ line }, field) =>
      refuse('sales.no-such-order-line', `${order.number} has no line ${line}`, field),
    problem: lineProblem,
    changed: changedLine,
  });
  if (!changed.ok) return changed;
  const { all, changed: lines, differences } = changed.value;
  const decided = addedLines(order.lines, change.added ?? [], (draft, field) =>
    decideLine(facts, draft, field),
  );
  if (!decided.ok) return decided;
  const added = decided.value;
  const { header, difference } = changeHeader<Header>(order, change.set ?? {}, HEADER);
  const { paymentTerms } = header;
  if ('paymentTerms' in difference && !facts.terms.has(paymentTerms)) {
    return refuse('sales.no-such-terms', `there are no terms ${paymentTerms}`, 'set.paymentTerms');
  }
  if (lines.length === 0 && added.length === 0 && Object.keys(difference).length === 0) {
    return refuse('sales.empty-document', 'nothing would be different', 'lines');
  }
  const kept = all.filter(({ isCancelled }) => !isCancelled);
  const news = added.map(({ line: { quantity, net } }) => {
    return { ordered: quantity, invoiced: ZERO, net, isCancelled: false };
  });
  const net = sumDecimals([...kept, ...news].map((line) => line.net));
  const ahead = aheadOf(order, [...kept, ...news]);
  const claims = order.lines.map((line, at) => claimedMore(line, all[at] ?? line));
  return accept({
    header,
    headerDifference: difference,
    lines,
    added,
    claims,
    net,
    ahead,
    ...creditOf(facts, order, ahead),
    differences,
  });
}

function lineProblem(
  line: SalesOrderLine,
  { quantity, unitPrice, priceBase, discountPercent, isFinal, isCancelled }: SalesLineChange,
  field: string,
): Refusal<Code> | undefined {
  if (line.isCancelled) {
    return refuse('sales.line-cancelled', `line ${line.number} is cancelled`, field);
  }
  if (quantity !== undefined && compareDecimals(quantity, ZERO) <= 0) {
    return refuse('sales.quantity-not-positive', 'a quantity is above zero', field);
  }
  const done = compareDecimals(line.delivered, line.invoiced) > 0 ? line.delivered : line.invoiced;
  const isLess = quantity !== undefined && compareDecimals(quantity, line.ordered) < 0;
  if (isLess && compareDecimals(quantity, done) < 0) {
    return refuse('sales.below-delivered', `${done} ${line.unit} have left or been charged`, field);
  }
  if (isCancelled === true && hasBegun(line)) {
    return refuse('sales.below-delivered', `something of line ${line.number} has left`, field);
  }
  const isPriced = [unitPrice, priceBase, discountPercent].some((each) => each !== undefined);
  if (isPriced && compareDecimals(line.invoiced, ZERO) !== 0) {
    const message = `line ${line.number} has been charged: another price is another line`;
    return refuse('sales.already-charged', message, field);
  }
  const isBad =
    compareDecimals(unitPrice ?? ZERO, ZERO) < 0 ||
    compareDecimals(priceBase ?? decimal('1'), ZERO) <= 0 ||
    compareDecimals(discountPercent ?? ZERO, ZERO) < 0 ||
    compareDecimals(discountPercent ?? ZERO, decimal('100')) > 0;
  if (isBad) {
    return refuse('sales.bad-line', 'a price is not below zero, a discount 0 to 100 %', field);
  }
  if (isFinal === true && compareDecimals(line.delivered, line.ordered) >= 0) {
    return refuse('sales.not-in-this-state', `all of line ${line.number} has left`, field);
  }
  return undefined;
}

function changedLine(line: SalesOrderLine, wish: SalesLineChange): SalesOrderLine {
  const { quantity = line.ordered, unitPrice = line.unitPrice, priceBase = line.priceBase } = wish;
  const { discountPercent = line.discountPercent } = wish;
  const isPriced =
    quantity !== line.ordered ||
    unitPrice !== line.unitPrice ||
    priceBase !== line.priceBase ||
    discountPercent !== line.discountPercent;
  const terms = { quantity, unitPrice, priceBase, discountPercent };
  return {
    ...line,
    ordered: quantity,
    unitPrice,
    priceBase,
    discountPercent,
    net: isPriced ? netOf(terms) : line.net,
    promisedOn: wish.promisedOn ?? line.promisedOn,
    isFinal: wish.isFinal ?? line.isFinal,
    isCancelled: wish.isCancelled ?? line.isCancelled,
  };
}

const claimedMore = (before: SalesOrderLine, { ordered }: SalesOrderLine): QuotationPart => ({
  key: before.quotationId === null ? '' : `${before.quotationId} ${before.quotationLine}`,
  quantity: subtractDecimals(ordered, before.ordered),
});

/** Worth more than before, and beyond what the customer may owe: another has to agree. */
function creditOf(
  { by, creditLimit, exposure }: ChangeFacts,
  order: SalesOrder,
  ahead: Decimal,
): Pick<ChangedOrder, 'decision' | 'raisedBy'> {
  const { decision, raisedBy } = order;
  const more = subtractDecimals(ahead, aheadOf(order, order.lines));
  const isMore = compareDecimals(more, ZERO) > 0;
  if (decision === 'on-credit-hold') return { decision, raisedBy: isMore ? by : raisedBy };
  const waits =
    decision === 'confirmed' &&
    isMore &&
    creditLimit !== undefined &&
    compareDecimals(addDecimals(exposure, more), creditLimit) > 0;
  return waits ? { decision: 'on-credit-hold', raisedBy: by } : { decision, raisedBy };
}
