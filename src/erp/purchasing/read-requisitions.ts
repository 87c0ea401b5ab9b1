import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import {
  REQUISITION_COLUMNS,
  REQUISITION_LINE_COLUMNS,
  REQUISITION_STATUS_SQL,
} from './requisition.ts';
import type { Requisition, RequisitionLine, RequisitionStatus } from './requisition.ts';

type Header = Omit<Requisition, 'lines'>;

/** Which requisitions to list. */
export type RequisitionFilter = {
  readonly legalEntity?: string;
  readonly statuses?: readonly RequisitionStatus[];
  readonly requester?: string;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_purchasing.requisition',
  alias: 'r',
  columns: { issuedOn: 'issued_on', number: 'number', requester: 'requester' },
} as const;

/** Requisitions, unless sorted otherwise the newest first, with their lines. */
export async function listRequisitions(
  handle: Handle,
  { legalEntity, statuses, requester, number = '', sort, after, limit }: RequisitionFilter,
): Promise<readonly Requisition[]> {
  const { order, isAfter } = sortedBy(LIST, sort ?? '-issuedOn', after);
  const wanted = [
    isAfter,
    ...(legalEntity === undefined ? [] : [sql`r.legal_entity = ${legalEntity}`]),
    ...(statuses === undefined ? [] : [sql`${REQUISITION_STATUS_SQL} = any(${[...statuses]})`]),
    ...(requester === undefined ? [] : [sql`r.requester = ${requester}`]),
    sql`starts_with(r.number, ${number})`,
  ];
  const found = await rows<Header>(
    handle,
    sql`select ${REQUISITION_COLUMNS} from erp_purchasing.requisition r
      where ${sql.join(wanted, sql` and `)} order by ${order} limit ${limit}`,
  );
  return await withLines(handle, found);
}

/** Requisitions by id. */
export const findRequisitions = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Requisition>> => read(handle, ids, sql``);

/**
 * The same, locked until the transaction ends, in the order of ids. Who needs orders too locks the
 * orders first.
 */
export const lockRequisitions = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Requisition>> => read(tx, ids, sql`for no key update`);

/** The requisitions that lines of these orders came of, by order line. */
export async function requisitionsOf(
  handle: Handle,
  orders: readonly string[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly line: number }>> {
  const found = await rows<{ key: string; id: string; line: number }>(
    handle,
    sql`select order_id || ' ' || number as key, requisition_id as id, requisition_line as line
      from erp_purchasing.purchase_order_line
      where order_id = any(${[...orders]}) and requisition_id is not null`,
  );
  return new Map(found.map(({ key, ...of }) => [key, of]));
}

async function read(
  handle: Handle,
  ids: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, Requisition>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Header>(
    handle,
    sql`select ${REQUISITION_COLUMNS} from erp_purchasing.requisition r
      where r.id = any(${[...new Set(ids)]}) order by r.id ${lock}`,
  );
  const whole = await withLines(handle, found);
  return new Map(whole.map((each) => [each.id, each]));
}

async function withLines(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly Requisition[]> {
  const lines = await rows<RequisitionLine & { readonly of: string }>(
    handle,
    sql`select l.requisition_id as of, ${REQUISITION_LINE_COLUMNS}
      from erp_purchasing.requisition_line l
      where l.requisition_id = any(${headers.map(({ id }) => id)})
      order by l.requisition_id, l.number`,
  );
  const byRequisition = Map.groupBy(lines, ({ of }) => of);
  return headers.map((header) => ({
    ...header,
    lines: (byRequisition.get(header.id) ?? []).map(({ of: _of, ...line }) => line),
  }));
}
