import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { StockStatus } from './movement.ts';

/** One place of a count: what the books said, and what was there. */
export type CountLine = {
  readonly line: number;
  readonly item: string;
  readonly location: string;
  readonly batch: string;
  readonly status: StockStatus;
  readonly owner: string;
  readonly expected: Decimal;
  readonly counted: Decimal | null;
  readonly asBooked: boolean; // Said to agree with the books; nobody typed a figure.
  readonly serials: readonly string[] | null; // The pieces that were seen, where they have numbers.
  readonly reason: string | null;
};

/** A stock count as it stands. */
export type StockCount = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly version: number;
  readonly warehouse: string;
  readonly status: 'open' | 'counted' | 'posted' | 'cancelled';
  readonly countedOn: LocalDate | null;
  readonly postedOn: LocalDate | null;
  readonly journalEntry: string | null;
  readonly lines: readonly CountLine[];
};

const LIST = {
  table: 'erp_inventory.stock_count',
  alias: 'c',
  columns: { number: 'number', status: 'status', warehouse: 'warehouse' },
} as const;

/** Counts, unless sorted otherwise by number. */
export const listCounts = (
  handle: Handle,
  filter: {
    readonly ids?: readonly string[] | undefined;
    readonly legalEntity?: string | undefined;
    readonly warehouse?: string | undefined;
    readonly status?: StockCount['status'] | undefined;
    readonly number?: string | undefined; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
    readonly after?: string | undefined; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly StockCount[]> => {
  const { ids, legalEntity, warehouse, status, number, sort, after, limit } = filter;
  const { order, isAfter } = sortedBy(LIST, sort ?? 'number', after);
  const conditions = [
    isAfter,
    ...(ids === undefined ? [] : [sql`c.id = any(${[...ids]})`]),
    ...(legalEntity === undefined ? [] : [sql`c.legal_entity = ${legalEntity}`]),
    ...(warehouse === undefined ? [] : [sql`c.warehouse = ${warehouse}`]),
    ...(status === undefined ? [] : [sql`c.status = ${status}`]),
    ...(number === undefined ? [] : [sql`starts_with(c.number, ${number})`]),
  ];
  return rows<StockCount>(
    handle,
    sql`select c.id, c.legal_entity as "legalEntity", c.number, c.version, c.warehouse, c.status,
        c.counted_on as "countedOn", c.posted_on as "postedOn",
        c.journal_entry as "journalEntry", coalesce((select json_agg(json_build_object(
            'line', l.line, 'item', l.item, 'location', l.location, 'batch', l.batch,
            'status', l.status, 'owner', l.owner, 'expected', l.expected::text,
            'counted', l.counted::text, 'asBooked', l.as_booked, 'serials', l.serials,
            'reason', l.reason) order by l.line)
          from erp_inventory.count_line l where l.count = c.id), '[]') as lines
      from erp_inventory.stock_count c where ${sql.join(conditions, sql` and `)}
      order by ${order} limit ${limit}`,
  );
};
