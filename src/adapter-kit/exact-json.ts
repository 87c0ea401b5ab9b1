import { parse } from 'lossless-json';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { parseDecimal } from '#kernel/decimal';

const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/;
/** Where a number may stand that a float would change: a fraction, an exponent, 16 digits, -0. */
const MAY_LOSE = /(?:"\s*:|[[,])\s*(?:-?\d+[.eE]|-?\d{16}|-0)|^\s*[-\d]/;
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
 * that stands twice the last counts. Undefined: no JSON, or nested deeper than the stack.
 */
export function parseExactJson(text: string): Json | undefined {
  try {
    if (!MAY_LOSE.test(text)) return wholeNumbersAsText(jsonOf(text));
    const exact = { parseNumber: plainNumber, onDuplicateKey: lastOne };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a JSON parser makes.
    return parse(text, undefined, exact) as Json;
  } catch {
    return undefined;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a JSON parser makes.
const jsonOf = (text: string): Json => JSON.parse(text) as Json;

const lastOne = ({ newValue }: { newValue: unknown }): unknown => newValue;

/** Numbers that a float holds to the digit become text: five times faster, and the usual case. */
function wholeNumbersAsText(value: Json): Json {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return list.map(wholeNumbersAsText);
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      part === undefined ? null : wholeNumbersAsText(part),
    ]),
  );
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
