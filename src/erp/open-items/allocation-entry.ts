import { entryText } from '#erp/ledger';
import type { EntryDraft, LineDraft, PostingKey } from '#erp/ledger';
import { allocateMoney, currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  decimalOf,
  divideDecimals,
  negateDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { discountSharesOf } from './decide-allocation.ts';
import type { Settled, Settlement } from './decide-allocation.ts';

const ZERO = decimal('0');
const RATE_PLACES = 10;
const isZero = (value: Decimal): boolean => compareDecimals(value, ZERO) === 0;

/**
 * What a settlement books: the discount, net and tax, and what exchange rates gained or lost.
 * Undefined: nothing. The control account gets both, so that it stays the sum of open items.
 */
export function allocationEntry(
  { raising, lowering, discount }: Settlement,
  settled: Settled,
  how: {
    readonly id: string;
    readonly on: LocalDate;
    readonly companyCurrency: CurrencyCode;
    readonly sign: 1 | -1; // -1: taken back.
  },
): EntryDraft | undefined {
  const lines = [
    ...discountLines({ raising, discount }, settled, how.companyCurrency),
    ...differenceLines(raising, settled),
  ];
  if (lines.length === 0) return undefined;
  const { legalEntity, currency, documentNumber } = raising;
  const signed = how.sign === 1 ? lines : lines.map(negated);
  return {
    legalEntity,
    kind: 'payment',
    postedOn: how.on,
    documentOn: how.on,
    currency,
    ...(currency === how.companyCurrency
      ? {}
      : { rate: bookedRateOf(raising), rateOn: raising.postedOn }),
    text: entryText('settles', { lowering: lowering.documentNumber, raising: documentNumber }),
    source: { area: 'open-items', kind: 'allocation', id: how.id, number: documentNumber },
    lines: signed,
  };
}

/** The rate at which the invoice was booked: every line here says its own amount in both currencies. */
export function bookedRateOf({ amount, companyAmount }: Settlement['raising']): Decimal {
  const rate = divideDecimals(companyAmount, amount, RATE_PLACES);
  return rate === undefined || isZero(rate) ? decimal('1') : rate;
}

function discountLines(
  { raising, discount }: Pick<Settlement, 'raising' | 'discount'>,
  { discountCompany }: Settled,
  companyCurrency: CurrencyCode,
): readonly LineDraft[] {
  const key = raising.side === 'payable' ? 'cash-discount-received' : 'cash-discount-granted';
  const relief = { amount: discount, companyAmount: discountCompany, key } as const;
  return isZero(discount) ? [] : reliefLines(raising, relief, companyCurrency);
}

/** What letting go of so much of an item books: net where `key` leads, its tax, the control account. */
export function reliefLines(
  item: Settlement['raising'],
  {
    amount,
    companyAmount,
    key,
  }: { readonly amount: Decimal; readonly companyAmount: Decimal; readonly key: PostingKey },
  companyCurrency: CurrencyCode,
): readonly LineDraft[] {
  const isOurs = item.side === 'payable'; // We take it; else we grant it.
  const wanted = discountSharesOf(item, amount)
    .flatMap(({ code, net, tax }) => [
      { tax: false, code, amount: net },
      { tax: true, code, amount: tax },
    ])
    .filter((part) => !isZero(part.amount));
  const companyTotal = {
    amount: divideDecimals(companyAmount, decimal('1'), currencyScale(companyCurrency)) ?? ZERO,
    currency: companyCurrency,
  };
  const company = allocateMoney(
    companyTotal,
    wanted.map((part) => part.amount),
  );
  const isLoss = isOurs !== (item.effect === 'raises');
  const toward = (value: Decimal): Decimal => (isLoss ? value : negateDecimal(value));
  const own = wanted.map(({ tax, code, amount: part }, at): LineDraft => {
    const taxCode = code === '' ? {} : { taxCode: code };
    const taxKey = isOurs ? 'input-tax' : 'output-tax';
    return {
      posting: { key: tax ? taxKey : key, ...taxCode },
      amount: toward(part),
      companyAmount: toward(company[at]?.amount ?? ZERO),
      ...taxCode,
    };
  });
  return [
    ...own,
    {
      posting: { key: item.side },
      amount: negateDecimal(toward(amount)),
      companyAmount: negateDecimal(toward(companyAmount)),
      party: item.party,
    },
  ];
}

function differenceLines(
  { side, party }: Settlement['raising'],
  { difference }: Settled,
): readonly LineDraft[] {
  if (isZero(difference)) return [];
  const nothing = decimalOf(0n, 0);
  const key = compareDecimals(difference, ZERO) > 0 ? 'exchange-gain' : 'exchange-loss';
  return [
    { posting: { key: side }, amount: nothing, companyAmount: difference, party },
    { posting: { key }, amount: nothing, companyAmount: negateDecimal(difference) },
  ];
}

function negated(line: LineDraft): LineDraft {
  const { amount, companyAmount = amount } = line;
  return {
    ...line,
    amount: negateDecimal(amount),
    companyAmount: negateDecimal(companyAmount),
  };
}
