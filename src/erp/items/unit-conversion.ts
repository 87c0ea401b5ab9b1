import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { assert } from '#kernel';
import { decimalOf, divideDecimals, multiplyDecimals, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { ItemsProblemCode } from './errors.ts';

/** One unit is `numerator`/`denominator` base units: both whole and positive, so nothing is lost. */
export type UnitFactor = {
  readonly unit: string; // UN/ECE Recommendation 20.
  readonly numerator: Decimal;
  readonly denominator: Decimal;
};

/** In which units an item is counted. */
export type Units = { readonly baseUnit: string; readonly units: readonly UnitFactor[] };

type Ratio = { readonly over: bigint; readonly under: bigint };

const PLACES_MAX = 12;
const ONE: Ratio = { over: 1n, under: 1n };

/** A quantity in another unit, exactly. A third of a box is refused, not rounded. */
export function convert(
  item: Units,
  quantity: Decimal,
  unit: string,
  to: string = item.baseUnit,
): Result<Decimal, ItemsProblemCode> {
  const [from, into] = [ratioOf(item, unit), ratioOf(item, to)];
  if (from === undefined || into === undefined) {
    const unknown = from === undefined ? unit : to;
    return refuse('items.unknown-unit', `the item is not counted in ${unknown}`, 'unit');
  }
  const exact = exactly(quantity, {
    over: from.over * into.under,
    under: from.under * into.over,
  });
  return exact === undefined
    ? refuse('items.not-exact', `${quantity} ${unit} is no exact quantity in ${to}`, 'quantity')
    : accept(exact);
}

/** A quantity in another unit to so many places, for showing and comparing. Undefined: no such unit. */
export function convertRounded(
  item: Units,
  quantity: Decimal,
  between: { readonly from: string; readonly to: string; readonly scale: number },
): Decimal | undefined {
  const [from, into] = [ratioOf(item, between.from), ratioOf(item, between.to)];
  if (from === undefined || into === undefined) return undefined;
  const over = multiplyDecimals(quantity, decimalOf(from.over * into.under, 0));
  return divideDecimals(over, decimalOf(from.under * into.over, 0), between.scale);
}

function ratioOf(item: Units, unit: string): Ratio | undefined {
  if (unit === item.baseUnit) return ONE;
  const factor = item.units.find((each) => each.unit === unit);
  if (factor === undefined) return undefined;
  return { over: BigInt(factor.numerator), under: BigInt(factor.denominator) };
}

function exactly(quantity: Decimal, ratio: Ratio): Decimal | undefined {
  assert(ratio.under > 0n && ratio.over > 0n, 'a factor is positive');
  const point = quantity.indexOf('.');
  const places = point === -1 ? 0 : quantity.length - point - 1;
  const over = BigInt(quantity.replace('.', '')) * ratio.over;
  const under = 10n ** BigInt(places) * ratio.under;
  const shared = gcd(over < 0n ? -over : over, under);
  const rest = under / shared;
  for (let scale = 0; scale <= PLACES_MAX; scale += 1) {
    const tens = 10n ** BigInt(scale);
    if (tens % rest === 0n) return trimDecimal(decimalOf((over / shared) * (tens / rest), scale));
  }
  return undefined;
}

function gcd(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
