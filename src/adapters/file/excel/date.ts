import { addDays, localDate } from '#kernel/time';

/** How a number format shows a number. */
export type Temporal = 'date' | 'time' | 'date-time' | 'elapsed';

const DAY_MS = 86_400_000;
const SERIAL_MAX = 2_958_465; // 9999-12-31, the last day that Excel knows.

/** What the formats without a code of their own show, by number (ECMA-376 part 1, 18.8.30). */
export function builtInFormat(id: number): Temporal | undefined {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return 'time';
  if (id === 22) return 'date-time';
  if (id === 46) return 'elapsed';
  return id >= 50 && id <= 58 ? 'date' : undefined;
}

/** What a format code shows: 'dd.mm.yyyy' a date, '0.00 "days"' none. */
export function formatOfCode(code: string): Temporal | undefined {
  const [first = ''] = code.replaceAll(/"[^"]*"|\\.|[_*]./g, '').split(';');
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return 'elapsed';
  const bare = first
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/general/gi, '')
    .replaceAll(/e[+-]/gi, '')
    .replaceAll(/am\/pm|a\/p/gi, 'h')
    .toLowerCase();
  const isTime = /[hs]/.test(bare);
  const isDate = /[yd]/.test(bare) || (!isTime && bare.includes('m'));
  if (isDate) return isTime ? 'date-time' : 'date';
  return isTime ? 'time' : undefined;
}

/**
 * A stored number as the ISO text of what it stands for, to the millisecond. `serial` counts days
 * from 1899-12-31, or from 1904-01-01. Undefined: it stands for no day that a calendar has.
 */
export function isoOfSerial(
  serial: number,
  format: Temporal,
  from1904: boolean,
): string | undefined {
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  const totalMs = Math.round(serial * DAY_MS);
  const day = Math.floor(totalMs / DAY_MS);
  const ms = totalMs % DAY_MS;
  if (format === 'elapsed') return clockText(totalMs);
  if (format === 'time' && day === 0) return clockText(ms);
  const date = dateOfSerial(from1904 ? day + 1462 : day);
  if (date === undefined) return undefined;
  return format === 'date' && ms === 0 ? date : `${date}T${clockText(ms)}`;
}

/** Excel takes 1900 for a leap year: serial 60 is a day that never was, and those before it shift. */
function dateOfSerial(serial: number): string | undefined {
  if (serial < 1 || serial > SERIAL_MAX || serial === 60) return undefined;
  return addDays(localDate(serial < 60 ? '1899-12-31' : '1899-12-30'), serial);
}

function clockText(totalMs: number): string {
  const seconds = Math.floor(totalMs / 1000);
  const text = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(two)
    .join(':');
  const ms = totalMs % 1000;
  return ms === 0 ? text : `${text}.${String(ms).padStart(3, '0')}`;
}

const two = (count: number): string => String(count).padStart(2, '0');
