/** Tryton's JSON as it goes over the wire, and the plain JSON that documents are made of. */
import { NumberLiteral } from '#adapter-kit';
import type { PrintableJson } from '#adapter-kit';
import type { Json } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What may be sent. A quantity is a number literal, digit by digit; money is a Decimal of Tryton's. */
export type Sent = PrintableJson;

/** A field of type Numeric: money and rates. */
export const numeric = (value: Decimal): Sent => ({ __class__: 'Decimal', decimal: value });

/** A field of type Float, as quantities are. Tryton keeps a double: see `fitsFloat`. */
export const float = (value: Decimal): Sent => new NumberLiteral(value);

/** Whether a double keeps all the digits: at most 15. */
export const fitsFloat = (value: Decimal): boolean =>
  value.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15;

/** An id, which Tryton counts from 1. Keys are its text. */
export const id = (key: string): Sent => new NumberLiteral(key);

/** Whether a key can be an id at all: PostgreSQL's integer. */
export const isId = (key: string): boolean =>
  /^[1-9]\d{0,9}$/.test(key) && Number(key) <= 2_147_483_647;

export function dateValue(day: LocalDate): Sent {
  const [year = '', month = '', date = ''] = day.split('-');
  return { __class__: 'date', year: int(year), month: int(month), day: int(date) };
}

/** A moment as `plain` prints it, to the microsecond. */
export function momentValue(moment: string): Sent {
  const [year = '', month = '', day = '', hour = '', minute = '', second = '', micro = ''] =
    moment.split(/[-T:.]/);
  return {
    __class__: 'datetime',
    year: int(year),
    month: int(month),
    day: int(day),
    hour: int(hour),
    minute: int(minute),
    second: int(second),
    microsecond: int(micro),
  };
}

const int = (digits: string): NumberLiteral => new NumberLiteral(digits.replace(/^0+(?=\d)/, ''));

/**
 * An answer as plain JSON: decimals, numbers and ids as text, days as 'YYYY-MM-DD', moments as
 * 'YYYY-MM-DDTHH:MM:SS.ffffff' in UTC, and what Tryton calls `party.` as `party`.
 */
export function plain(value: Json): Json {
  if (isList(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const object = value;
  if ('__class__' in object) return plainScalar(object);
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, part]) =>
      part === undefined ? [] : [[name.replace(/\.$/, ''), plain(part)]],
    ),
  );
}

function plainScalar(value: { readonly [key: string]: Json | undefined }): Json {
  const part = (name: string, width: number): string => textOf(value[name]).padStart(width, '0');
  const day = (): string => `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`;
  const time = (): string =>
    `${part('hour', 2)}:${part('minute', 2)}:${part('second', 2)}.${part('microsecond', 6)}`;
  switch (textOf(value['__class__'])) {
    case 'Decimal':
      return withoutExponent(textOf(value['decimal']));
    case 'date':
      return day();
    case 'datetime':
      return `${day()}T${time()}`;
    case 'time':
      return time();
    case 'timedelta':
      return textOf(value['seconds']);
    default:
      return textOf(value['base64']);
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** A part's text; nothing where it is absent. */
export const textOf = (value: Json | undefined): string =>
  value === undefined || value === null || typeof value === 'object' ? '' : String(value);

/** Python prints a Decimal such as 1E+2 with its exponent. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?E([+-]?\d{1,2})$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(
    whole.length + fraction.length + Math.max(0, 1 - point),
    '0',
  );
  const at = Math.max(point, 1);
  const padded = digits.padEnd(at, '0');
  return sign + (at >= padded.length ? padded : `${padded.slice(0, at)}.${padded.slice(at)}`);
}
