import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { allocateMoney, currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { OpenItemsProblemCode } from './errors.ts';
import { companyOpenOf, openOf } from './open-item.ts';
import type { OpenItem } from './open-item.ts';

/** What is to be settled: so much of what lowers pays what raises, with a discount beside it. */
export type Settlement = {
  readonly raising: OpenItem;
  readonly lowering: OpenItem;
  readonly amount: Decimal;
  readonly discount: Decimal;
};

/** A discount's part under one tax code. */
export type DiscountShare = { readonly code: string; readonly net: Decimal; readonly tax: Decimal };

/** A settlement in the company's currency, with what it realises. */
export type Settled = {
  readonly raisingCompany: Decimal; // Cleared of the raising item, discount included.
  readonly loweringCompany: Decimal;
  readonly discountCompany: Decimal;
  /** What the control account would keep: gained above zero, lost below. */
  readonly difference: Decimal;
  readonly discountShares: readonly DiscountShare[];
};

const ZERO = decimal('0');
const isPositive = (value: Decimal): boolean => compareDecimals(value, ZERO) > 0;

/** Why a settlement cannot be. Undefined: it can. */
export function allocationProblem({
  raising,
  lowering,
  amount,
  discount,
}: Settlement): Refusal<OpenItemsProblemCode> | undefined {
  if (compareDecimals(amount, ZERO) < 0 || compareDecimals(discount, ZERO) < 0) {
    return refuse('open-items.amount-not-positive', 'amounts are not negative', 'amount');
  }
  const settled = addDecimals(amount, discount);
  if (!isPositive(settled)) {
    return refuse('open-items.amount-not-positive', 'there is nothing to settle', 'amount');
  }
  if (raising.effect !== 'raises' || lowering.effect !== 'lowers') {
    return refuse('open-items.wrong-effect', 'a payment or credit note settles an invoice');
  }
  const same =
    raising.party === lowering.party &&
    raising.side === lowering.side &&
    raising.legalEntity === lowering.legalEntity;
  if (!same) {
    return refuse('open-items.parties-differ', 'both belong to one party of one legal entity');
  }
  if (raising.currency !== lowering.currency) {
    return refuse(
      'open-items.currencies-differ',
      `${lowering.currency} is not ${raising.currency}`,
    );
  }
  if (compareDecimals(settled, openOf(raising)) > 0) {
    const message = `${openOf(raising)} of ${raising.documentNumber} is open`;
    return refuse('open-items.not-enough-open', message, 'amount');
  }
  if (compareDecimals(amount, openOf(lowering)) > 0) {
    const message = `${openOf(lowering)} of ${lowering.documentNumber} is open`;
    return refuse('open-items.not-enough-open', message, 'amount');
  }
  return undefined;
}

/**
 * Weighs a settlement in the company's currency. What clears an item takes all that is left of it,
 * so that rounding leaves nothing behind. Both sides are rounded half away from zero.
 */
export function settle(
  { raising, lowering, amount, discount }: Settlement,
  companyCurrency: CurrencyCode,
): Settled {
  const scale = currencyScale(companyCurrency);
  const settled = addDecimals(amount, discount);
  const raisingCompany = companyPartOf(raising, settled, scale);
  const loweringCompany = companyPartOf(lowering, amount, scale);
  const discountCompany = isPositive(discount)
    ? shareOf(raisingCompany, discount, settled, scale)
    : ZERO;
  const kept = subtractDecimals(subtractDecimals(raisingCompany, discountCompany), loweringCompany);
  const difference = raising.side === 'receivable' ? negative(kept) : kept;
  return {
    raisingCompany,
    loweringCompany,
    discountCompany,
    difference,
    discountShares: discountSharesOf(raising, discount),
  };
}

const negative = (value: Decimal): Decimal => subtractDecimals(ZERO, value);

/** What so much of an item is in the company's currency: all that is left of it for all that is open. */
export function companyPartOf(item: OpenItem, amount: Decimal, scale: number): Decimal {
  const [open, companyOpen] = [openOf(item), companyOpenOf(item)];
  return compareDecimals(amount, open) === 0
    ? companyOpen
    : shareOf(companyOpen, amount, open, scale);
}

function shareOf(whole: Decimal, part: Decimal, of: Decimal, scale: number): Decimal {
  return divideDecimals(multiplyDecimals(whole, part), of, scale) ?? ZERO;
}

/** A discount under the tax codes of the document, to the smallest coin of its currency. */
export function discountSharesOf(
  { taxShares, currency }: OpenItem,
  discount: Decimal,
): readonly DiscountShare[] {
  if (!isPositive(discount)) return [];
  const parts = taxShares.flatMap(({ net, tax }) => [net, tax]);
  if (!parts.some(isPositive)) return [{ code: '', net: discount, tax: ZERO }];
  const split = allocateMoney({ amount: padded(discount, currency), currency }, parts);
  return taxShares.map(({ code }, at) => ({
    code,
    net: split[2 * at]?.amount ?? ZERO,
    tax: split[2 * at + 1]?.amount ?? ZERO,
  }));
}

/** The same amount at the scale of its currency, so that it can be split to the coin. */
function padded(amount: Decimal, currency: CurrencyCode): Decimal {
  return divideDecimals(amount, decimal('1'), currencyScale(currency)) ?? amount;
}
