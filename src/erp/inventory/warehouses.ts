import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { InventoryProblemCode } from './errors.ts';

export type WarehouseKind = 'plant' | 'store' | 'transit' | 'consignment' | 'subcontractor';

/** A place where stock is kept, valued and counted, with the locations in it. */
export type Warehouse = {
  readonly id: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly kind: WarehouseKind;
  readonly currency: string;
  readonly negativeAllowed: boolean;
  readonly status: 'active' | 'inactive';
  readonly locations: readonly { readonly code: string; readonly zone?: string }[];
};

/** A warehouse as it is asked for. */
export type WarehouseDraft = Pick<Warehouse, 'code' | 'name' | 'kind'> & {
  readonly negativeAllowed?: boolean | undefined;
  readonly locations?: readonly { readonly code: string; readonly zone?: string }[];
};

/** Opens warehouses of the legal entity, which value stock in its currency. */
export async function createWarehouses(
  tx: Handle,
  context: ErpContext,
  drafts: readonly WarehouseDraft[],
): Promise<readonly Result<{ id: string }, InventoryProblemCode>[]> {
  const entity = await findLegalEntity(tx, context.legalEntity);
  assert(entity !== undefined, `there is no legal entity ${context.legalEntity}`);
  const lock = `erp_inventory.warehouse ${entity.code}`;
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const there = await listWarehouses(tx, entity.code);
  const taken = new Set(there.map(({ code }) => code));
  const now = context.clock();
  const made: (WarehouseDraft & { readonly id: string })[] = [];
  const decided = drafts.map((draft) => {
    const { code, name, locations = [] } = draft;
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/.test(code) || name.trim() === '') {
      return refuse(
        'inventory.invalid' as const,
        'a warehouse has a short code and a name',
        'code',
      );
    }
    const codes = locations.map((location) => location.code);
    if (codes.includes('') || new Set(codes).size < codes.length) {
      return refuse('inventory.invalid' as const, 'each location has a code', 'locations');
    }
    if (taken.has(code)) return refuse('inventory.code-taken' as const, `${code} exists`, 'code');
    taken.add(code);
    const id = newId('wh', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await insertRows(
    tx,
    'erp_inventory.warehouse',
    {
      id: 'text',
      legal_entity: 'text',
      code: 'text',
      name: 'text',
      kind: 'text',
      currency: 'text',
      negative_allowed: 'boolean',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map(({ id, code, name, kind, negativeAllowed }) => ({
      id,
      legal_entity: entity.code,
      code,
      name: name.trim(),
      kind,
      currency: entity.currency,
      negative_allowed: negativeAllowed ?? false,
      created_by: context.by,
      created_at: now,
    })),
  );
  const places = made.flatMap(({ id, locations = [] }) =>
    locations.map((location) => ({ ...location, warehouse: id })),
  );
  await writeLocations(tx, context, places);
  return decided;
}

/** Adds locations to warehouses. */
export async function addLocations(
  tx: Handle,
  context: ErpContext,
  drafts: readonly { readonly warehouse: string; readonly code: string; readonly zone?: string }[],
): Promise<readonly Result<{ code: string }, InventoryProblemCode>[]> {
  const ids = [...new Set(drafts.map(({ warehouse }) => warehouse))];
  await rows(
    tx,
    sql`select 1 from erp_inventory.warehouse where id = any(${ids}) order by id for update`,
  );
  const all = await listWarehouses(tx, context.legalEntity);
  const taken = new Map(
    all.map(({ id, locations }) => [id, new Set(locations.map(({ code }) => code))]),
  );
  const made: (typeof drafts)[number][] = [];
  const decided = drafts.map((draft) => {
    const codes = taken.get(draft.warehouse);
    if (codes === undefined) {
      return refuse('inventory.unknown-warehouse' as const, 'no such warehouse', 'warehouse');
    }
    if (draft.code === '') return refuse('inventory.invalid' as const, 'it has no code', 'code');
    if (codes.has(draft.code)) {
      return refuse('inventory.code-taken' as const, `${draft.code} exists`, 'code');
    }
    codes.add(draft.code);
    made.push(draft);
    return accept({ code: draft.code });
  });
  await writeLocations(tx, context, made);
  return decided;
}

/** Changes what may change of a warehouse, if it is still at `version`. */
export async function updateWarehouse(
  tx: Handle,
  { legalEntity }: Pick<ErpContext, 'legalEntity'>,
  change: {
    readonly id: string;
    readonly version: number;
    readonly set: Partial<Pick<Warehouse, 'name' | 'negativeAllowed' | 'status'>>;
  },
): Promise<Result<{ id: string; version: number }, InventoryProblemCode>> {
  const { id, version, set } = change;
  const [found] = await rows<{
    version: number;
    name: string;
    negative_allowed: boolean;
    status: string;
  }>(
    tx,
    sql`select version, name, negative_allowed, status from erp_inventory.warehouse
      where id = ${id} and legal_entity = ${legalEntity} for update`,
  );
  if (found === undefined) return refuse('inventory.unknown-warehouse', 'no such warehouse', 'id');
  if (found.version !== version) {
    return refuse('inventory.version-conflict', `it is at version ${found.version}`, 'version');
  }
  const {
    name = found.name,
    negativeAllowed = found.negative_allowed,
    status = found.status,
  } = set;
  if (name.trim() === '') return refuse('inventory.invalid', 'the name is empty', 'name');
  // Whoever takes stock locks positions first: none goes below zero while this is decided.
  await rows(
    tx,
    sql`select 1 from erp_inventory.position where warehouse = ${id}
      order by item, warehouse for update`,
  );
  const [below] = await rows(
    tx,
    sql`select 1 from erp_inventory.balance where warehouse = ${id} and quantity < 0 limit 1`,
  );
  if (!negativeAllowed && below !== undefined) {
    return refuse('inventory.negative-stock-there', 'some stock is below zero', 'negativeAllowed');
  }
  await rows(
    tx,
    sql`update erp_inventory.warehouse set name = ${name.trim()}, status = ${status},
      negative_allowed = ${negativeAllowed}, version = version + 1 where id = ${id}`,
  );
  await rows(
    tx,
    sql`update erp_inventory.balance set negative_allowed = ${negativeAllowed}
      where warehouse = ${id} and negative_allowed <> ${negativeAllowed}`,
  );
  return accept({ id, version: version + 1 });
}

/** The warehouses of a legal entity, by code, with their locations. */
export const listWarehouses = (
  handle: Handle,
  legalEntity: string,
): Promise<readonly Warehouse[]> =>
  rows<Warehouse>(
    handle,
    sql`select w.id, w.legal_entity as "legalEntity", w.code, w.version, w.name, w.kind, w.currency,
        w.negative_allowed as "negativeAllowed", w.status, coalesce((select jsonb_agg(
          jsonb_strip_nulls(jsonb_build_object('code', l.code, 'zone', l.zone)) order by l.code)
          from erp_inventory.location l where l.warehouse = w.id), '[]') as locations
      from erp_inventory.warehouse w where w.legal_entity = ${legalEntity} order by w.code`,
  );

const writeLocations = (
  tx: Handle,
  context: ErpContext,
  locations: readonly {
    readonly warehouse: string;
    readonly code: string;
    readonly zone?: string;
  }[],
): Promise<void> =>
  insertRows(
    tx,
    'erp_inventory.location',
    {
      warehouse: 'text',
      code: 'text',
      zone: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    locations.map(({ warehouse, code, zone }) => ({
      warehouse,
      code,
      zone,
      created_by: context.by,
      created_at: context.clock(),
    })),
  );

/** What the legal entity values its stock in. */
export async function currencyOf(handle: Handle, legalEntity: string): Promise<string> {
  const entity = await findLegalEntity(handle, legalEntity);
  assert(entity !== undefined, `there is no legal entity ${legalEntity}`);
  return entity.currency;
}
