import { rows, sql } from '#database';
import type { Handle } from '#database';
import { documentsFrom } from '#erp/company';
import { atMost, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { JournalEntry, JournalLine } from './entry.ts';
import { whereOf } from './entry-filter.ts';
import type { EntryFilter } from './entry-filter.ts';

/** How entries go: by the order in which they were numbered, or by the day they are posted on. */
type EntrySorting = Sorting<'number' | 'postedOn'>;

/** A page of entries with their lines, unless sorted otherwise the newest number first. */
export type EntryPage = {
  readonly entries: readonly JournalEntry[];
  readonly next?: string; // The id to go on after.
};

/** An entry without its lines. */
export type EntryHead = Omit<JournalEntry, 'lines'> & {
  readonly total: Decimal; // Of its debits, in its currency.
};

type Optional = 'reverses' | 'reversedBy';
type Row = Omit<JournalEntry, 'source' | 'status' | 'lines' | Optional> & {
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly sourceArea: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceNumber: string;
};
type LineRow = { readonly [Name in keyof JournalLine]: JournalLine[Name] | null } & {
  readonly entryId: string;
  readonly number: number;
};

const ENTRY = sql`e.id, e.number, e.legal_entity as "legalEntity", e.fiscal_year as "fiscalYear",
  e.period, e.kind, e.posted_on as "postedOn", e.document_on as "documentOn", e.currency,
  e.company_currency as "companyCurrency", e.rate::text as rate, e.rate_on as "rateOn", e.text,
  e.reverses, r.id as "reversedBy", e.source_area as "sourceArea", e.source_kind as "sourceKind",
  e.source_id as "sourceId", e.source_number as "sourceNumber", e.created_by as "createdBy",
  e.created_at as "createdAt"`;

const BY_DAY = {
  table: 'erp_ledger.journal_entry',
  alias: 'e',
  columns: { postedOn: 'posted_on' },
} as const;

/** The order of entries, and which of them come after the one with the id `after`. */
function orderOf(sort: EntrySorting, after: string | undefined) {
  if (sort === 'postedOn' || sort === '-postedOn') return sortedBy(BY_DAY, sort, after);
  const [way, beyond] = sort === 'number' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const isAfter =
    after === undefined
      ? sql`true`
      : sql`(e.fiscal_year, e.sequence) ${beyond} (select fiscal_year, sequence
          from erp_ledger.journal_entry where id = ${after})`;
  return { order: sql`e.fiscal_year ${way}, e.sequence ${way}`, isAfter };
}

type Query = EntryFilter & {
  readonly sort?: EntrySorting;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const readPage = <Found extends Row>(
  handle: Handle,
  query: Query,
  columns: ReturnType<typeof sql>,
): Promise<Found[]> => {
  const { order, isAfter } = orderOf(query.sort ?? '-number', query.after);
  return rows<Found>(
    handle,
    sql`select ${columns} from erp_ledger.journal_entry e
      left join erp_ledger.journal_entry r on r.reverses = e.id
      where ${whereOf(query)} and ${isAfter} order by ${order} ${atMost(query.limit)}`,
  );
};

/** Entries without their lines but with what these debit in all, unless sorted otherwise the newest first. */
export async function listEntryHeads(handle: Handle, query: Query): Promise<readonly EntryHead[]> {
  const found = await readPage<Row & { readonly total: Decimal }>(
    handle,
    query,
    sql`${ENTRY}, (select coalesce(sum(l.amount) filter (where l.amount > 0), 0)::text
      from erp_ledger.journal_line l where l.entry_id = e.id) as total`,
  );
  return found.map(({ total, ...row }) => ({ ...headOf(row), total }));
}

/** A page of entries, unless sorted otherwise the newest first. */
export async function listEntries(handle: Handle, query: Query): Promise<EntryPage> {
  const { limit } = query;
  const found = await readPage<Row>(handle, { ...query, limit: limit + 1 }, ENTRY);
  const page = found.slice(0, limit);
  const entries = await withLines(handle, page);
  const last = entries.at(-1);
  return found.length > limit && last !== undefined ? { entries, next: last.id } : { entries };
}

/** Entries by their ids, those that are there. */
export async function findEntries(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, JournalEntry>> {
  const found = await rows<Row>(
    handle,
    sql`select ${ENTRY} from erp_ledger.journal_entry e
      left join erp_ledger.journal_entry r on r.reverses = e.id
      where e.id = any(${[...ids]})`,
  );
  const entries = await withLines(handle, found);
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** The entries that came of a document, whatever area it is of, in the order of their numbers. */
export async function entriesOf(handle: Handle, sourceId: string): Promise<JournalEntry[]> {
  const linked = await documentsFrom(handle, sourceId, 'journal-entry');
  const entries = [
    ...(
      await findEntries(
        handle,
        linked.map(({ id }) => id),
      )
    ).values(),
  ];
  return entries.toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

async function withLines(handle: Handle, found: readonly Row[]): Promise<JournalEntry[]> {
  if (found.length === 0) return [];
  const lines = await rows<LineRow>(
    handle,
    sql`select entry_id as "entryId", number, account, amount::text as amount,
        company_amount::text as "companyAmount", cost_centre as "costCentre",
        tax_code as "taxCode", project, party, item, quantity::text as quantity,
        due_on as "dueOn", text
      from erp_ledger.journal_line where entry_id = any(${found.map(({ id }) => id)})
      order by entry_id, number`,
  );
  const byEntry = Map.groupBy(lines, ({ entryId }) => entryId);
  return found.map((row) => ({
    ...headOf(row),
    lines: (byEntry.get(row.id) ?? []).map(lineOf),
  }));
}

function headOf(row: Row): Omit<JournalEntry, 'lines'> {
  const { sourceArea, sourceKind, sourceId, sourceNumber, reverses, reversedBy, ...rest } = row;
  return {
    ...rest,
    reverses: reverses ?? undefined,
    reversedBy: reversedBy ?? undefined,
    status: reversedBy === null ? 'posted' : 'reversed',
    source: { area: sourceArea, kind: sourceKind, id: sourceId, number: sourceNumber },
  };
}

function lineOf({ entryId: _entry, ...row }: LineRow): JournalLine {
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- required columns are not null.
  return said as JournalLine;
}
