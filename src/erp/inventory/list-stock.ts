import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { itemsLike } from '#erp/items';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { MovementRow, MovementSource, StockKey, StockStatus } from './movement.ts';
import { positionKey } from './movement.ts';

/** What can be promised of an item in a warehouse, and why no more. */
export type Availability = {
  readonly item: string;
  readonly warehouse: string;
  readonly owned: Decimal; // In whatever status.
  readonly value: Decimal; // Company currency.
  readonly free: Decimal;
  readonly reserved: Decimal;
  readonly available: Decimal; // Free and not reserved: to promise from what is on hand.
  readonly byStatus: Readonly<Partial<Record<StockStatus, Decimal>>>;
};

const NONE = sql`'{}'::jsonb`;
const AVAILABILITY = sql`p.item, p.warehouse, p.quantity as owned, p.value, p.free, p.reserved,
  p.free - p.reserved as available, coalesce((select jsonb_object_agg(s.status, s.quantity::text)
    from (select b.status, sum(b.quantity) as quantity from erp_inventory.balance b
      where b.item = p.item and b.warehouse = p.warehouse group by b.status) s), ${NONE}) as "byStatus"`;

/** What is on hand and can be promised, for each question in order. Nothing there: undefined. */
export async function available(
  handle: Handle,
  asks: readonly { readonly item: string; readonly warehouse: string }[],
): Promise<readonly (Availability | undefined)[]> {
  if (asks.length === 0) return [];
  const found = await rows<Availability>(
    handle,
    sql`select ${AVAILABILITY} from erp_inventory.position p
      where p.item = any(${[...new Set(asks.map(({ item }) => item))]})
        and p.warehouse = any(${[...new Set(asks.map(({ warehouse }) => warehouse))]})`,
  );
  const byKey = new Map(found.map((row) => [positionKey(row), row]));
  return asks.map((ask) => byKey.get(positionKey(ask)));
}

const POSITION_KEYS = {
  owned: sql`p.quantity`,
  available: sql`p.free - p.reserved`,
  value: sql`p.value`,
} as const;

type PositionKey = { readonly warehouse: string; readonly item: string };

/** The order of positions, and which of them come after another. */
function positionsAfter(
  sort: Sorting<keyof typeof POSITION_KEYS> | undefined,
  after: PositionKey | undefined,
) {
  const place = sql`p.warehouse, p.item`;
  const last = after === undefined ? undefined : sql`${after.warehouse}, ${after.item}`;
  if (sort === undefined) {
    return { order: place, isAfter: last === undefined ? sql`true` : sql`(${place}) > (${last})` };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- less its sign it is the key.
  const key = POSITION_KEYS[sort.replace('-', '') as keyof typeof POSITION_KEYS];
  const [way, beyond] = sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  return {
    order: sql`${key} ${way}, p.warehouse ${way}, p.item ${way}`,
    isAfter:
      last === undefined
        ? sql`true`
        : sql`(${key}, ${place}) ${beyond} (select ${key}, ${place} from erp_inventory.position p
            where (${place}) = (${last}))`,
  };
}

/** Positions of warehouses of a legal entity, unless sorted otherwise by warehouse and item. */
export const listPositions = (
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly warehouse?: string | undefined;
    readonly item?: string | undefined;
    readonly search?: string | undefined; // In the item's number, name and GTIN.
    readonly inStock?: boolean | undefined; // Only where there is some, or where there is none.
    readonly sort?: Sorting<keyof typeof POSITION_KEYS> | undefined;
    readonly after?: PositionKey | undefined;
    readonly limit: number;
  },
): Promise<readonly Availability[]> => {
  const { legalEntity, warehouse, item, search, inStock, sort, after, limit } = filter;
  const { order, isAfter } = positionsAfter(sort, after);
  const conditions = [
    sql`w.legal_entity = ${legalEntity}`,
    ...(warehouse === undefined ? [] : [sql`p.warehouse = ${warehouse}`]),
    ...(item === undefined ? [] : [sql`p.item = ${item}`]),
    ...given(search, (text) => sql<boolean>`p.item in ${itemsLike(text)}`),
    ...given(inStock, (is) => sql<boolean>`(p.quantity <> 0) = ${is}`),
    isAfter,
  ];
  return rows<Availability>(
    handle,
    sql`select ${AVAILABILITY} from erp_inventory.position p
      join erp_inventory.warehouse w on w.id = p.warehouse
      where ${sql.join(conditions, sql` and `)} order by ${order} ${atMost(limit)}`,
  );
};

/** How much is at one place, of one batch, in one status, of one owner. */
export type StockBalance = StockKey & {
  readonly quantity: Decimal;
  readonly held: Decimal; // Picked for somebody.
  readonly expiresOn: LocalDate | null;
  readonly frozenBy: string | null;
};

/** Balances of one item, or of one warehouse, that are not nothing. */
export const listBalances = (
  handle: Handle,
  filter: {
    readonly item?: string | undefined;
    readonly warehouse?: string | undefined;
    readonly status?: StockStatus | undefined;
    readonly limit: number;
  },
): Promise<readonly StockBalance[]> =>
  rows<StockBalance>(
    handle,
    sql`select b.item, b.warehouse, b.location, b.batch, b.status, b.owner, b.quantity, b.held,
        t.expires_on as "expiresOn", b.frozen_by as "frozenBy"
      from erp_inventory.balance b
      left join erp_inventory.batch t on t.item = b.item and t.code = b.batch
      where b.quantity <> 0
        and ${filter.item === undefined ? sql`true` : sql`b.item = ${filter.item}`}
        and ${filter.warehouse === undefined ? sql`true` : sql`b.warehouse = ${filter.warehouse}`}
        and ${filter.status === undefined ? sql`true` : sql`b.status = ${filter.status}`}
      order by b.item, b.warehouse, b.location, b.batch, b.status, b.owner limit ${filter.limit}`,
  );

/** A movement as it was posted. */
export type StockMovement = StockKey & {
  readonly id: string;
  readonly sequence: string; // Grows; the cursor of lists.
  readonly kind: MovementRow['kind'];
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly variance: Decimal;
  readonly serials: readonly string[];
  readonly movedAt: Instant;
  readonly postedOn: LocalDate;
  readonly reason: string | null;
  readonly source: MovementSource;
  readonly reversalOf: string | null;
  readonly createdBy: string;
};

const MOVEMENTS = {
  table: 'erp_inventory.movement',
  alias: 'm',
  columns: {
    recorded: 'sequence',
    postedOn: 'posted_on',
    quantity: 'quantity',
    value: 'value',
  },
} as const;

/** Movements of a legal entity, unless sorted otherwise the newest first. */
export const listMovements = (
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly ids?: readonly string[] | undefined;
    readonly item?: string | undefined;
    readonly search?: string | undefined; // In the item's number, name and GTIN.
    readonly warehouse?: string | undefined;
    readonly kind?: StockMovement['kind'] | undefined;
    readonly source?: string | undefined; // The id of a document.
    readonly serial?: string | undefined; // Of a piece.
    readonly from?: LocalDate | undefined;
    readonly to?: LocalDate | undefined;
    readonly sort?: Sorting<keyof (typeof MOVEMENTS)['columns']> | undefined;
    readonly after?: string | undefined; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly StockMovement[]> => {
  const { legalEntity, ids, item, warehouse, kind, source, serial, from, to } = filter;
  const { order, isAfter } = sortedBy(MOVEMENTS, filter.sort ?? '-recorded', filter.after);
  const conditions = [
    sql`m.legal_entity = ${legalEntity}`,
    ...(ids === undefined ? [] : [sql`m.id = any(${[...ids]})`]),
    ...(item === undefined ? [] : [sql`m.item = ${item}`]),
    ...given(filter.search, (text) => sql<boolean>`m.item in ${itemsLike(text)}`),
    ...(warehouse === undefined ? [] : [sql`m.warehouse = ${warehouse}`]),
    ...(kind === undefined ? [] : [sql`m.kind = ${kind}`]),
    ...(source === undefined ? [] : [sql`m.source_id = ${source}`]),
    ...given(
      serial,
      (number) => sql<boolean>`m.id in (select movement from erp_inventory.piece_movement s
        where s.serial = ${number} and ${item === undefined ? sql`true` : sql`s.item = ${item}`})`,
    ),
    ...(from === undefined ? [] : [sql`m.posted_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`m.posted_on <= ${to}`]),
    isAfter,
  ];
  return rows<StockMovement>(
    handle,
    sql`select m.id, m.sequence::text, m.kind, m.item, m.warehouse, m.location, m.batch, m.status,
        m.owner, m.quantity, m.value, m.variance, m.serials, m.moved_at as "movedAt",
        m.posted_on as "postedOn", m.reason, json_build_object('area', m.source_area,
          'kind', m.source_kind, 'id', m.source_id, 'line', m.source_line) as source,
        m.reversal_of as "reversalOf", m.created_by as "createdBy"
      from erp_inventory.movement m where ${sql.join(conditions, sql` and `)}
      order by ${order} ${atMost(filter.limit)}`,
  );
};
