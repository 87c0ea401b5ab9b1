import { accept, refuse } from '#erp/company';
import type { RateOf, Result } from '#erp/company';
import type { Item } from '#erp/items';
import type { TargetProblem } from '#erp/ledger/reports';
import type { Party } from '#erp/parties';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { PurchasingProblemCode } from './errors.ts';
import type { OrderDraft, OrderLineDraft } from './purchase-order.ts';

/** What is known when orders are decided. */
export type OrderFacts = {
  readonly companyCurrency: CurrencyCode;
  readonly suppliers: ReadonlyMap<string, Party>;
  readonly items: ReadonlyMap<string, Item>;
  readonly terms: ReadonlySet<string>;
  readonly targetProblem: TargetProblem;
  readonly rateOf: RateOf;
};

/** A line that may be ordered, with nothing left open. */
export type DecidedLine = Omit<OrderLineDraft, 'requisition'> & {
  readonly text: string;
  readonly unit: string;
  readonly priceBase: Decimal;
  readonly net: Decimal;
  readonly baseNumerator: Decimal;
  readonly baseDenominator: Decimal;
  readonly isReceivedAgainst: boolean;
  readonly requisition: OrderLineDraft['requisition'];
};

/** An order that may be written. */
export type DecidedOrder = Omit<OrderDraft, 'lines'> & {
  readonly kind: NonNullable<OrderDraft['kind']>;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly paymentTerms: string;
  readonly net: Decimal;
  readonly lines: readonly DecidedLine[];
};

type Code = PurchasingProblemCode;

const ZERO = decimal('0');
const HUNDRED = decimal('100');
const ONE = decimal('1');
const NET_PLACES = 12; // A price per thousand of a price with four places is exact within.

/** Whether an order may be written, with all that the draft left out. Pure. */
export function decideOrder(facts: OrderFacts, draft: OrderDraft): Result<DecidedOrder, Code> {
  const supplier = facts.suppliers.get(draft.supplier);
  if (supplier === undefined) {
    return refuse('purchasing.no-such-supplier', `there is no supplier ${draft.supplier}`);
  }
  if (supplier.status !== 'active' || supplier.blocks.includes('purchasing')) {
    const why = supplier.blockReason === undefined ? '' : `: ${supplier.blockReason}`;
    return refuse('purchasing.supplier-blocked', `${supplier.name} is not ordered from${why}`);
  }
  if (draft.lines.length === 0) {
    return refuse('purchasing.empty-document', 'an order has a line', 'lines');
  }
  const currency = parseCurrency(draft.currency ?? supplier.currency ?? facts.companyCurrency);
  const rate = currency === undefined ? undefined : facts.rateOf(currency, draft.issuedOn);
  if (currency === undefined || rate === undefined) {
    const message = `no rate for ${draft.currency ?? supplier.currency} on ${draft.issuedOn}`;
    return refuse('purchasing.no-rate', message, 'currency');
  }
  const paymentTerms = draft.paymentTerms ?? supplier.paymentTerms ?? 'NET30';
  if (!facts.terms.has(paymentTerms)) {
    return refuse('purchasing.no-such-terms', `there are no terms ${paymentTerms}`, 'paymentTerms');
  }
  const lines: DecidedLine[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine(facts, line, `lines.${at}`);
    if (!decided.ok) return decided;
    lines.push(decided.value);
  }
  return accept({
    ...draft,
    kind: draft.kind ?? 'standard',
    currency,
    rate,
    paymentTerms,
    net: sumDecimals(lines.map(({ net }) => net)),
    lines,
  });
}

/** Whether a line may be ordered, with all that its draft left out. Pure. */
export function decideLine(
  { items, targetProblem }: Pick<OrderFacts, 'items' | 'targetProblem'>,
  draft: OrderLineDraft,
  field: string,
): Result<DecidedLine, Code> {
  const { quantity, unitPrice, priceBase = ONE } = draft;
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('purchasing.quantity-not-positive', 'a quantity is above zero', field);
  }
  if (compareDecimals(unitPrice, ZERO) < 0 || compareDecimals(priceBase, ZERO) <= 0) {
    return refuse('purchasing.bad-line', 'a price is not below zero, its base above', field);
  }
  if (!isTolerance(draft)) {
    const message = 'more may come from 0 %, less from 0 to 100 %';
    return refuse('purchasing.bad-line', message, field);
  }
  const item = draft.item === undefined ? undefined : items.get(draft.item);
  if (draft.item !== undefined && item === undefined) {
    return refuse('purchasing.no-such-item', `there is no item ${draft.item}`, `${field}.item`);
  }
  if (item?.status === 'inactive') {
    return refuse('purchasing.item-inactive', `${item.number} is not bought any more`, field);
  }
  const text = draft.text ?? item?.name ?? '';
  if (text === '') {
    return refuse('purchasing.bad-line', 'a line names an item or says what it is', field);
  }
  const unit = draft.unit ?? item?.baseUnit ?? 'C62';
  const factor = factorOf(item, unit);
  if (factor === undefined) {
    return refuse('purchasing.bad-line', `${item?.number} is not counted in ${unit}`, field);
  }
  const target = targetProblem(draft);
  if (target !== undefined) {
    return refuse('purchasing.bad-line', target.message, `${field}.${target.field}`);
  }
  if (item !== undefined && item.kind !== 'service' && draft.warehouse === undefined) {
    return refuse('purchasing.warehouse-missing', 'what is kept is delivered somewhere', field);
  }
  const { requisition, ...rest } = draft;
  return accept({
    ...rest,
    text,
    unit,
    priceBase,
    net: netOf(quantity, unitPrice, priceBase),
    baseNumerator: factor[0],
    baseDenominator: factor[1],
    isReceivedAgainst: draft.isReceivedAgainst ?? true,
    requisition,
  });
}

function isTolerance({ overPercentMax = ZERO, underPercentMax = ZERO }: OrderLineDraft): boolean {
  const isUnder =
    compareDecimals(underPercentMax, ZERO) >= 0 && compareDecimals(underPercentMax, HUNDRED) <= 0;
  return isUnder && compareDecimals(overPercentMax, ZERO) >= 0;
}

function factorOf(item: Item | undefined, unit: string): readonly [Decimal, Decimal] | undefined {
  if (item === undefined || unit === item.baseUnit) return [ONE, ONE];
  const factor = item.units.find((each) => each.unit === unit);
  return factor === undefined ? undefined : [factor.numerator, factor.denominator];
}

/** What so many units cost, exact: rounding comes with the invoice's total. */
export function netOf(quantity: Decimal, unitPrice: Decimal, priceBase: Decimal): Decimal {
  const whole = multiplyDecimals(quantity, unitPrice);
  if (compareDecimals(priceBase, ONE) === 0) return whole;
  return divideDecimals(whole, priceBase, NET_PLACES) ?? ZERO;
}
