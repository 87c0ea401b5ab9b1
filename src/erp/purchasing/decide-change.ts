import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import { addedLines, changeHeader, changeLines } from '#erp/company/documents';
import type { ChangedFields } from '#erp/company/documents';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { claimsOf } from './claim-requisitions.ts';
import type { Claim } from './claim-requisitions.ts';
import { decideLine, netOf } from './decide-order.ts';
import type { DecidedLine, OrderFacts } from './decide-order.ts';
import { hasBegun } from './decide-step.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { statusOf } from './purchase-order.ts';
import type {
  Decision,
  OrderLine,
  OrderLineDraft,
  OrderStatus,
  PurchaseOrder,
} from './purchase-order.ts';

/** What is to be different of one line; what is left out stays. */
export type LineChange = {
  readonly line: number;
  readonly quantity?: Decimal; // Not below what has come or was charged.
  readonly unitPrice?: Decimal; // Not of what was charged.
  readonly priceBase?: Decimal;
  readonly requestedOn?: LocalDate;
  readonly promisedOn?: LocalDate; // The first promise is kept beside it.
  readonly isFinal?: boolean; // True: what has not come is not waited for. False: it is again.
  readonly isCancelled?: true;
};

/** What of an order as a whole may be different. */
type Header = Pick<PurchaseOrder, 'paymentTerms' | 'incoterm' | 'requester' | 'text'>;

/** A change of one order. All of it is made, or nothing. */
export type OrderChange = {
  readonly id: string;
  readonly version: number; // As it was seen; another one now is refused.
  readonly reason?: string;
  readonly set?: Partial<Header>; // What is left out stays, null empties.
  readonly lines?: readonly LineChange[];
  readonly added?: readonly OrderLineDraft[];
};

/** What becomes of an order that is changed. */
export type ChangedOrder = {
  readonly header: Header; // As it will be.
  readonly headerDifference: ChangedFields;
  readonly lines: readonly OrderLine[]; // Those that change, as they will be.
  readonly added: readonly { readonly number: number; readonly line: DecidedLine }[];
  readonly claims: readonly Claim[];
  readonly net: Decimal;
  readonly decision: Decision;
  readonly approvedBy: string | null;
  readonly raisedBy: string | null;
  readonly differences: Readonly<Record<string, ChangedFields>>; // By line.
};

/** What is known when changes are decided. */
export type ChangeFacts = Pick<OrderFacts, 'items' | 'targetProblem' | 'terms'> & {
  readonly by: string;
  readonly approvalLimit: Decimal | undefined; // Company currency. Undefined: nobody need agree.
};

type Code = PurchasingProblemCode;

const ZERO = decimal('0');
const OPEN: readonly OrderStatus[] = [
  'draft',
  'awaiting-approval',
  'issued',
  'partly-received',
  'received',
];
const HEADER = ['paymentTerms', 'incoterm', 'requester', 'text'] as const;
const FIELDS = [
  'ordered',
  'unitPrice',
  'priceBase',
  'net',
  'requestedOn',
  'promisedOn',
  'isFinal',
  'isCancelled',
] as const;

/** Whether an order may be changed so, and what it is then. Pure. */
export function decideChange(
  facts: ChangeFacts,
  order: PurchaseOrder,
  change: OrderChange,
): Result<ChangedOrder, Code> {
  const status = statusOf(order);
  if (!OPEN.includes(status)) {
    return refuse('purchasing.not-in-this-state', `${order.number} is ${status}`);
  }
  const changed = changeLines(order.lines, change.lines ?? [], {
    fields: FIELDS,
    missing: ({ line }, field) =>
      refuse('purchasing.no-such-order-line', `${order.number} has no line ${line}`, field),
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
  const claims = [
    ...order.lines.flatMap((line, at) => claimedMore(line, all[at] ?? line)),
    ...added.flatMap(({ line }, at) => claimsOf(line, `added.${at}`)),
  ];
  const { header, difference } = changeHeader<Header>(order, change.set ?? {}, HEADER);
  const { paymentTerms } = header;
  if ('paymentTerms' in difference && !facts.terms.has(paymentTerms)) {
    const message = `there are no terms ${paymentTerms}`;
    return refuse('purchasing.no-such-terms', message, 'set.paymentTerms');
  }
  if (lines.length === 0 && added.length === 0 && Object.keys(difference).length === 0) {
    return refuse('purchasing.empty-document', 'nothing would be different', 'lines');
  }
  const kept = all.filter(({ isCancelled }) => !isCancelled);
  const net = sumDecimals([...kept, ...added.map(({ line }) => line)].map((line) => line.net));
  return accept({
    header,
    headerDifference: difference,
    lines,
    added,
    claims,
    net,
    ...approvalOf(facts, order, net),
    differences,
  });
}

function lineProblem(
  line: OrderLine,
  { quantity, unitPrice, priceBase, isFinal, isCancelled }: LineChange,
  field: string,
): Refusal<Code> | undefined {
  if (line.isCancelled) {
    return refuse('purchasing.line-cancelled', `line ${line.number} is cancelled`, field);
  }
  if (quantity !== undefined && compareDecimals(quantity, ZERO) <= 0) {
    return refuse('purchasing.quantity-not-positive', 'a quantity is above zero', field);
  }
  const done = compareDecimals(line.received, line.invoiced) > 0 ? line.received : line.invoiced;
  const isLess = quantity !== undefined && compareDecimals(quantity, line.ordered) < 0;
  if (isLess && compareDecimals(quantity, done) < 0) {
    return refuse('purchasing.below-received', `${done} ${line.unit} have come`, field);
  }
  if (isCancelled === true && hasBegun(line)) {
    return refuse('purchasing.below-received', `something of line ${line.number} has come`, field);
  }
  const isPriced = unitPrice !== undefined || priceBase !== undefined;
  if (isPriced && compareDecimals(line.invoiced, ZERO) !== 0) {
    const message = `line ${line.number} has been charged: another price is another line`;
    return refuse('purchasing.already-charged', message, field);
  }
  const isBad =
    compareDecimals(unitPrice ?? ZERO, ZERO) < 0 || compareDecimals(priceBase ?? ONE, ZERO) <= 0;
  if (isBad) {
    return refuse('purchasing.bad-line', 'a price is not below zero, its base above', field);
  }
  if (isFinal === true && compareDecimals(line.received, line.ordered) >= 0) {
    return refuse('purchasing.not-in-this-state', `all of line ${line.number} is there`, field);
  }
  return undefined;
}

const ONE = decimal('1');

function changedLine(line: OrderLine, { quantity, ...wish }: LineChange): OrderLine {
  const ordered = quantity ?? line.ordered;
  const { unitPrice = line.unitPrice, priceBase = line.priceBase } = wish;
  const isPriced = quantity !== undefined || wish.unitPrice !== undefined;
  return {
    ...line,
    ordered,
    unitPrice,
    priceBase,
    net: isPriced || wish.priceBase !== undefined ? netOf(ordered, unitPrice, priceBase) : line.net,
    requestedOn: wish.requestedOn ?? line.requestedOn,
    promisedOn: wish.promisedOn ?? line.promisedOn,
    isFinal: wish.isFinal ?? line.isFinal,
    isCancelled: wish.isCancelled ?? line.isCancelled,
  };
}

function claimedMore(before: OrderLine, { number, ordered }: OrderLine): readonly Claim[] {
  const { requisitionId, requisitionLine, unit } = before;
  const quantity = subtractDecimals(ordered, before.ordered);
  if (requisitionId === null || requisitionLine === null || compareDecimals(quantity, ZERO) <= 0) {
    return [];
  }
  const field = `lines.${number}.quantity`;
  return [{ requisition: requisitionId, line: requisitionLine, quantity, unit, field }];
}

/** Worth more than before, and more than the limit: another has to agree again. */
function approvalOf(
  { by, approvalLimit }: ChangeFacts,
  { net: before, rate, decision, approvedBy, raisedBy }: PurchaseOrder,
  net: Decimal,
): Pick<ChangedOrder, 'decision' | 'approvedBy' | 'raisedBy'> {
  const waits =
    decision !== 'draft' &&
    approvalLimit !== undefined &&
    compareDecimals(net, before) > 0 &&
    compareDecimals(multiplyDecimals(net, rate), approvalLimit) > 0;
  return waits
    ? { decision: 'awaiting-approval', approvedBy: null, raisedBy: by }
    : { decision, approvedBy, raisedBy };
}
