import { addDecimals, decimal, roundDecimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { taxOn } from './tax-code.ts';
import type { TaxCode } from './tax-code.ts';

/** What is charged as tax under one code, at the currency's scale. */
export type DocumentTax = {
  readonly code: string;
  readonly base: Decimal;
  readonly amount: Decimal;
};

const ZERO = decimal('0');

/** The terms of a tax code on a day. */
export function taxTermsOn(
  taxCodes: readonly TaxCode[],
  code: string,
  of: { readonly direction: TaxCode['direction']; readonly on: LocalDate },
): TaxCode | undefined {
  return taxCodes.find(
    (each) =>
      each.code === code &&
      each.direction === of.direction &&
      each.validFrom <= of.on &&
      (each.validTo ?? of.on) >= of.on,
  );
}

/** Whether the receiver owes the tax himself, so that it is not charged. */
export const isSelfAssessed = ({ kind }: TaxCode): boolean =>
  kind === 'reverse-charge' || kind === 'intra-community';

/**
 * A document's taxes, rounded once for each code (half away from zero), in the order in which codes
 * come. Answers the code that is not known where there is one.
 */
export function taxesOf(
  lines: readonly { readonly net: Decimal; readonly taxCode?: string | undefined }[],
  of: {
    readonly taxCodes: readonly TaxCode[];
    readonly direction: TaxCode['direction'];
    readonly on: LocalDate;
    readonly scale: number;
  },
): { readonly taxes: readonly DocumentTax[] } | { readonly unknown: string } {
  const bases = new Map<string, Decimal>();
  for (const { net, taxCode } of lines) {
    if (taxCode !== undefined) bases.set(taxCode, addDecimals(bases.get(taxCode) ?? ZERO, net));
  }
  const taxes: DocumentTax[] = [];
  for (const [code, base] of bases) {
    const terms = taxTermsOn(of.taxCodes, code, of);
    if (terms === undefined) return { unknown: code };
    const charged = isSelfAssessed(terms) ? ZERO : taxOn(base, terms);
    taxes.push({
      code,
      base: roundDecimal(base, of.scale),
      amount: roundDecimal(charged, of.scale),
    });
  }
  return { taxes };
}

/** Amounts at a scale whose sum is the rounded sum: what rounding leaves goes on to the next. */
export function telescoped(amounts: readonly Decimal[], scale: number): readonly Decimal[] {
  let seen = ZERO;
  let given = ZERO;
  return amounts.map((amount) => {
    seen = addDecimals(seen, amount);
    const own = subtractDecimals(roundDecimal(seen, scale), given);
    given = addDecimals(given, own);
    return own;
  });
}
