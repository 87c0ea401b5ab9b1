import { insertRows, send, sql, unnested } from '#database';
import type { Handle } from '#database';
import { momentsOf } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import { giveUp } from './give-up.ts';
import type { MovementRow } from './movement.ts';
import type { Position, StockState } from './stock-state.ts';
import type { Layer } from './valuation.ts';

const NOTHING: Omit<Layer, 'id'> = { quantity: decimal('0'), value: decimal('0') };

const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  kind: 'text',
  item: 'text',
  warehouse: 'text',
  location: 'text',
  batch: 'text',
  status: 'text',
  owner: 'text',
  quantity: 'numeric',
  value: 'numeric',
  variance: 'numeric',
  serials: 'jsonb',
  moved_at: 'timestamptz',
  posted_on: 'date',
  reason: 'text',
  source_area: 'text',
  source_kind: 'text',
  source_id: 'text',
  source_line: 'text',
  reversal_of: 'text',
  pair: 'text',
  created_by: 'text',
} as const;

/** Writes what was decided, one statement for each table. Balances follow by the database. */
export async function writeMovements(
  tx: Handle,
  context: ErpContext,
  state: StockState,
  before: ReadonlyMap<string, Position>,
): Promise<void> {
  if (state.rows.length === 0) return;
  await writePositions(tx, state, before);
  await writeBatches(tx, context, state);
  await writeReservations(tx, state);
  await giveUp(tx, state.positions);
  const momentOf = momentsOf(context);
  const common = { legal_entity: context.legalEntity, created_by: context.by };
  const values = state.rows.map((row) => ({
    ...valuesOf(row),
    ...common,
    moved_at: momentOf(row.postedOn),
  }));
  await insertRows(tx, 'erp_inventory.movement', COLUMNS, values);
  await writeLayers(tx, state, before);
}

function valuesOf(row: MovementRow) {
  return {
    id: row.id,
    kind: row.kind,
    item: row.item,
    warehouse: row.warehouse,
    location: row.location,
    batch: row.batch,
    status: row.status,
    owner: row.owner,
    quantity: row.quantity,
    value: row.value,
    variance: row.variance,
    serials: row.serials.length === 0 ? '[]' : JSON.stringify(row.serials),
    posted_on: row.postedOn,
    reason: row.reason,
    source_area: row.source.area,
    source_kind: row.source.kind,
    source_id: row.source.id,
    source_line: row.source.line ?? '',
    reversal_of: row.reversalOf,
    pair: row.pair,
  };
}

/** Only what movements do not say: how it is valued, and what one was worth. */
async function writePositions(
  tx: Handle,
  state: StockState,
  before: ReadonlyMap<string, Position>,
): Promise<void> {
  const changed = [...state.positions].filter(([key, position]) => {
    const was = before.get(key);
    return was?.lastCost !== position.lastCost || was.costing !== position.costing;
  });
  const columns = {
    item: 'text',
    warehouse: 'text',
    costing: 'text',
    last_cost: 'numeric',
  } as const;
  const values = changed.map(([key, { costing, lastCost }]) => {
    const [item, warehouse] = key.split('\u0000');
    return { item, warehouse, costing, last_cost: lastCost };
  });
  if (values.length === 0) return;
  await send(
    tx,
    sql`update erp_inventory.position p set costing = d.costing, last_cost = d.last_cost
      from ${unnested('d', columns, values)}
      where p.item = d.item and p.warehouse = d.warehouse`,
  );
}

async function writeBatches(tx: Handle, context: ErpContext, state: StockState): Promise<void> {
  const begun = [...state.batches.values()].filter(({ isNew }) => isNew);
  if (begun.length === 0) return;
  const columns = {
    item: 'text',
    code: 'text',
    expires_on: 'date',
    received_on: 'date',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const values = begun.map((batch) => ({
    item: batch.item,
    code: batch.code,
    expires_on: batch.expiresOn,
    received_on: batch.receivedOn,
    created_by: context.by,
    created_at: context.clock(),
  }));
  // Two warehouses may begin the same batch at once; the first says when it expires.
  await send(
    tx,
    sql`insert into erp_inventory.batch
        (item, code, expires_on, received_on, created_by, created_at)
      select item, code, expires_on, received_on, created_by, created_at
      from ${unnested('d', columns, values)} order by item, code on conflict do nothing`,
  );
}

async function writeReservations(tx: Handle, state: StockState): Promise<void> {
  const values = [...state.reservations.values()].map(({ id, open }) => ({ id, open }));
  if (values.length === 0) return;
  await send(
    tx,
    sql`update erp_inventory.reservation r set open = d.open,
        status = case when d.open = 0 then 'consumed' else 'open' end
      from ${unnested('d', { id: 'text', open: 'numeric' }, values)}
      where r.id = d.id and r.open <> d.open`,
  );
}

async function writeLayers(
  tx: Handle,
  state: StockState,
  before: ReadonlyMap<string, Position>,
): Promise<void> {
  const left = new Map<string, Layer>();
  for (const { layers } of state.positions.values()) {
    for (const layer of layers) left.set(layer.id, layer);
  }
  const begun = new Set(state.layers.map(({ row }) => row.id));
  await insertRows(
    tx,
    'erp_inventory.layer',
    {
      movement: 'text',
      item: 'text',
      warehouse: 'text',
      received: 'numeric',
      quantity: 'numeric',
      value: 'numeric',
    },
    state.layers.map(({ row, layer }) => ({
      movement: row.id,
      item: row.item,
      warehouse: row.warehouse,
      received: layer.quantity,
      ...(left.get(row.id) ?? NOTHING),
    })),
  );
  const were = new Map(
    [...before.values()].flatMap(({ layers }) => layers.map((layer) => [layer.id, layer])),
  );
  const changed = [...new Set([...were.keys(), ...left.keys()])]
    .filter((id) => !begun.has(id) && differ(were.get(id), left.get(id)))
    .map((movement) => ({ movement, ...(left.get(movement) ?? NOTHING) }));
  if (changed.length > 0) {
    const columns = { movement: 'text', quantity: 'numeric', value: 'numeric' } as const;
    await send(
      tx,
      sql`update erp_inventory.layer l set quantity = d.quantity, value = d.value
        from ${unnested('d', columns, changed)} where l.movement = d.movement`,
    );
  }
  await insertRows(
    tx,
    'erp_inventory.layer_use',
    { movement: 'text', layer: 'text', quantity: 'numeric', value: 'numeric' },
    state.uses.map(({ movement, use }) => ({
      movement,
      layer: use.id,
      quantity: use.quantity,
      value: use.value,
    })),
  );
}

const differ = (a: Layer | undefined, b: Layer | undefined): boolean =>
  compareDecimals(a?.quantity ?? NOTHING.quantity, b?.quantity ?? NOTHING.quantity) !== 0 ||
  compareDecimals(a?.value ?? NOTHING.value, b?.value ?? NOTHING.value) !== 0;
