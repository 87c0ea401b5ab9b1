import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import { QUOTATION_COLUMNS, QUOTATION_LINE_COLUMNS, quotationStatusSql } from './quotation.ts';
import type { Quotation, QuotationLine, QuotationStatus } from './quotation.ts';

type Header = Omit<Quotation, 'lines'>;

/** Which quotations to list; all revisions, unless their states are named. */
export type QuotationFilter = {
  readonly legalEntity?: string;
  readonly on: LocalDate; // Expired on which day.
  readonly statuses?: readonly QuotationStatus[];
  readonly customer?: string;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_sales.quotation',
  alias: 'q',
  columns: {
    issuedOn: 'issued_on',
    validUntil: 'valid_until',
    number: 'number',
    customer: 'customer',
    net: 'net',
  },
} as const;

/** Quotations, unless sorted otherwise the newest first, with their lines. */
export async function listQuotations(
  handle: Handle,
  { legalEntity, on, statuses, customer, number, sort, after, limit }: QuotationFilter,
): Promise<readonly Quotation[]> {
  const { order, isAfter } = sortedBy(LIST, sort ?? '-issuedOn', after);
  const wanted = [
    isAfter,
    sql`starts_with(q.number, ${number ?? ''})`,
    ...(legalEntity === undefined ? [] : [sql`q.legal_entity = ${legalEntity}`]),
    ...(customer === undefined ? [] : [sql`q.customer = ${customer}`]),
    ...(statuses === undefined ? [] : [sql`${quotationStatusSql(on)} = any(${[...statuses]})`]),
  ];
  const found = await rows<Header>(
    handle,
    sql`select ${QUOTATION_COLUMNS} from erp_sales.quotation q
      where ${sql.join(wanted, sql` and `)} order by ${order} limit ${limit}`,
  );
  return await withLines(handle, found);
}

/** Quotations by id. */
export const findQuotations = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Quotation>> => read(handle, ids, sql``);

/**
 * The same, locked until the transaction ends, in the order of ids. Who needs orders too locks the
 * orders first.
 */
export const lockQuotations = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Quotation>> => read(tx, ids, sql`for no key update`);

async function read(
  handle: Handle,
  ids: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, Quotation>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Header>(
    handle,
    sql`select ${QUOTATION_COLUMNS} from erp_sales.quotation q
      where q.id = any(${[...new Set(ids)]}) order by q.id ${lock}`,
  );
  return new Map((await withLines(handle, found)).map((each) => [each.id, each]));
}

async function withLines(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly Quotation[]> {
  const lines = await rows<{ of: string; line: QuotationLine }>(
    handle,
    sql`select l.of, to_jsonb(l) - 'of' as line from (
        select l.quotation_id as of, ${QUOTATION_LINE_COLUMNS} from erp_sales.quotation_line l
        where l.quotation_id = any(${headers.map(({ id }) => id)})) l
      order by l.of, l.number`,
  );
  const byQuotation = Map.groupBy(lines, ({ of }) => of);
  return headers.map((header) => ({
    ...header,
    lines: (byQuotation.get(header.id) ?? []).map(({ line }) => line),
  }));
}
