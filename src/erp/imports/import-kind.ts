import type { Handle } from '#database';
import type { ErpContext, Problem } from '#erp/company';
import type { CurrencyCode } from '#kernel';
import type { LocalDate } from '#kernel/time';
import type { Field } from './field.ts';
import type { FileProblem } from './match-headings.ts';
import type { Row } from './row.ts';

/** What can be imported. */
export const IMPORT_KINDS = [
  'accounts',
  'customers',
  'suppliers',
  'items',
  'prices',
  'stock',
  'receivables',
  'payables',
  'balances',
] as const;

/** What a file is about. */
export type ImportKindName = (typeof IMPORT_KINDS)[number];

/** What became of a line. Compared: the books keep it by documents, and it was only looked at. */
export type Outcome = {
  readonly did: 'created' | 'changed' | 'unchanged' | 'compared' | 'refused';
  readonly code?: string;
  readonly field?: string;
  readonly message?: string;
};

/** For whom and into what an import books. */
export type Desk = {
  readonly tx: Handle;
  readonly context: ErpContext;
  readonly id: string; // Of the import.
  readonly companyCurrency: CurrencyCode;
  readonly openingOn: LocalDate; // Today, where a kind asks for no opening day.
};

/** Books lines, and says of each what became of it, in their order; or why of none. */
export type Booker = (rows: readonly Row[]) => Promise<readonly Outcome[] | FileProblem>;

/** One kind of file. */
export type ImportKind = {
  readonly fields: readonly Field[];
  readonly asksOpeningDay: boolean;
  readonly isWhole: boolean; // All of its lines stand or fall together.
  keyOf(row: Row): string;
  open(desk: Desk): Promise<Booker>;
};

export const CREATED: Outcome = { did: 'created' };
export const UNCHANGED: Outcome = { did: 'unchanged' };

/** A line that is not taken. */
export const refused = (code: string, message: string, field?: string): Outcome => ({
  did: 'refused',
  code,
  message,
  ...(field === undefined ? {} : { field }),
});

/** What an area refuses, with its field under the name that it has here. */
export const refusedBy = (
  { code, message, field }: Problem,
  names: Readonly<Record<string, string>> = {},
): Outcome => refused(code, message, field === undefined ? undefined : (names[field] ?? field));
