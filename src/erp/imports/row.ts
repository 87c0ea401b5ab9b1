import { writtenDay, writtenDecimal } from '#erp/company/written';
import { parseCurrency } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate, parseLocalDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Formats } from './detect-formats.ts';
import type { ImportsProblemCode } from './errors.ts';
import { plainText } from './field.ts';
import type { Field } from './field.ts';

/** A line that could be read. An empty cell says nothing: it is undefined. */
export type Row = {
  readonly line: number;
  text(field: string): string | undefined;
  decimal(field: string): Decimal | undefined;
  day(field: string): LocalDate | undefined;
  flag(field: string): boolean | undefined;
  count(field: string): number | undefined;
};

/** Why a cell cannot be taken. */
export type CellProblem = {
  readonly code: ImportsProblemCode;
  readonly message: string;
  readonly field: string;
  readonly value?: string;
};

const YES = new Set(['true', 'yes', 'y', 'x', '1', 'ja', 'j', 'wahr']);
const NO = new Set(['false', 'no', 'n', '0', 'nein', 'falsch']);

/** Reads a line's cells, each as its field wants it; or the first that cannot be. */
export function readRow(
  line: number,
  cells: { readonly values: Readonly<Record<string, string | null>>; readonly format: string },
  how: {
    readonly fields: readonly Field[];
    readonly headingOf: ReadonlyMap<string, string>;
    readonly formats: Formats;
  },
): Row | CellProblem {
  const read = new Map<string, string>();
  for (const field of how.fields) {
    const heading = how.headingOf.get(field.name);
    const text = heading === undefined ? '' : (cells.values[heading] ?? '').trim();
    if (text === '') {
      if (!field.required) continue;
      const message = `a line says its ${field.en[0] ?? field.name}`;
      return { code: 'imports.value-missing', message, field: field.name };
    }
    const value = valueOf(field, text, { ...how.formats, format: cells.format });
    if (value === undefined) {
      const message = `'${text.slice(0, 100)}' ${wantedOf(field)}`;
      return { code: 'imports.bad-value', message, field: field.name, value: text.slice(0, 100) };
    }
    read.set(field.name, value);
  }
  return rowOf(line, read);
}

const rowOf = (line: number, read: ReadonlyMap<string, string>): Row => {
  const map = <T>(field: string, of: (text: string) => T): T | undefined => {
    const text = read.get(field);
    return text === undefined ? undefined : of(text);
  };
  return {
    line,
    text: (field) => read.get(field),
    decimal: (field) => map(field, decimal),
    day: (field) => map(field, localDate),
    flag: (field) => map(field, (text) => text === 'true'),
    count: (field) => map(field, Number),
  };
};

/** What a cell says, in one way of writing. Undefined: it is not of the field's type. */
function valueOf(
  field: Field,
  text: string,
  how: Formats & { readonly format: string },
): string | undefined {
  switch (field.type) {
    case 'text':
      return text.length <= field.charactersMax ? text : undefined;
    case 'decimal': {
      const isStored = how.format === 'xlsx' && /^-?\d+(?:\.\d+)?$/.test(text);
      return writtenDecimal(text, isStored ? '.' : (how.decimalPoint ?? '.'));
    }
    case 'count':
      return /^\d{1,9}(?:[.,]0+)?$/.test(text) ? String(Number.parseInt(text, 10)) : undefined;
    case 'day':
      return dayOf(text, how);
    case 'flag':
      return YES.has(plainText(text)) ? 'true' : NO.has(plainText(text)) ? 'false' : undefined;
    case 'country':
      return /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : undefined;
    case 'currency':
      return parseCurrency(text.toUpperCase());
    case 'choice':
      return field.words.get(plainText(text));
  }
}

function dayOf(text: string, { days }: Formats): LocalDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00(?::00(?:\.0+)?)?)?$/.exec(text);
  if (iso !== null) {
    const [, year = '', month = '', day = ''] = iso;
    return parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  return writtenDay(text, text.includes('.') ? 'DD.MM.YYYY' : (days ?? 'YYYY-MM-DD'));
}

function wantedOf(field: Field): string {
  switch (field.type) {
    case 'text':
      return `is longer than ${field.charactersMax} characters`;
    case 'decimal':
      return 'is no number as this file writes them';
    case 'count':
      return 'is no whole number';
    case 'day':
      return 'is no day as this file writes them';
    case 'flag':
      return 'is neither yes nor no';
    case 'country':
      return 'is no country of two letters (ISO 3166-1)';
    case 'currency':
      return 'is no currency of three letters (ISO 4217)';
    case 'choice':
      return `is none of ${[...new Set(field.words.values())].join(', ')}`;
  }
}
