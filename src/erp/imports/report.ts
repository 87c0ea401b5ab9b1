import type { Instant, LocalDate } from '#kernel/time';
import type { Agreement, ControlTotal } from './control-totals.ts';
import type { Formats } from './detect-formats.ts';
import type { ImportKindName, Outcome } from './import-kind.ts';
import type { FileProblem } from './match-headings.ts';
import type { TakenBack } from './taking-back.ts';

/** Whether anything is booked: nothing, all or nothing, or what is right. */
export type ImportMode = 'dry-run' | 'all-or-nothing' | 'good-lines';

/** The file that was brought. */
export type ImportedFile = {
  readonly name: string;
  readonly digest: string; // SHA-256, hexadecimal.
  readonly bytes: number;
};

/** How a file was read. */
export type ReadAs = Formats & {
  readonly format: 'csv' | 'xlsx';
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly headings: readonly { readonly field: string; readonly heading: string }[];
  readonly ignored: readonly string[]; // Headings that say nothing known.
};

/** How many lines became what. */
export type Counts = Readonly<Record<Outcome['did'], number>>;

/**
 * An import as it is kept. Tried: a dry run, nothing was booked. Refused: nothing either. Taken back: it
 * was booked, and what it posted is reversed.
 */
export type ImportReport = Counts & {
  readonly id: string;
  readonly legalEntity: string;
  readonly kind: ImportKindName;
  readonly mode: ImportMode;
  readonly status: 'tried' | 'refused' | 'booked' | 'taken-back';
  readonly file: ImportedFile;
  readonly openingOn?: LocalDate;
  readonly lines: number;
  readonly formats: ReadAs;
  readonly problems: readonly FileProblem[];
  readonly totals: readonly ControlTotal[];
  readonly agreement: readonly Agreement[];
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly takenBack?: TakenBack;
};

/** What became of one line. */
export type ImportLine = {
  readonly line: number;
  readonly key: string;
  readonly outcome: Outcome['did'];
  readonly code?: string | undefined;
  readonly heading?: string | undefined;
  readonly value?: string | undefined;
  readonly message?: string | undefined;
};
