import { hash } from 'node:crypto';
import { CALENDAR_YEARS } from './calendar.ts';

/** The key of a dimension row nobody knows. */
export const UNKNOWN_KEY = -1n;

const REMEMBERED_MAX = 20_000;
const remembered = new Map<string, bigint>();

/**
 * The key of a record in the star: 62 bits of SHA-256 over where it comes from. It depends on
 * nothing else, so any order of loading gives the same keys. Two of ten million records meet with
 * a chance of one in 100,000.
 */
export function surrogateKey(integration: string, key: string): bigint {
  const text = JSON.stringify([integration, key]);
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const made = hash('sha256', text, 'buffer').readBigUInt64BE(0) >> 2n;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(text, made);
  return made;
}

/** The date key of a day, yyyymmdd. The unknown day is −1. */
export function dateKey(day: string | undefined): number {
  if (day === undefined) return Number(UNKNOWN_KEY);
  const year = Number(day.slice(0, 4));
  if (year < CALENDAR_YEARS.first || year > CALENDAR_YEARS.last) return Number(UNKNOWN_KEY);
  return Number(day.slice(0, 4) + day.slice(5, 7) + day.slice(8, 10));
}
