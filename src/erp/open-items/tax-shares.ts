import { compareDecimals, decimal, subtractDecimals, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { TaxShare } from './open-item.ts';

const ZERO = decimal('0');

/** A document's net under each tax code and under none: what a discount corrects in proportion. */
export function taxSharesOf(
  net: Decimal,
  taxes: readonly { readonly code: string; readonly base: Decimal; readonly amount: Decimal }[],
): readonly TaxShare[] {
  const taxed = taxes.map(({ code, base, amount }) => ({ code, net: base, tax: amount }));
  const untaxed = subtractDecimals(net, sumDecimals(taxed.map((share) => share.net)));
  return [...taxed, { code: '', net: untaxed, tax: ZERO }].filter(
    (share) => compareDecimals(share.net, ZERO) !== 0,
  );
}
