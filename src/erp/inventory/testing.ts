/** A company with warehouses and items, for the tests of this area. */
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations, createLegalEntity } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { createItemGroups, createItems, itemsMigrations } from '#erp/items';
import type { ItemDraft } from '#erp/items';
import { installLedger, ledgerMigrations } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { createSuppliers, partiesMigrations } from '#erp/parties';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { inventoryMigrations } from './migrations.ts';
import type { MovementDraft, MovementKind } from './movement.ts';
import { createWarehouses } from './warehouses.ts';

/** Who works in tests, and when. */
export const context: ErpContext = {
  clock: () => instantOf(1_760_000_000_000), // 2025-10-09
  by: 'anna',
  legalEntity: 'RI',
};
export const on = localDate('2025-10-09');
export const source = { area: 'test', kind: 'test', id: 'T-1' };

/** What tests work with. */
export type Stock = {
  readonly database: Database;
  readonly main: string; // Warehouses: two that hold the line, one that may owe.
  readonly other: string;
  readonly owing: string;
};

/** Opens a company with a ledger, two warehouses with locations, and one that may go below zero. */
export async function openStock(): Promise<Stock> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
  ]);
  const made = await transact(database, async (tx) => {
    for (const code of ['RI', 'XX']) {
      await createLegalEntity(tx, context, {
        code,
        name: 'Rialto',
        country: 'DE',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
      });
    }
    await installLedger(tx, context);
    await createFiscalYear(tx, context, 2025);
    await createItemGroups(tx, context, [{ code: 'PARTS', name: 'Parts' }]);
    return createWarehouses(tx, context, [
      { code: 'MAIN', name: 'Main', kind: 'plant', locations: [{ code: 'A1' }, { code: 'A2' }] },
      { code: 'OTHER', name: 'Other', kind: 'store', locations: [{ code: 'B1' }] },
      { code: 'OWING', name: 'Owing', kind: 'store', negativeAllowed: true },
    ]);
  });
  const [main = '', other = '', owing = ''] = made.map((one) => valueOf(one).id);
  return { database, main, other, owing };
}

/** What was accepted. */
export const valueOf = <T>(result: Result<T> | undefined): T => {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
};

/** 'ok', or the refusal's code. */
export const codeOf = (result: Result<unknown> | undefined): string =>
  result === undefined || result.ok ? 'ok' : result.problem.code;

/** Creates items, each a bolt of moving average but for what is said. */
export async function newItems(
  database: Database,
  ...drafts: readonly Partial<ItemDraft>[]
): Promise<string[]> {
  const made = await transact(database, (tx) =>
    createItems(
      tx,
      context,
      drafts.map((draft) => ({ name: 'Bolt', kind: 'raw', baseUnit: 'C62', ...draft })),
    ),
  );
  return made.map((one) => valueOf(one).id);
}

/** Creates a supplier who may leave goods here. */
export async function newSupplier(database: Database): Promise<string> {
  const made = await transact(database, (tx) =>
    createSuppliers(tx, context, [{ name: 'Schrauben Süd GmbH' }]),
  );
  return valueOf(made[0]).id;
}

/** Makes drafts for one item in one warehouse. */
export const draftsFor =
  (item: string, warehouse: string) =>
  (kind: MovementKind, quantity: string, more: Partial<MovementDraft> = {}): MovementDraft => ({
    kind,
    item,
    warehouse,
    quantity: decimal(quantity),
    postedOn: on,
    source,
    ...more,
  });

/** Fails when a law of stock that can be read off the tables does not hold. */
export async function keepLaws(handle: Handle): Promise<void> {
  const found = await rows<{ law: string }>(
    handle,
    sql`
    select 'balance is the sum of movements: ' || m.item || ' ' || m.warehouse as law
    from (select item, warehouse, location, batch, status, owner, sum(quantity) as quantity
      from erp_inventory.movement group by 1, 2, 3, 4, 5, 6) m
    full join erp_inventory.balance b using (item, warehouse, location, batch, status, owner)
    where coalesce(m.quantity, 0) <> coalesce(b.quantity, 0)
    union all
    select 'position is the sum of movements: ' || p.item || ' ' || p.warehouse
    from erp_inventory.position p left join (select item, warehouse, sum(value) as value,
        sum(quantity) filter (where status <> 'consignment') as quantity,
        sum(quantity) filter (where status = 'free') as free
      from erp_inventory.movement group by 1, 2) m using (item, warehouse)
    where p.quantity <> coalesce(m.quantity, 0) or p.value <> coalesce(m.value, 0)
      or p.free <> coalesce(m.free, 0)
    union all
    select 'value is in cents: ' || id from erp_inventory.movement
    where value <> round(value, 2) or variance <> round(variance, 2)
    union all
    select 'layers are what is there: ' || p.item || ' ' || p.warehouse
    from erp_inventory.position p
    left join (select item, warehouse, sum(quantity) as quantity, sum(value) as value
      from erp_inventory.layer group by 1, 2) l using (item, warehouse)
    where p.costing = 'fifo' and (coalesce(l.quantity, 0) <> greatest(p.quantity, 0)
      or (p.quantity >= 0 and coalesce(l.value, 0) <> p.value))
    union all
    select 'reserved is the sum of reservations: ' || p.item || ' ' || p.warehouse
    from erp_inventory.position p
    where p.reserved <> (select coalesce(sum(open), 0) from erp_inventory.reservation r
      where r.item = p.item and r.warehouse = p.warehouse)
    union all
    select 'what is promised is there: ' || p.item || ' ' || p.warehouse
    from erp_inventory.position p
    join erp_inventory.warehouse w on w.id = p.warehouse
    where p.reserved - p.picked > greatest(p.free - p.picked, 0)
      or (p.reserved > p.free and not w.negative_allowed)
      or p.picked <> (select coalesce(sum(open), 0) from erp_inventory.reservation r
        where r.hard and r.item = p.item and r.warehouse = p.warehouse)
    union all
    select 'held is the sum of picks: ' || b.item || ' ' || b.warehouse
    from erp_inventory.balance b
    where b.held <> (select coalesce(sum(open), 0) from erp_inventory.reservation r
      where hard and (r.item, r.warehouse, r.location, r.batch, 'free', '')
        = (b.item, b.warehouse, b.location, b.batch, b.status, b.owner))
    union all
    select 'no more pieces lie anywhere than there are: ' || p.item || ' ' || p.warehouse
    from (select item, warehouse, location, batch, status, owner, count(*) as pieces
      from erp_inventory.piece where is_in_stock group by 1, 2, 3, 4, 5, 6) p
    left join erp_inventory.balance b using (item, warehouse, location, batch, status, owner)
    where p.pieces > coalesce(b.quantity, 0)`,
  );
  assert(found.length === 0, found.map(({ law }) => law).join('\n'));
}

/** What a warehouse holds of an item, and what it is worth. */
export async function standing(handle: Handle, item: string, warehouse: string): Promise<string> {
  const [found] = await rows<{ quantity: string; value: string }>(
    handle,
    sql`select trim_scale(quantity) as quantity, value from erp_inventory.position
      where item = ${item} and warehouse = ${warehouse}`,
  );
  return `${found?.quantity ?? '0'} worth ${found?.value ?? '0'}`;
}
