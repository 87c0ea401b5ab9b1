import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { itemFacts } from '#erp/items';
import { supplierFacts } from '#erp/parties';
import type { Party } from '#erp/parties';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { lockPositions } from './lock-positions.ts';
import { keyText, partKey, positionKey } from './movement.ts';
import type { StockDraft, StockKey, StockStatus } from './movement.ts';
import { readBooked } from './read-booked.ts';
import { lockPieces, piecesOf, readPieces } from './read-pieces.ts';
import type { Balance, Batch, Booked, Position, Reservation, StockState } from './stock-state.ts';
import type { Layer } from './valuation.ts';

/** Locks and reads everything that deciding these drafts needs: one statement for each table. */
export async function readStockState(
  tx: Handle,
  context: ErpContext,
  drafts: readonly StockDraft[],
  count = '',
): Promise<StockState> {
  const known = await readBooked(tx, context.legalEntity, drafts);
  const keys = drafts.flatMap((draft) => keysOf(draft, known));
  const items = await itemFacts(
    tx,
    keys.map(({ item }) => item),
  );
  const wanted = keys.filter(({ item }) => items.has(item));
  const pieces = piecesOf(drafts, known);
  if (pieces.length > 0) await lockPieces(tx, pieces);
  const locked = await lockPositions(tx, wanted, items);
  // Read again: until the lock was ours, somebody may have taken the same back.
  const booked = known.size === 0 ? known : await readBooked(tx, context.legalEntity, drafts);
  const [
    { positions, order },
    warehouses,
    locations,
    balances,
    batches,
    reservations,
    lying,
    owners,
  ] = await Promise.all([
    withLayers(tx, locked, booked),
    readWarehouses(tx, keys),
    readLocations(tx, keys),
    readBalances(tx, wanted),
    readBatches(tx, keys),
    readReservations(tx, drafts),
    readPieces(tx, pieces),
    readOwners(tx, keys),
  ]);
  return {
    legalEntity: context.legalEntity,
    by: count,
    items,
    warehouses,
    locations,
    owners,
    positions,
    balances,
    batches,
    reservations,
    pieces: lying,
    booked,
    layerOrder: order,
    rows: [],
    uses: [],
    layers: [],
    undo: [],
  };
}

function keysOf(draft: StockDraft, booked: ReadonlyMap<string, Booked>): StockKey[] {
  if ('movement' in draft) {
    const one = booked.get(draft.movement);
    if (one === undefined) return [];
    const { pair } = one;
    return pair === undefined ? [one] : [...booked.values()].filter((other) => other.pair === pair);
  }
  if ('from' in draft) return [draft.from, draft.to];
  const status: StockStatus = draft.status ?? (draft.owner === undefined ? 'free' : 'consignment');
  const { item, warehouse, location = '', batch = '', owner = '' } = draft;
  return [{ item, warehouse, location, batch, status, owner }];
}

async function readWarehouses(
  tx: Handle,
  keys: readonly StockKey[],
): Promise<StockState['warehouses']> {
  const found = await rows<{
    id: string;
    code: string;
    legal_entity: string;
    currency: CurrencyCode;
    negative_allowed: boolean;
    status: string;
  }>(
    tx,
    sql`select id, code, legal_entity, currency, negative_allowed, status from erp_inventory.warehouse
      where id = any(${[...new Set(keys.map(({ warehouse }) => warehouse))]})`,
  );
  return new Map(
    found.map((row) => [
      row.id,
      {
        id: row.id,
        code: row.code,
        legalEntity: row.legal_entity,
        scale: currencyScale(row.currency),
        negativeAllowed: row.negative_allowed,
        active: row.status === 'active',
      },
    ]),
  );
}

async function readLocations(tx: Handle, keys: readonly StockKey[]): Promise<ReadonlySet<string>> {
  const named = keys.filter(({ location }) => location !== '');
  if (named.length === 0) return new Set();
  const found = await rows<{ warehouse: string; code: string }>(
    tx,
    sql`select warehouse, code from erp_inventory.location
      where warehouse = any(${[...new Set(named.map(({ warehouse }) => warehouse))]})
        and code = any(${[...new Set(named.map(({ location }) => location))]})`,
  );
  return new Set(found.map(({ warehouse, code }) => partKey(warehouse, code)));
}

/** Mostly nobody owns any of it but we. */
const readOwners = async (
  tx: Handle,
  keys: readonly StockKey[],
): Promise<ReadonlyMap<string, Party>> => {
  const named = keys.flatMap(({ owner }) => (owner === '' ? [] : owner));
  return named.length === 0 ? new Map() : supplierFacts(tx, named);
};

const KEY_COLUMNS = {
  item: 'text',
  warehouse: 'text',
  location: 'text',
  batch: 'text',
  status: 'text',
  owner: 'text',
} as const;

async function readBalances(tx: Handle, keys: readonly StockKey[]): Promise<Map<string, Balance>> {
  const unique = [...new Map(keys.map((key) => [keyText(key), key])).values()];
  if (unique.length === 0) return new Map();
  const found = await rows<
    StockKey & { quantity: Decimal; held: Decimal; frozen_by: string | null }
  >(
    tx,
    sql`select b.item, b.warehouse, b.location, b.batch, b.status, b.owner, b.quantity, b.held,
        b.frozen_by
      from ${unnested('k', KEY_COLUMNS, unique)} join erp_inventory.balance b
        using (item, warehouse, location, batch, status, owner)`,
  );
  return new Map(
    found.map((row) => [
      keyText(row),
      { quantity: row.quantity, held: row.held, frozenBy: row.frozen_by ?? undefined },
    ]),
  );
}

async function readBatches(tx: Handle, keys: readonly StockKey[]): Promise<Map<string, Batch>> {
  const named = keys.filter(({ batch }) => batch !== '');
  if (named.length === 0) return new Map();
  const found = await rows<{
    item: string;
    code: string;
    expires_on: LocalDate | null;
    received_on: LocalDate;
  }>(
    tx,
    sql`select item, code, expires_on, received_on from erp_inventory.batch
      where item = any(${[...new Set(named.map(({ item }) => item))]})
        and code = any(${[...new Set(named.map(({ batch }) => batch))]})`,
  );
  return new Map(
    found.map((row) => [
      partKey(row.item, row.code),
      {
        item: row.item,
        code: row.code,
        expiresOn: row.expires_on ?? undefined,
        receivedOn: row.received_on,
        isNew: false,
      },
    ]),
  );
}

async function readReservations(
  tx: Handle,
  drafts: readonly StockDraft[],
): Promise<Map<string, Reservation>> {
  const ids = drafts.flatMap((draft) => ('reservation' in draft ? (draft.reservation ?? []) : []));
  if (ids.length === 0) return new Map();
  const found = await rows<Reservation>(
    tx,
    sql`select id, item, warehouse, hard, location, batch, open from erp_inventory.reservation
      where id = any(${[...new Set(ids)]}) and status = 'open'`,
  );
  return new Map(found.map((row) => [row.id, row]));
}

/** First in, first out: what each receipt has left, and those that a reversal puts back. */
async function withLayers(
  tx: Handle,
  positions: ReadonlyMap<string, Position>,
  booked: ReadonlyMap<string, Booked>,
): Promise<{ positions: Map<string, Position>; order: Map<string, number> }> {
  const fifo = [...positions].filter(([, { costing }]) => costing === 'fifo');
  const result = new Map(positions);
  const order = new Map<string, number>();
  if (fifo.length === 0) return { positions: result, order };
  const used = [...booked.values()].flatMap(({ uses }) => uses.map(({ id }) => id));
  const keys = fifo.map(([key]) => {
    const [item = '', warehouse = ''] = key.split('\u0000');
    return { item, warehouse };
  });
  const found = await rows<{
    item: string;
    warehouse: string;
    movement: string;
    sequence: string;
    quantity: Decimal;
    value: Decimal;
  }>(
    tx,
    sql`select l.item, l.warehouse, l.movement, l.sequence, l.quantity, l.value
      from ${unnested('k', { item: 'text', warehouse: 'text' }, keys)}
      join erp_inventory.layer l using (item, warehouse)
      where l.quantity > 0 or l.movement = any(${used}) order by l.sequence`,
  );
  const layers = new Map<string, Layer[]>();
  for (const row of found) {
    order.set(row.movement, Number(row.sequence));
    if (compareDecimals(row.quantity, decimal('0')) === 0) continue;
    const key = positionKey(row);
    const held = layers.get(key) ?? [];
    held.push({ id: row.movement, quantity: row.quantity, value: row.value });
    layers.set(key, held);
  }
  for (const [key, position] of fifo) {
    result.set(key, { ...position, layers: layers.get(key) ?? [] });
  }
  return { positions: result, order };
}
