import { sql } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** A line of a statement as the bank tells it. Account currency; above zero: it came in. */
export type StatementLineDraft = {
  readonly bookedOn: LocalDate;
  readonly valueOn?: LocalDate;
  readonly amount: Decimal;
  readonly reference?: string; // The bank's, once an account.
  readonly endToEndId?: string;
  readonly counterparty?: string;
  readonly counterpartyIban?: string;
  readonly remittance?: string;
};

/** A statement as the bank tells it. */
export type StatementDraft = {
  readonly account: string; // Ours: its code, IBAN or number.
  readonly currency?: string; // It has to be the account's.
  readonly reference: string; // The bank's, once an account.
  readonly source: 'camt.053' | 'csv' | 'manual';
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  readonly opening: Decimal;
  readonly closing: Decimal;
  readonly lines: readonly StatementLineDraft[];
};

/** A statement as it stands. */
export type Statement = {
  readonly id: string;
  readonly ownAccount: string; // Its id.
  readonly sequence: number;
  readonly reference: string;
  readonly source: StatementDraft['source'];
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  readonly opening: Decimal;
  readonly closing: Decimal;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** A line as it stands. `match` is what explains it. */
export type StatementLine = {
  readonly id: string;
  readonly statement: string;
  readonly statementReference: string;
  readonly ownAccount: string;
  readonly number: number;
  readonly bookedOn: LocalDate;
  readonly valueOn: LocalDate;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly counterparty: string | null;
  readonly counterpartyIban: string | null;
  readonly remittance: string;
  readonly entry: string; // Bank against clearing.
  readonly match: string | null;
};

/** A statement's columns in SQL, under their names here. */
export const STATEMENT_COLUMNS = sql`s.id, s.own_account_id as "ownAccount", s.sequence, s.reference,
  s.source, s.from_on as "fromOn", s.to_on as "toOn", s.opening::text as opening,
  s.closing::text as closing, s.created_by as "createdBy", s.created_at as "createdAt"`;

/** A line's columns in SQL, under their names here; `s` is its statement, `m` the
 * match that stands. */
export const STATEMENT_LINE_COLUMNS = sql`l.id, l.statement_id as statement,
  s.reference as "statementReference",
  l.own_account_id as "ownAccount", l.number, l.booked_on as "bookedOn", l.value_on as "valueOn",
  l.amount::text as amount, l.company_amount::text as "companyAmount", l.reference,
  l.end_to_end_id as "endToEndId", l.counterparty, l.counterparty_iban as "counterpartyIban",
  l.remittance, l.entry_id as entry, m.id as match`;
