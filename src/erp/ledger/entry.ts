import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { PostingTo } from './posting-key.ts';

/** Entries that people write by hand; they never touch a control account. */
export type ManualKind = 'manual' | 'accrual' | 'recurring';

/** Entries that come from documents of other areas. */
export type DocumentKind =
  | 'invoice'
  | 'credit-note'
  | 'payment'
  | 'goods-movement'
  | 'production'
  | 'deferral'
  | 'opening';

/** What an entry is for. The last three are made by the ledger alone. */
export type EntryKind = ManualKind | DocumentKind | 'revaluation' | 'reversal' | 'closing';

/** The document an entry comes from. */
export type EntrySource = {
  readonly area: string;
  readonly kind: string;
  readonly id: string;
  readonly number: string;
};

/** A line as it is asked for: an account by its number, or a posting key that leads to one. */
export type LineDraft = (
  | { readonly account: string; readonly posting?: never }
  | { readonly posting: PostingTo; readonly account?: never }
) & {
  readonly amount: Decimal; // Document currency; a debit is above zero.
  readonly companyAmount?: Decimal; // Else the amount at the entry's rate.
  readonly costCentre?: string;
  readonly taxCode?: string;
  readonly project?: string;
  readonly party?: string;
  readonly item?: string;
  readonly quantity?: Decimal;
  readonly dueOn?: LocalDate;
  readonly text?: string;
};

/** An entry as it is asked for. */
export type EntryDraft = {
  readonly legalEntity: string;
  readonly kind: ManualKind | DocumentKind;
  readonly postedOn: LocalDate;
  readonly documentOn: LocalDate;
  readonly currency: string;
  readonly rate?: Decimal; // Else the spot rate of the posting day.
  readonly rateOn?: LocalDate; // The day of `rate`; else the posting day.
  readonly text: string;
  readonly source?: EntrySource; // None: the entry stands for itself.
  readonly adjustment?: boolean; // Into period 13; the day is the fiscal year's last.
  readonly lines: readonly LineDraft[];
};

/** What came of a draft. */
export type PostedEntry = {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly { readonly number: number; readonly account: string }[];
};

/** A line that has been decided: nothing about it is open. */
export type DecidedLine = {
  readonly account: string;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly costCentre: string; // '' is none.
  readonly taxCode?: string | undefined;
  readonly project?: string | undefined;
  readonly party?: string | undefined;
  readonly item?: string | undefined;
  readonly quantity?: Decimal | undefined;
  readonly dueOn?: LocalDate | undefined;
  readonly text?: string | undefined;
};

/** An entry that has been decided, and only lacks its number. */
export type DecidedEntry = {
  readonly legalEntity: string;
  readonly fiscalYear: number;
  readonly period: number;
  readonly kind: EntryKind;
  readonly postedOn: LocalDate;
  readonly documentOn: LocalDate;
  readonly currency: string;
  readonly companyCurrency: string;
  readonly rate: Decimal;
  readonly rateOn: LocalDate;
  readonly text: string;
  readonly source: EntrySource | undefined;
  readonly reverses?: string;
  readonly lines: readonly DecidedLine[];
};

/** A line as it stands in the books. */
export type JournalLine = DecidedLine & { readonly number: number };

/** An entry as it stands in the books. */
export type JournalEntry = Omit<DecidedEntry, 'source' | 'reverses' | 'lines'> & {
  readonly id: string;
  readonly number: string;
  readonly source: EntrySource;
  readonly reverses: string | undefined; // The id of the entry it takes back.
  readonly reversedBy: string | undefined;
  readonly status: 'posted' | 'reversed';
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly JournalLine[];
};

/** Whether people wrote it by hand. */
export const isManual = (kind: EntryKind): boolean =>
  kind === 'manual' || kind === 'accrual' || kind === 'recurring';
