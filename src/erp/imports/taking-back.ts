import type { Handle } from '#database';
import type { ErpContext, Problem } from '#erp/company';
import type { Instant, LocalDate } from '#kernel/time';
import type { Agreement, ControlTotal } from './control-totals.ts';
import type { ImportsProblemCode } from './errors.ts';
import type { ImportReport } from './report.ts';

/** A line of an import that cannot be taken back any more, and why. */
export type HeldLine = {
  readonly line: number;
  readonly key: string;
  readonly code: ImportsProblemCode;
  readonly message: string;
};

/** What an import had posted, and what took it back. */
export type ReversedDocument = {
  readonly kind: 'journal-entry' | 'stock-document';
  readonly number: string;
  readonly reversedBy: string; // Its number. Of a trial: as it would be, if it came next.
};

/** What taking an import back does, or would do. */
export type TakeBack = {
  readonly import: string;
  readonly on: LocalDate; // What the reversals are posted on.
  readonly lines: number; // That go back.
  readonly held: readonly HeldLine[]; // One alone holds back the whole import.
  readonly problems: readonly Pick<Problem, 'code' | 'message'>[]; // What speaks against all of it.
  readonly documents: readonly ReversedDocument[];
  readonly totals: readonly ControlTotal[];
  readonly agreement: readonly Agreement[];
};

/** That an import was taken back. */
export type TakenBack = Pick<TakeBack, 'on' | 'lines' | 'documents' | 'totals' | 'agreement'> & {
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** For whom and on which day what an import has brought is taken back. */
export type ReturnDesk = {
  readonly tx: Handle;
  readonly context: ErpContext;
  readonly of: ImportReport;
  readonly on: LocalDate;
};

/** A record that is out of use now, and its version that says so. */
export type RetiredRecord = { readonly key: string; readonly version: number };

/** What came of one kind's lines; with lines held or a problem, the caller lets nothing of it stand. */
export type Returned = {
  readonly lines: number;
  readonly held: readonly HeldLine[];
  readonly documents: readonly ReversedDocument[];
  readonly retired: readonly RetiredRecord[];
  readonly problem?: Problem; // Of the area that refuses.
};

/** Takes back what an import of one kind has brought. */
export type Returner = (desk: ReturnDesk) => Promise<Returned>;

/** Nothing of so many lines went back yet. */
export const returned = (lines: number, more: Partial<Omit<Returned, 'lines'>> = {}): Returned => ({
  lines,
  held: [],
  documents: [],
  retired: [],
  ...more,
});
