import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';

/** A line of a count. */
export type Line = ReplyOf<'getStockCount'>['lines'][number];

/** What was typed for a line, or that it agrees with the books: neither is nothing counted yet. */
export type Typed = {
  readonly counted?: string;
  readonly asBooked?: boolean;
  readonly serials?: readonly string[] | undefined;
  readonly reason?: string;
};
/** What was typed, by line. */
export type TypedLines = Readonly<Record<number, Typed>>;

/** How a counted quantity is written. */
export const QUANTITY = '[0-9]{1,15}(\\.[0-9]{1,6})?';
const IS_QUANTITY = new RegExp(`^${QUANTITY}$`);

/** Whether somebody took the quantity of the books over, now or before. */
export const isTakenOver = (line: Line, { counted, asBooked, serials }: Typed = {}): boolean =>
  serials === undefined && (asBooked ?? (counted === undefined && line.asBooked));

/** What was counted of a line: as typed, as kept before, or each piece that was named; '' is nothing. */
export function countedOf(line: Line, typed: Typed = {}): string {
  if (isTakenOver(line, typed)) return line.expected;
  const kept = line.asBooked ? '' : (line.counted ?? '');
  const said = (typed.counted ?? kept).trim();
  const serials = typed.serials ?? line.serials ?? undefined;
  return said === '' && serials !== undefined ? String(serials.length) : said;
}

/** Whether a line can still be taken over: nothing is said of it, and one can count what the books expect. */
export const isLeft = (line: Line, typed?: Typed): boolean =>
  countedOf(line, typed) === '' && !line.expected.startsWith('-');

/** By how much what was counted differs; null: not at all, or nothing is counted. */
export function differenceIn(line: Line, typed?: Typed): string | null {
  const counted = countedOf(line, typed);
  return IS_QUANTITY.test(counted) ? (differenceOf(counted, line.expected) ?? '0') : null;
}

/** What of a line is sent; undefined: nothing was counted of it. */
export function sentOf(line: Line, typed: Typed = {}) {
  const text = (typed.reason ?? line.reason ?? '').trim();
  const said = { line: line.line, ...(text === '' ? {} : { reason: text }) };
  if (isTakenOver(line, typed)) return { ...said, asBooked: true as const };
  const counted = countedOf(line, typed);
  const serials = typed.serials ?? line.serials ?? undefined;
  if (counted === '') return undefined;
  return { ...said, counted, ...(serials === undefined ? {} : { serials: [...serials] }) };
}
