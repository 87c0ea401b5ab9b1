import type { Json } from '#kernel';
import { compareDecimals, parseDecimal } from '#kernel/decimal';

/**
 * The first field that we wrote and that does not have our value there; undefined: all have. What we
 * did not write may be anything. Lists are ours only as a whole, in our order.
 */
export function fieldNotOurs(
  sent: Json | undefined,
  there: Json | undefined,
  field = '',
): string | undefined {
  if (sent === undefined) return undefined;
  if (Array.isArray(sent)) {
    const [ours, theirs]: readonly (readonly Json[])[] = [sent, Array.isArray(there) ? there : []];
    if (!Array.isArray(there) || ours?.length !== theirs?.length) return field;
    for (const [at, member] of (ours ?? []).entries()) {
      const other = fieldNotOurs(member, theirs?.[at], `${field}[${at}]`);
      if (other !== undefined) return other;
    }
    return undefined;
  }
  if (typeof sent !== 'object' || sent === null) {
    return sent === there || sameWorth(sent, there) ? undefined : field;
  }
  const fields = new Map(typeof there === 'object' && there !== null ? Object.entries(there) : []);
  for (const [name, value] of Object.entries(sent)) {
    const inside = field === '' ? name : `${field}.${name}`;
    const other = fieldNotOurs(value, fields.get(name), inside);
    if (other !== undefined) return other;
  }
  return undefined;
}

const AMOUNT = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** '100' is '100.0', but the number '007' is not '7': one of them has to be written as an amount. */
function sameWorth(sent: Json, there: Json | undefined): boolean {
  if (typeof sent !== 'string' || typeof there !== 'string') return false;
  if (!AMOUNT.test(sent) || !AMOUNT.test(there) || !`${sent}${there}`.includes('.')) return false;
  const [left, right] = [parseDecimal(sent), parseDecimal(there)];
  return left !== undefined && right !== undefined && compareDecimals(left, right) === 0;
}
