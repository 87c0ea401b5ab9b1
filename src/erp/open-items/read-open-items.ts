import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import { OPEN_ITEM_COLUMNS, openItemOf } from './open-item.ts';
import type { OpenItem, OpenItemRow, Side } from './open-item.ts';

/** Which items to list. */
export type OpenItemFilter = {
  readonly legalEntity?: string;
  readonly side: Side;
  readonly party?: string;
  readonly state?: 'open' | 'overdue' | 'cleared'; // Left out: all. What lowers is never overdue.
  readonly asOf?: LocalDate; // Overdue on which day.
  readonly from?: LocalDate; // Due.
  readonly to?: LocalDate;
  readonly document?: string; // Its number begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_open_items.open_item',
  alias: 'i',
  columns: {
    dueOn: 'due_on',
    postedOn: 'posted_on',
    documentNumber: 'document_number',
    party: 'party',
    amount: 'amount',
  },
} as const;

/** Items, unless sorted otherwise by the day they are due. `after` continues behind an item. */
export async function listOpenItems(
  handle: Handle,
  filter: OpenItemFilter,
): Promise<readonly OpenItem[]> {
  const { legalEntity, side, party, state, asOf = null, document } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? 'dueOn', filter.after);
  const stateSql =
    state === 'cleared'
      ? sql`i.cleared = i.amount`
      : state === 'open'
        ? sql`i.cleared < i.amount`
        : state === 'overdue'
          ? sql`i.cleared < i.amount and i.effect = 'raises' and i.due_on < ${asOf}::date`
          : sql`true`;
  const conditions = [
    sql`i.side = ${side} and ${stateSql}`,
    ...given(legalEntity, (value) => sql`i.legal_entity = ${value}`),
    ...given(party, (value) => sql`i.party = ${value}`),
    ...given(filter.from, (value) => sql`i.due_on >= ${value}`),
    ...given(filter.to, (value) => sql`i.due_on <= ${value}`),
    ...given(document, (value) => sql`starts_with(i.document_number, ${value})`),
    isAfter,
  ];
  const found = await rows<OpenItemRow>(
    handle,
    sql`select ${OPEN_ITEM_COLUMNS} from erp_open_items.open_item i
      where ${sql.join(conditions, sql` and `)}
      order by ${order} ${atMost(filter.limit)}`,
  );
  return found.map(openItemOf);
}

/** Items by id, locked until the transaction ends, in the order of ids so that nobody waits in a ring. */
export async function lockOpenItems(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OpenItem>> {
  const found = await rows<OpenItemRow>(
    tx,
    sql`select ${OPEN_ITEM_COLUMNS} from erp_open_items.open_item i
      where i.id = any(${[...new Set(ids)]}) order by i.id for update`,
  );
  return new Map(found.map((row) => [row.id, openItemOf(row)]));
}

/** Items by id. */
export async function findOpenItems(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OpenItem>> {
  const found = await rows<OpenItemRow>(
    handle,
    sql`select ${OPEN_ITEM_COLUMNS} from erp_open_items.open_item i where i.id = any(${[...ids]})`,
  );
  return new Map(found.map((row) => [row.id, openItemOf(row)]));
}

/** The items that documents left open, by the document's id, in the order of instalments. */
export async function itemsOfDocuments(
  handle: Handle,
  documents: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenItem[]>> {
  const found = await rows<OpenItemRow>(
    handle,
    sql`select ${OPEN_ITEM_COLUMNS} from erp_open_items.open_item i
      where i.document_id = any(${[...documents]}) order by i.document_id, i.instalment`,
  );
  const items = new Map<string, OpenItem[]>();
  for (const row of found) {
    const list = items.get(row.documentId) ?? [];
    list.push(openItemOf(row));
    items.set(row.documentId, list);
  }
  return items;
}
