import { parseDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** What parts whole from fraction. The other sign, a blank or an apostrophe may part thousands. */
export type DecimalPoint = '.' | ',';

/** How days are written. */
export type DayFormat = 'YYYY-MM-DD' | 'DD.MM.YYYY' | 'DD/MM/YYYY' | 'MM/DD/YYYY';

const SHAPES: Readonly<Record<DecimalPoint, RegExp>> = {
  ',': /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[\s']\d{3})+)(?:,\d+)?-?$/,
  '.': /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\s']\d{3})+)(?:\.\d+)?-?$/,
};

/** '1.234,56-' is minus one thousand two hundred and so on, with the comma as its point. */
export function writtenDecimal(text: string, point: DecimalPoint): Decimal | undefined {
  const trimmed = text.trim();
  if (!SHAPES[point].test(trimmed)) return undefined;
  const grouping = point === ',' ? /[.\s']/g : /[,\s']/g;
  const plain = trimmed.replaceAll(grouping, '').replace(point, '.').replace(/^\+/, '');
  return parseDecimal(plain.endsWith('-') ? `-${plain.slice(0, -1)}` : plain);
}

/** A day in this format; a year of two digits is of this century. */
export function writtenDay(text: string, format: DayFormat): LocalDate | undefined {
  const parts = text.trim().split(/[./-]/);
  const names = format.split(/[./-]/);
  const part = (name: string): string => parts[names.indexOf(name)] ?? '';
  const year = part('YYYY').length === 2 ? `20${part('YYYY')}` : part('YYYY');
  const iso = [year, part('MM').padStart(2, '0'), part('DD').padStart(2, '0')].join('-');
  return parts.length === names.length ? parseLocalDate(iso) : undefined;
}
