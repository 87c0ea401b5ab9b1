import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** Hours of a task on a day, as they are asked for. */
export type TimeLineDraft = {
  readonly project: string;
  readonly task: string;
  readonly workedOn: LocalDate;
  readonly hours: Decimal;
  readonly isCharged?: boolean; // Else as the project is paid for.
  readonly text?: string;
};

/** What somebody worked, as it is asked for. */
export type TimeSheetDraft = {
  readonly resource: string;
  readonly postedOn: LocalDate;
  readonly lines: readonly TimeLineDraft[];
};

/** Hours of a task on a day, as they were posted. Amounts in the company's currency. */
export type TimeLine = {
  readonly number: number;
  readonly project: string;
  readonly task: string;
  readonly workedOn: LocalDate;
  readonly hours: Decimal; // Below zero on a reversal.
  readonly costRate: Decimal;
  readonly cost: Decimal;
  readonly billRate: Decimal;
  readonly charge: Decimal; // Exact: hours times rate; zero when it is not charged.
  readonly text: string;
};

/** What somebody worked, as it was posted. */
export type TimeSheet = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: 'time' | 'reversal';
  readonly resource: string;
  readonly postedOn: LocalDate;
  readonly entry: string | null; // None: it cost nothing.
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly TimeLine[];
};

/** A sheet that was posted. */
export type PostedTime = {
  readonly id: string;
  readonly number: string;
  readonly entry: string | null;
};
