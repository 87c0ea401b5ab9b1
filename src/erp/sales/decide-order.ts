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
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { SalesProblemCode } from './errors.ts';
import type { SalesLineDraft, SalesOrderDraft } from './sales-order.ts';

/** What is known when orders are decided. */
export type OrderFacts = {
  readonly companyCurrency: CurrencyCode;
  readonly customers: ReadonlyMap<string, Party>;
  readonly items: ReadonlyMap<string, Item>;
  readonly terms: ReadonlySet<string>;
  readonly targetProblem: TargetProblem;
  readonly rateOf: RateOf;
};

/** A line that may be ordered, with nothing left open. */
export type DecidedLine = SalesLineDraft & {
  readonly text: string;
  readonly unit: string;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
  readonly net: Decimal;
  readonly isDeliveredAgainst: boolean;
};

/** An order that may be written. */
export type DecidedOrder = Omit<SalesOrderDraft, 'lines' | 'salesperson'> & {
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly paymentTerms: string;
  readonly salesperson: string | undefined;
  readonly net: Decimal;
  readonly lines: readonly DecidedLine[];
};

type Code = SalesProblemCode;

const ZERO = decimal('0');
const ONE = decimal('1');
const HUNDRED = decimal('100');
const NET_PLACES = 12;

/** Whether an order may be written, with all that the draft left out. Pure. */
export function decideOrder(facts: OrderFacts, draft: SalesOrderDraft): Result<DecidedOrder, Code> {
  const customer = facts.customers.get(draft.customer);
  if (customer === undefined) {
    return refuse('sales.no-such-customer', `there is no customer ${draft.customer}`, 'customer');
  }
  if (customer.status !== 'active' || customer.blocks.includes('sales')) {
    const why = customer.blockReason === undefined ? '' : `: ${customer.blockReason}`;
    return refuse('sales.customer-blocked', `nothing is sold to ${customer.name}${why}`);
  }
  if (draft.lines.length === 0)
    return refuse('sales.empty-document', 'an order has a line', 'lines');
  const currency = parseCurrency(draft.currency ?? customer.currency ?? facts.companyCurrency);
  const rate = currency === undefined ? undefined : facts.rateOf(currency, draft.issuedOn);
  if (currency === undefined || rate === undefined) {
    const message = `no rate for ${draft.currency ?? customer.currency} on ${draft.issuedOn}`;
    return refuse('sales.no-rate', message, 'currency');
  }
  const paymentTerms = draft.paymentTerms ?? customer.paymentTerms ?? 'NET30';
  if (!facts.terms.has(paymentTerms)) {
    return refuse('sales.no-such-terms', `there are no terms ${paymentTerms}`, 'paymentTerms');
  }
  const lines: DecidedLine[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine(facts, line, `lines.${at}`);
    if (!decided.ok) return decided;
    lines.push(decided.value);
  }
  const net = sumDecimals(lines.map((line) => line.net));
  const salesperson = draft.salesperson ?? customer.salesperson;
  return accept({ ...draft, currency, rate, paymentTerms, salesperson, net, lines });
}

/** Whether a line may be ordered, with all that its draft left out. Pure. */
export function decideLine(
  { items, targetProblem }: Pick<OrderFacts, 'items' | 'targetProblem'>,
  draft: SalesLineDraft,
  field: string,
): Result<DecidedLine, Code> {
  const { quantity, unitPrice, priceBase = ONE, discountPercent = ZERO } = draft;
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('sales.quantity-not-positive', 'a quantity is above zero', field);
  }
  const isBad =
    compareDecimals(unitPrice, ZERO) < 0 ||
    compareDecimals(priceBase, ZERO) <= 0 ||
    compareDecimals(discountPercent, ZERO) < 0 ||
    compareDecimals(discountPercent, HUNDRED) > 0;
  if (isBad) {
    return refuse('sales.bad-line', 'a price is not below zero, a discount 0 to 100 %', field);
  }
  if (compareDecimals(draft.overPercentMax ?? ZERO, ZERO) < 0) {
    return refuse('sales.bad-line', 'more may leave from 0 %', field);
  }
  const item = draft.item === undefined ? undefined : items.get(draft.item);
  if (draft.item !== undefined && item === undefined) {
    return refuse('sales.no-such-item', `there is no item ${draft.item}`, `${field}.item`);
  }
  if (item?.status === 'inactive') {
    return refuse('sales.item-inactive', `${item.number} is not sold any more`, field);
  }
  const text = draft.text ?? item?.name ?? '';
  if (text === '')
    return refuse('sales.bad-line', 'a line names an item or says what it is', field);
  const unit = draft.unit ?? item?.baseUnit ?? 'C62';
  const isCounted =
    item === undefined || unit === item.baseUnit || item.units.some((each) => each.unit === unit);
  if (!isCounted)
    return refuse('sales.bad-line', `${item.number} is not counted in ${unit}`, field);
  const target = targetProblem(draft);
  if (target !== undefined) {
    return refuse('sales.bad-line', target.message, `${field}.${target.field}`);
  }
  const isStock = item !== undefined && item.kind !== 'service';
  if (isStock && draft.warehouse === undefined) {
    return refuse('sales.warehouse-missing', 'what is kept is delivered from somewhere', field);
  }
  return accept({
    ...draft,
    text,
    unit,
    priceBase,
    discountPercent,
    net: netOf({ quantity, unitPrice, priceBase, discountPercent }),
    isDeliveredAgainst: draft.isDeliveredAgainst ?? isStock,
  });
}

/** What so many units cost after discount, exact: rounding comes with the invoice's total. */
export function netOf(of: {
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly priceBase: Decimal;
  readonly discountPercent: Decimal;
}): Decimal {
  const whole = multiplyDecimals(of.quantity, of.unitPrice);
  const kept = multiplyDecimals(whole, subtractDecimals(HUNDRED, of.discountPercent));
  const isWhole =
    compareDecimals(of.discountPercent, ZERO) === 0 && compareDecimals(of.priceBase, ONE) === 0;
  if (isWhole) return whole;
  const net = divideDecimals(kept, multiplyDecimals(HUNDRED, of.priceBase), NET_PLACES);
  return net === undefined ? ZERO : trimDecimal(net);
}
