import { sql } from '#database';
import type { LocalDate } from '#kernel/time';
import type { EntryKind } from './entry.ts';

/** Which entries; what is left out does not matter. */
export type EntryFilter = {
  readonly legalEntity?: string;
  readonly fiscalYear?: number;
  readonly period?: number;
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly kind?: EntryKind;
  readonly account?: string; // On some line.
  readonly number?: string;
  readonly search?: string; // In the text and the source's number.
};

/** A filter as SQL about `erp_ledger.journal_entry e`. */
export function whereOf(filter: EntryFilter): ReturnType<typeof sql> {
  const { legalEntity, fiscalYear, period, from, to, kind, account, number, search } = filter;
  const like = search === undefined ? undefined : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    legalEntity === undefined ? undefined : sql`e.legal_entity = ${legalEntity}`,
    fiscalYear === undefined ? undefined : sql`e.fiscal_year = ${fiscalYear}`,
    period === undefined ? undefined : sql`e.period = ${period}`,
    from === undefined ? undefined : sql`e.posted_on >= ${from}`,
    to === undefined ? undefined : sql`e.posted_on <= ${to}`,
    kind === undefined ? undefined : sql`e.kind = ${kind}`,
    account === undefined
      ? undefined
      : sql`exists (select 1 from erp_ledger.journal_line l
          where l.entry_id = e.id and l.account = ${account})`,
    number === undefined ? undefined : numberIs(number),
    like === undefined ? undefined : sql`(e.text ilike ${like} or e.source_number ilike ${like})`,
  ].filter((each) => each !== undefined);
  return sql.join([sql`true`, ...conditions], sql` and `);
}

/** 'JE-2026-000042': year and count are in it, and have an index. */
function numberIs(number: string): ReturnType<typeof sql> {
  const [, year = '', count = ''] = /^JE-(\d{4})-(\d{6,15})$/.exec(number) ?? [];
  return year === ''
    ? sql`false`
    : sql`(e.fiscal_year = ${Number(year)} and e.sequence = ${Number(count)})`;
}
