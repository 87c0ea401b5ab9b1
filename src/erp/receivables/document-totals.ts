import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { taxesOf, telescoped } from '#erp/company/tax';
import type { TaxCode } from '#erp/company/tax';
import { allocateMoney, currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { addDecimals, compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { InvoiceTax } from './customer-invoice.ts';
import type { ReceivablesProblemCode } from './errors.ts';

/** A line's amounts at the currency's scale. */
export type LineAmounts = {
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly taxCode?: string | undefined;
};

/** A document's totals; its lines' amounts add up to them to the coin. */
export type Totals = {
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly gross: Decimal;
  readonly taxes: readonly InvoiceTax[];
};

const ZERO = decimal('0');

/**
 * Rounds what lines come to: nets so that they add up to the rounded total, taxes once for each code,
 * then shared among its lines. Exact nets go in.
 */
export function roundLines(
  lines: readonly { readonly net: Decimal; readonly taxCode?: string | undefined }[],
  of: {
    readonly taxCodes: readonly TaxCode[];
    readonly on: LocalDate;
    readonly currency: CurrencyCode;
  },
): Result<readonly LineAmounts[], ReceivablesProblemCode> {
  const scale = currencyScale(of.currency);
  const nets = telescoped(
    lines.map(({ net }) => net),
    scale,
  );
  const rounded = lines.map(({ taxCode }, at) => ({ taxCode, net: nets[at] ?? ZERO }));
  const taxed = taxesOf(rounded, { ...of, scale, direction: 'output' });
  if ('unknown' in taxed) {
    const message = `there is no output tax ${taxed.unknown} on ${of.on}`;
    return refuse('receivables.no-such-tax-code', message, 'lines');
  }
  const shares = new Map<number, Decimal>();
  for (const { code, amount } of taxed.taxes) {
    const places = [...rounded.keys()].filter((at) => rounded[at]?.taxCode === code);
    const weights = places.map((at) => nets[at] ?? ZERO);
    if (compareDecimals(amount, ZERO) === 0) continue;
    const split = allocateMoney({ amount, currency: of.currency }, weights);
    for (const [at, place] of places.entries()) shares.set(place, split[at]?.amount ?? ZERO);
  }
  return accept(rounded.map((line, at) => ({ ...line, tax: shares.get(at) ?? ZERO })));
}

/** What lines add up to. */
export function totalsOf(lines: readonly LineAmounts[]): Totals {
  const codes = new Set(lines.flatMap(({ taxCode }) => taxCode ?? []));
  const taxes = [...codes].map((code): InvoiceTax => {
    const own = lines.filter(({ taxCode }) => taxCode === code);
    return {
      code,
      base: sumDecimals(own.map(({ net }) => net)),
      amount: sumDecimals(own.map(({ tax }) => tax)),
    };
  });
  const net = sumDecimals(lines.map((line) => line.net));
  const tax = sumDecimals(lines.map((line) => line.tax));
  return { net, tax, gross: addDecimals(net, tax), taxes };
}
