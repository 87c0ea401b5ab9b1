import type { RecordKind } from '#canonical';
import type { Json, JsonObject } from '#kernel';
import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { isObject } from './three-way.ts';
import type { DecidedCase } from './decide.ts';

const EXACT = 12; // Places: a price per hundred needs two more than the price.

/**
 * Amounts that follow from others are reckoned anew after a merge, where the system itself keeps
 * them so: ours has another quantity, theirs another price, and neither's total is the sum.
 */
export function reckonAmounts(
  kind: RecordKind,
  theirs: JsonObject,
  merged: JsonObject,
): { readonly content: JsonObject; readonly isReckoned: (field: string) => boolean } {
  const none = { content: merged, isReckoned: () => false };
  if (kind !== 'purchase-order') return none;
  const [were, lines] = [linesOf(theirs), linesOf(merged)];
  if (were === undefined || lines === undefined) return none;
  const byLine = were.every((line) => holds(amountOf(line), line['netAmount']));
  const byTotal = holds(totalOf(were), theirs['netAmount']);
  const after = byLine ? lines.map(withAmount) : lines;
  const total = byTotal ? totalOf(after) : undefined;
  return {
    content: {
      ...merged,
      lines: after,
      ...(total === undefined || holds(total, merged['netAmount']) ? {} : { netAmount: total }),
    },
    isReckoned: (field) =>
      (byTotal && field === 'netAmount') || (byLine && /^lines\[[^\]]*\]\.netAmount$/.test(field)),
  };
}

/** The verdict for amounts that are reckoned: nobody is asked about them. */
export function markReckoned(
  cases: readonly DecidedCase[],
  isReckoned: (field: string) => boolean,
): readonly DecidedCase[] {
  return cases.map((each) =>
    isReckoned(each.field) && each.side !== 'agreed'
      ? { ...each, verdict: { take: 'theirs', because: 'reckoned' } }
      : each,
  );
}

function linesOf({ lines }: JsonObject): readonly JsonObject[] | undefined {
  if (!Array.isArray(lines)) return undefined;
  const list: readonly Json[] = lines;
  const objects = list.filter(isObject);
  return objects.length === list.length ? objects : undefined;
}

function withAmount(line: JsonObject): JsonObject {
  const amount = amountOf(line);
  return amount === undefined || holds(amount, line['netAmount'])
    ? line
    : { ...line, netAmount: amount };
}

/** Quantity times price; undefined: the line does not say, or it comes out at no end of places. */
function amountOf({ ordered, unitPrice, priceBase }: JsonObject): Decimal | undefined {
  const quantity = decimalOf(isObject(ordered) ? ordered['value'] : undefined);
  const [price, base] = [decimalOf(unitPrice), decimalOf(priceBase)];
  if (quantity === undefined || price === undefined || base === undefined) return undefined;
  const product = multiplyDecimals(quantity, price);
  if (base === '1') return product;
  const amount = divideDecimals(product, base, EXACT, 'down');
  if (amount === undefined) return undefined;
  return compareDecimals(multiplyDecimals(amount, base), product) === 0 ? amount : undefined;
}

function totalOf(lines: readonly JsonObject[]): Decimal | undefined {
  const amounts = lines.map((line) => decimalOf(line['netAmount']));
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === amounts.length && known.length > 0 ? sumDecimals(known) : undefined;
}

function holds(reckoned: Decimal | undefined, stated: Json | undefined): boolean {
  const amount = decimalOf(stated);
  return reckoned !== undefined && amount !== undefined && compareDecimals(reckoned, amount) === 0;
}

const decimalOf = (value: Json | undefined): Decimal | undefined =>
  typeof value === 'string' ? parseDecimal(value) : undefined;
