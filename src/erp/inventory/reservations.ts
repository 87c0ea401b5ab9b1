import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { itemFacts } from '#erp/items';
import { newId } from '#kernel';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { InventoryProblemCode } from './errors.ts';
import { lockPositions } from './lock-positions.ts';
import { positionKey } from './movement.ts';
import type { MovementSource } from './movement.ts';

/** So much of a warehouse's free stock that somebody counts on. */
export type ReservationDraft = {
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal;
  readonly neededOn?: LocalDate | undefined;
  readonly partial?: boolean | undefined; // What there is will do, if it is anything.
  readonly source: MovementSource;
};

/** A reservation as it stands. Soft: so much of the warehouse. Hard: picked, at a place. */
export type Reservation = {
  readonly id: string;
  readonly item: string;
  readonly warehouse: string;
  readonly hard: boolean;
  readonly location: string;
  readonly batch: string;
  readonly quantity: Decimal;
  readonly open: Decimal;
  readonly lost: Decimal; // Given up because stock went: scrapped, counted away, taken back.
  readonly status: 'open' | 'consumed' | 'released';
  readonly neededOn: LocalDate | null;
  readonly source: MovementSource;
};

/** What is promised of a position: an order line's part of it. */
export type Reserved = { readonly id: string; readonly quantity: Decimal };

type Row = {
  readonly id: string;
  readonly hard: boolean;
  readonly item: string;
  readonly warehouse: string;
  readonly location: string;
  readonly batch: string;
  readonly quantity: Decimal;
  readonly neededOn: LocalDate | undefined;
  readonly source: MovementSource;
};

const ZERO = decimal('0');

/** Reserves free stock, never more than nobody else has reserved. */
export async function reserve(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReservationDraft[],
): Promise<readonly Result<Reserved, InventoryProblemCode>[]> {
  const now = millisecondsOf(context.clock());
  const [items, ours] = await Promise.all([
    itemFacts(
      tx,
      drafts.map(({ item }) => item),
    ),
    warehousesOf(tx, context.legalEntity, drafts),
  ]);
  const positions = await lockPositions(
    tx,
    drafts.filter(({ item, warehouse }) => items.has(item) && ours.has(warehouse)),
    items,
  );
  const made: Row[] = [];
  const decided = drafts.map((draft) => {
    const { item, warehouse, quantity, partial, neededOn, source } = draft;
    if (!items.has(item)) return refuse('inventory.unknown-item' as const, 'no such item', 'item');
    const position = positions.get(positionKey(draft));
    if (position === undefined) {
      return refuse('inventory.unknown-warehouse' as const, 'no such warehouse', 'warehouse');
    }
    if (compareDecimals(quantity, ZERO) <= 0) {
      return refuse('inventory.invalid' as const, 'nothing is reserved', 'quantity');
    }
    const left = subtractDecimals(position.free, position.reserved);
    const some = compareDecimals(left, quantity) < 0;
    if (some && (partial !== true || compareDecimals(left, ZERO) <= 0)) {
      return refuse('inventory.not-enough-stock' as const, `${left} can be promised`, 'quantity');
    }
    const part = some ? left : quantity;
    positions.set(positionKey(draft), {
      ...position,
      reserved: addDecimals(position.reserved, part),
    });
    const id = newId('rsv', now);
    const place = { hard: false, location: '', batch: '' };
    made.push({ id, item, warehouse, ...place, quantity: part, neededOn, source });
    return accept({ id, quantity: part });
  });
  await write(tx, context, made);
  return decided;
}

/** Gives reservations up. What of them was consumed stays so. */
export async function release(
  tx: Handle,
  context: ErpContext,
  ids: readonly string[],
): Promise<readonly Result<{ id: string; released: Decimal }, InventoryProblemCode>[]> {
  const open = await lockReservations(tx, context, ids);
  const done = new Map<string, Decimal>();
  const decided = ids.map((id) => {
    const one = open.get(id);
    if (one === undefined || done.has(id)) {
      return refuse('inventory.unknown-reservation' as const, 'no such open reservation');
    }
    done.set(id, one.open);
    return accept({ id, released: one.open });
  });
  await rows(
    tx,
    sql`update erp_inventory.reservation set open = 0, status = 'released'
      where id = any(${[...done.keys()]})`,
  );
  return decided;
}

/** Stock that is taken off the shelf for a reservation: from here on nobody else may have it. */
export type PickDraft = {
  readonly reservation: string; // A soft one; what is picked of it becomes a hard one.
  readonly location?: string | undefined;
  readonly batch?: string | undefined;
  readonly quantity: Decimal;
};

/** Turns what was promised of a warehouse into stock that lies ready, at a place and of a batch. */
export async function pick(
  tx: Handle,
  context: ErpContext,
  drafts: readonly PickDraft[],
): Promise<readonly Result<Reserved, InventoryProblemCode>[]> {
  const now = millisecondsOf(context.clock());
  const open = await lockReservations(
    tx,
    context,
    drafts.map(({ reservation }) => reservation),
  );
  const balances = await balancesOf(tx, [...open.values()]);
  const made: Row[] = [];
  const decided = drafts.map((draft) => {
    const { location = '', batch = '', quantity } = draft;
    const soft = open.get(draft.reservation);
    if (soft === undefined || soft.hard || compareDecimals(soft.open, quantity) < 0) {
      const message = 'no reservation with so much open';
      return refuse('inventory.unknown-reservation' as const, message, 'reservation');
    }
    if (compareDecimals(quantity, ZERO) <= 0) {
      return refuse('inventory.invalid' as const, 'nothing is picked', 'quantity');
    }
    const key = placeKey({ ...soft, location, batch });
    const there = balances.get(key);
    if (there?.frozen === true) {
      return refuse('inventory.frozen-for-count' as const, 'the place is being counted');
    }
    if (there === undefined || compareDecimals(there.left, quantity) < 0) {
      const message = `${there?.left ?? 0} are there for picking`;
      return refuse('inventory.not-enough-stock' as const, message, 'quantity');
    }
    balances.set(key, { ...there, left: subtractDecimals(there.left, quantity) });
    open.set(soft.id, { ...soft, open: subtractDecimals(soft.open, quantity) });
    const id = newId('rsv', now);
    const { item, warehouse, source, neededOn } = soft;
    const place = { hard: true, location, batch };
    made.push({ id, item, warehouse, ...place, quantity, neededOn: neededOn ?? undefined, source });
    return accept({ id, quantity });
  });
  const left = [...open.values()].map(({ id, open: rest }) => ({ id, open: rest }));
  await rows(
    tx,
    sql`update erp_inventory.reservation r set open = d.open,
        status = case when d.open = 0 then 'consumed' else 'open' end
      from ${unnested('d', { id: 'text', open: 'numeric' }, left)}
      where r.id = d.id and r.open <> d.open`,
  );
  await write(tx, context, made);
  return decided;
}

/** Reservations by what they are for, or by their ids. */
export const listReservations = (
  handle: Handle,
  filter: {
    readonly ids?: readonly string[];
    readonly sources?: readonly string[]; // Ids of documents.
    readonly item?: string;
    readonly onlyOpen?: boolean;
    readonly legalEntity?: string; // Whose warehouse it is in.
  },
): Promise<readonly Reservation[]> =>
  rows<Reservation>(
    handle,
    sql`select id, item, warehouse, hard, location, batch, quantity, open, lost,
        status, needed_on as "neededOn", json_build_object('area', source_area, 'kind', source_kind,
          'id', source_id, 'line', source_line) as source
      from erp_inventory.reservation
      where ${filter.ids === undefined ? sql`true` : sql`id = any(${[...filter.ids]})`}
        and ${filter.sources === undefined ? sql`true` : sql`source_id = any(${[...filter.sources]})`}
        and ${filter.item === undefined ? sql`true` : sql`item = ${filter.item}`}
        and ${filter.onlyOpen === true ? sql`open > 0` : sql`true`}
        and ${
          filter.legalEntity === undefined
            ? sql`true`
            : sql`warehouse in (select w.id from erp_inventory.warehouse w
                where w.legal_entity = ${filter.legalEntity})`
        }
      order by id`,
  );

/** Locks the positions of reservations first, as everybody does, and reads them after. */
async function lockReservations(
  tx: Handle,
  { legalEntity }: ErpContext,
  ids: readonly string[],
): Promise<Map<string, Reservation>> {
  const filter = { ids, onlyOpen: true, legalEntity };
  const before = await listReservations(tx, filter);
  const items = await itemFacts(
    tx,
    before.map(({ item }) => item),
  );
  await lockPositions(tx, before, items);
  const after = await listReservations(tx, filter);
  return new Map(after.map((one) => [one.id, one]));
}

const placeKey = (place: {
  readonly item: string;
  readonly warehouse: string;
  readonly location: string;
  readonly batch: string;
}): string => [place.item, place.warehouse, place.location, place.batch].join('\u0000');

async function balancesOf(
  tx: Handle,
  positions: readonly { readonly item: string; readonly warehouse: string }[],
): Promise<Map<string, { readonly left: Decimal; readonly frozen: boolean }>> {
  if (positions.length === 0) return new Map();
  const unique = [...new Map(positions.map((one) => [positionKey(one), one])).values()];
  const relation = unnested('k', { item: 'text', warehouse: 'text' }, unique);
  const found = await rows<{
    item: string;
    warehouse: string;
    location: string;
    batch: string;
    left: Decimal;
    frozen: boolean;
  }>(
    tx,
    sql`select b.item, b.warehouse, b.location, b.batch, b.quantity - b.held as left,
        b.frozen_by is not null as frozen
      from ${relation} join erp_inventory.balance b using (item, warehouse)
      where b.status = 'free'`,
  );
  return new Map(found.map(({ left, frozen, ...key }) => [placeKey(key), { left, frozen }]));
}

async function warehousesOf(
  tx: Handle,
  legalEntity: string,
  drafts: readonly ReservationDraft[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(drafts.map(({ warehouse }) => warehouse))];
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from erp_inventory.warehouse
      where id = any(${ids}) and legal_entity = ${legalEntity} and status = 'active'`,
  );
  return new Set(found.map(({ id }) => id));
}

const write = (tx: Handle, context: ErpContext, made: readonly Row[]): Promise<void> =>
  insertRows(
    tx,
    'erp_inventory.reservation',
    {
      id: 'text',
      legal_entity: 'text',
      item: 'text',
      warehouse: 'text',
      hard: 'boolean',
      location: 'text',
      batch: 'text',
      quantity: 'numeric',
      open: 'numeric',
      status: 'text',
      needed_on: 'date',
      source_area: 'text',
      source_kind: 'text',
      source_id: 'text',
      source_line: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      legal_entity: context.legalEntity,
      item: one.item,
      warehouse: one.warehouse,
      hard: one.hard,
      location: one.location,
      batch: one.batch,
      quantity: one.quantity,
      open: one.quantity,
      status: 'open',
      needed_on: one.neededOn,
      source_area: one.source.area,
      source_kind: one.source.kind,
      source_id: one.source.id,
      source_line: one.source.line ?? '',
      created_by: context.by,
      created_at: context.clock(),
    })),
  );
