import { NumberLiteral, parseExactJson, printExactJson } from '#adapter-kit';
import type { PrintableJson } from '#adapter-kit';
import type { Json } from '#kernel';
import { parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { Column } from './column.ts';
import type { Cell } from './dialect.ts';
import type { Parameter } from './sql.ts';

/** What a cell says, exactly: numbers as text without exponent, bytes as base64, NULL as null. */
export function readCell({ category }: Column, cell: Cell): Json {
  if (cell === null) return null;
  switch (category) {
    case 'boolean':
      return /^(1|t|true)$/i.test(cell);
    case 'bytes':
      return Buffer.from(cell, 'hex').toString('base64');
    case 'instant':
      return `${cell.replace(' ', 'T').replace(/(Z|\+00(:?00)?)$/, '')}Z`;
    case 'json':
      return parseExactJson(cell) ?? cell;
    case 'local':
      return cell.replace(' ', 'T');
    case 'number':
      return plainNumber(cell);
    case 'date':
    case 'text':
    case 'unreadable':
      return cell;
  }
}

/** What a cell says, as text: for keys, versions, statuses. */
export function cellText(column: Column, cell: string): string {
  const said = readCell(column, cell);
  return typeof said === 'string' ? said : JSON.stringify(said);
}

/** '.5', '007' and '1e3' as '0.5', '7' and '1000'; what is no number ('NaN') as it stands. */
function plainNumber(cell: string): string {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(cell.trim()) ?? [];
  const whole = digits.replace(/^0+(?=\d)/, '').replace(/^(?=\.)/, '0');
  const plain = `${sign === '-' ? '-' : ''}${whole}`;
  if (/^-?\d+(\.\d+)?$/.test(plain)) return plain;
  const exact = parseExactJson(plain);
  return typeof exact === 'string' ? exact : cell;
}

/** What is wrong with a value for a column; the server is not asked for what it would round. */
export type Unfit = { readonly unfit: string };

/** A value of ours as a parameter for a column. */
export function parameterOf(column: Column, value: PrintableJson): Parameter | Unfit {
  if (value === null) return null;
  const { category } = column;
  if (typeof value === 'boolean') {
    return category === 'boolean' || category === 'number' ? (value ? '1' : '0') : String(value);
  }
  const text = value instanceof NumberLiteral ? value.digits : textOf(value);
  switch (category) {
    case 'boolean':
      if (!/^(true|false|0|1)$/.test(text)) return unfit(text, 'neither true nor false');
      return text === 'true' || text === '1' ? '1' : '0';
    case 'bytes':
      return Buffer.from(text, 'base64');
    case 'date':
      return /^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : unfit(text, 'no day');
    case 'instant':
    case 'local':
      if (!/^\d{4}-\d\d-\d\d/.test(text)) return unfit(text, 'no time');
      return (parseInstant(text) === undefined ? text : inUtc(text)).replace('T', ' ');
    case 'number':
      return numberFor(column, text);
    case 'json':
    case 'text':
    case 'unreadable':
      return text;
  }
}

/** '2026-01-31T10:00:00.123456Z' without its zone; another zone is counted back to UTC. */
function inUtc(text: string): string {
  if (text.endsWith('Z')) return text.slice(0, -1);
  return (parseInstant(text) ?? text).replace(/Z$/, '');
}

function numberFor({ scale }: Column, text: string): Parameter | Unfit {
  const [, fraction = ''] = /^-?\d+(?:\.(\d+))?$/.exec(text) ?? ['', undefined];
  if (!/^-?\d+(\.\d+)?$/.test(text)) return unfit(text, 'no number');
  const needed = fraction.replace(/0+$/, '').length;
  if (scale === undefined || needed <= scale) return text;
  return { unfit: `has ${needed} digits after the point, and the column keeps ${scale}` };
}

const unfit = (text: string, what: string): Unfit => ({
  unfit: `is ${what}: '${text.slice(0, 100)}'`,
});

export const isUnfit = (made: Parameter | Unfit): made is Unfit =>
  made !== null && typeof made === 'object' && 'unfit' in made;

function textOf(value: PrintableJson): string {
  return typeof value === 'string' ? value : printExactJson(value);
}

/** A cell as a moment: one without a zone is taken for UTC. */
export function momentOf(column: Column, cell: Cell): Instant | undefined {
  if (cell === null) return undefined;
  const text = cellText(column, cell).replace(/Z$/, '');
  return parseInstant(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`);
}
