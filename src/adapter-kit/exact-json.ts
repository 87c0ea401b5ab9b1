import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { parseDecimal } from '#kernel/decimal';
import { quoteNumbers } from './quote-numbers.ts';

const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/;
const SHIFT_MAX = 60; // Beyond it nothing is a business figure: the number stays as written.

/** A number by its digits. A class, so that no document can pretend to be one. */
export class NumberLiteral {
  readonly digits: string;

  constructor(decimal: string) {
    const plain = parseDecimal(decimal);
    assert(plain !== undefined, `'${decimal}' is not a decimal`);
    this.digits = plain;
  }
}

/** JSON of which some values are to be printed as number literals. */
export type PrintableJson =
  | Json
  | NumberLiteral
  | readonly PrintableJson[]
  | { readonly [key: string]: PrintableJson | undefined };

/**
 * Reads JSON with every number as its exact text, without exponent: 12.50 becomes '12.50'. Of a key
 * that stands twice the last counts. Undefined: no JSON, or nested deeper than 1,000.
 */
export function parseExactJson(text: string): Json | undefined {
  try {
    const quoted = quoteNumbers(text, plainNumber);
    if (quoted === undefined) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a JSON parser makes.
    return JSON.parse(quoted) as Json;
  } catch {
    return undefined;
  }
}

/** Prints JSON with number literals digit by digit. Fields without a value are left out. */
export function printExactJson(value: PrintableJson): string {
  if (value instanceof NumberLiteral) return value.digits;
  if (isList(value)) return `[${value.map(printExactJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).flatMap(([key, part]) =>
      part === undefined ? [] : [`${JSON.stringify(key)}:${printExactJson(part)}`],
    );
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Whether a value is an object with fields. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: PrintableJson): value is readonly PrintableJson[] => Array.isArray(value);

function plainNumber(text: string): string {
  const match = EXPONENT.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > SHIFT_MAX) return text;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded =
    point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point + 1, '0');
  const at = Math.max(point, 1);
  const plain = at >= padded.length ? padded : `${padded.slice(0, at)}.${padded.slice(at)}`;
  return sign + plain.replace(/^0+(?=\d)/, '');
}
