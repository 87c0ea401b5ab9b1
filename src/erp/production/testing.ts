/** A company that makes things, for the tests of this area. */
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import type { Result } from '#erp/company';
import { adjustStock, createWarehouses, inventoryMigrations, listPositions } from '#erp/inventory';
import { createBoms, createItemGroups, createItems, itemsMigrations } from '#erp/items';
import { createCostCentres, ledgerMigrations } from '#erp/ledger';
import { trialBalance } from '#erp/ledger/reports';
import { context, foundCompany, march, valueOf } from '#erp/ledger/testing';
import { createSuppliers, partiesMigrations } from '#erp/parties';
import { purchasingMigrations } from '#erp/purchasing';
import { assert } from '#kernel';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { instantOf, localDate, millisecondsOf, parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { createWorkOrders } from './create-orders.ts';
import type { WorkOrderDraft } from './create-orders.ts';
import type { ConfirmationDraft } from './decide-confirmation.ts';
import { productionMigrations } from './migrations.ts';
import { findWorkOrders } from './read-orders.ts';
import { releaseWorkOrders } from './release-orders.ts';
import type { ReleaseDraft } from './release-orders.ts';
import { createRoutings } from './routing.ts';
import { createWorkCentres } from './work-centre.ts';
import type { WorkOrder } from './work-order.ts';

export { context, march, valueOf };

const YEAR_END = localDate('2026-12-31');

/** So many minutes past eight on 2 March 2026. */
export function eight(minutes: number): Instant {
  const start = parseInstant('2026-03-02T08:00:00Z');
  assert(start !== undefined, 'a day begins');
  return instantOf(millisecondsOf(start) + minutes * 60_000);
}

/** A database with one company, what it makes, and what of. */
export type Bench = {
  readonly database: Database;
  readonly supplier: string; // Hardens gears.
  readonly warehouse: string;
  readonly atSupplier: string;
  readonly saw: string; // 60 and 30 an hour; set-up and run are credited to its cost centre.
  readonly steel: string; // Moving average; a gear takes 2, a frame 3.
  readonly paint: string; // In batches, first in first out; a frame takes half.
  readonly nickel: string; // A gear takes a tenth, at the supplier.
  readonly frame: string; // Sawn, then painted. Worth what it was planned at.
  readonly gear: string; // Sawn, hardened outside, ground. Standard cost of 20.
  run<T>(work: (tx: Handle) => Promise<T>): Promise<T>;
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
    purchasingMigrations,
    productionMigrations,
  ]);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(async (tx) => {
    await found(tx);
    const [supplier = ''] = ids(
      await createSuppliers(tx, context, [{ name: 'Härterei Nord GmbH' }]),
    );
    const [warehouse = '', atSupplier = ''] = ids(
      await createWarehouses(tx, context, [
        { code: 'WH1', name: 'Plant', kind: 'plant', locations: [{ code: 'A1' }] },
        { code: 'HN', name: 'At Härterei Nord', kind: 'subcontractor' },
      ]),
    );
    const items = await makeItems(tx);
    const [saw = '', shop = ''] = ids(
      await createWorkCentres(tx, context, [
        { code: 'SAW', name: 'Saw', kind: 'machine', costCentre: 'SAW', rates: [rate(60, 30)] },
        { code: 'SHOP', name: 'Paint shop', kind: 'labour', machines: 2, rates: [rate(0, 36)] },
      ]),
    );
    await makeRoutings(tx, { ...items, saw, shop, supplier, atSupplier });
    return { supplier, warehouse, atSupplier, saw, ...items };
  });
  return { database, run, ...made };
}

const rate = (machine: number, labour: number) => ({
  validFrom: march(1),
  machineRate: decimal(String(machine)),
  labourRate: decimal(String(labour)),
});

async function found(tx: Handle): Promise<void> {
  await foundCompany(tx);
  const name = { en: 'Saw', de: 'Säge' };
  await createCostCentres(tx, context, [{ code: 'SAW', name, validFrom: march(1) }]);
  await createItemGroups(tx, context, [
    { code: 'raw', name: 'Raw' },
    { code: 'finished', name: 'Finished' },
  ]);
}

async function makeItems(tx: Handle) {
  const raw = { kind: 'raw', baseUnit: 'KGM', itemGroup: 'raw' } as const;
  const made = { kind: 'finished', baseUnit: 'C62', itemGroup: 'finished' } as const;
  const [steel = '', paint = '', nickel = '', frame = '', gear = ''] = ids(
    await createItems(tx, context, [
      { ...raw, name: 'Steel' },
      { ...raw, name: 'Paint', batchManaged: true, costing: 'fifo' },
      { ...raw, name: 'Nickel' },
      { ...made, name: 'Frame' },
      { ...made, name: 'Gear', costing: 'standard', standardCost: decimal('20') },
    ]),
  );
  const line = (at: string, component: string, quantity: string, operation: string) => ({
    line: at,
    component,
    quantity: decimal(quantity),
    scrapPercent: decimal('0'),
    operation,
  });
  const bom = { version: '1', baseQuantity: decimal('1'), validFrom: march(1) };
  ids(
    await createBoms(tx, context, [
      { ...bom, item: frame, lines: [line('1', steel, '3', '10'), line('2', paint, '0.5', '20')] },
      { ...bom, item: gear, lines: [line('1', steel, '2', '10'), line('2', nickel, '0.1', '20')] },
    ]),
  );
  return { steel, paint, nickel, frame, gear };
}

async function makeRoutings(
  tx: Handle,
  of: Pick<Bench, 'frame' | 'gear' | 'saw' | 'supplier' | 'atSupplier'> & { readonly shop: string },
): Promise<void> {
  const saw = (number: number, run: string) =>
    ({
      number,
      name: 'Saw',
      kind: 'inside',
      workCentre: of.saw,
      setupSeconds: 600,
      runSeconds: decimal(run),
    }) as const;
  const routing = { version: '1', baseQuantity: decimal('1'), validFrom: march(1) };
  ids(
    await createRoutings(tx, context, [
      {
        ...routing,
        item: of.frame,
        operations: [
          saw(10, '120'),
          {
            number: 20,
            name: 'Paint',
            kind: 'inside',
            workCentre: of.shop,
            setupSeconds: 0,
            runSeconds: decimal('300'),
          },
        ],
      },
      {
        ...routing,
        item: of.gear,
        operations: [
          saw(10, '60'),
          {
            number: 20,
            name: 'Harden',
            kind: 'outside',
            supplier: of.supplier,
            unitPrice: decimal('1.50'),
            supplierWarehouse: of.atSupplier,
          },
          saw(30, '30'),
        ],
      },
    ]),
  );
}

/** Stock that is simply there. */
export async function stockUp(
  bench: Bench,
  ...lines: readonly {
    readonly item: string;
    readonly quantity: string;
    readonly unitCost: string;
    readonly batch?: string;
  }[]
): Promise<void> {
  const asked = lines.map(({ quantity, unitCost, ...line }) => ({
    ...line,
    warehouse: bench.warehouse,
    quantity: decimal(quantity),
    unitCost: decimal(unitCost),
  }));
  const draft = { postedOn: march(1), text: 'opening stock', lines: asked };
  ids(await bench.run((tx) => adjustStock(tx, context, [draft])));
}

/** A released order. */
export async function released(
  bench: Bench,
  of: Partial<WorkOrderDraft> & { readonly item: string; readonly quantity: WorkOrder['quantity'] },
  more: Partial<ReleaseDraft> = {},
): Promise<WorkOrder> {
  return await bench.run(async (tx) => {
    const { warehouse } = bench;
    const days = { plannedStartOn: march(2), plannedEndOn: march(6) };
    const [id = ''] = ids(await createWorkOrders(tx, context, [{ warehouse, ...days, ...of }]));
    ids(await releaseWorkOrders(tx, context, [{ id, ...more }]));
    return await orderNow(tx, id);
  });
}

/** The order as it stands. */
export async function orderNow(tx: Handle, id: string): Promise<WorkOrder> {
  const order = (await findWorkOrders(tx, [id])).get(id);
  assert(order !== undefined, `there is no order ${id}`);
  return order;
}

/** What was done in an hour. */
export const done = (
  order: string,
  operation: number,
  good: string,
  more: Partial<ConfirmationDraft> = {},
): ConfirmationDraft => ({
  order,
  operation,
  good: decimal(good),
  startedAt: eight(0),
  endedAt: eight(60),
  postedOn: march(2),
  ...more,
});

/** The balance of each account that has one, by its name. */
export async function books(bench: Bench): Promise<ReadonlyMap<string, number>> {
  const { rows: accounts } = await bench.run((tx) =>
    trialBalance(tx, { legalEntity: 'DE01', to: YEAR_END }),
  );
  return new Map(accounts.map(({ name, closing }) => [name.en, Number(closing)]));
}

/** Fails when a law of production that can be read off the tables does not hold. */
export async function keepLaws(bench: Bench): Promise<void> {
  const broken = await rows<{ law: string }>(
    bench.database.kysely,
    sql`
    select 'wip is the sum of its postings: ' || o.number as law
    from erp_production.work_order o where o.wip <> (select coalesce(sum(amount), 0)
      from erp_production.posting_line l where l.order_id = o.id)
    union all
    select 'received is the sum of receipts: ' || o.number
    from erp_production.work_order o where o.received <> (select coalesce(sum(quantity), 0)
      from erp_production.posting_line l where l.order_id = o.id and l.kind = 'product')
    union all
    select 'closed orders hold nothing: ' || o.number from erp_production.work_order o
    where o.decision in ('planned', 'cancelled', 'closed') and o.wip <> 0
    union all
    select 'an operation is the sum of its confirmations: ' || p.order_id || ' ' || p.number
    from erp_production.work_order_operation p left join (select order_id, operation,
        sum(good) as good, sum(scrap) as scrap, sum(run_seconds) as run, sum(finals) as finals
      from erp_production.confirmation group by 1, 2) c
      on c.order_id = p.order_id and c.operation = p.number
    where (p.good, p.scrap, p.run_done, p.finals)
      <> (coalesce(c.good, 0), coalesce(c.scrap, 0), coalesce(c.run, 0), coalesce(c.finals, 0))
    union all
    select 'no more passed on than was made: ' || p.order_id || ' ' || p.number
    from (select p.order_id, p.number, p.good + p.scrap as processed, o.over_percent_max as over,
        coalesce(lag(p.good) over (partition by p.order_id order by p.number), o.quantity) as passed
      from erp_production.work_order_operation p
      join erp_production.work_order o on o.id = p.order_id) p
    where p.processed > p.passed * (100 + p.over) / 100
    union all
    select 'a component is the sum of its issues: ' || c.order_id || ' ' || c.number
    from erp_production.work_order_component c left join (select order_id, component,
        sum(quantity) as quantity, sum(amount) as amount
      from erp_production.posting_line where kind = 'material' group by 1, 2) l
      on l.order_id = c.order_id and l.component = c.number
    where (c.issued, c.issued_value) <> (coalesce(l.quantity, 0), coalesce(l.amount, 0))`,
  );
  assert(broken.length === 0, broken.map(({ law }) => law).join('\n'));
  const { kysely } = bench.database;
  const { rows: accounts } = await trialBalance(kysely, { legalEntity: 'DE01', to: YEAR_END });
  const sumOf = (...numbers: readonly string[]): Decimal =>
    sumDecimals(
      accounts.flatMap(({ account, closing }) => (numbers.includes(account) ? [closing] : [])),
    );
  const positions = await listPositions(kysely, { legalEntity: 'DE01', limit: 1000 });
  const [inWork] = await rows<{ sum: Decimal }>(
    kysely,
    sql`select coalesce(sum(wip), 0)::text as sum from erp_production.work_order`,
  );
  const same = (what: string, a: Decimal, b: Decimal): void => {
    assert(compareDecimals(a, b) === 0, `${what}: ${a} in the books, ${b} here`);
  };
  same('work in progress is its account', sumOf('1240'), inWork?.sum ?? decimal('0'));
  const stock = sumDecimals(positions.map(({ value }) => value));
  same('stock is its accounts', sumOf('1200', '1210', '1220', '1230'), stock);
  const all = accounts.map(({ account }) => account);
  same('entries balance', sumOf(...all), decimal('0'));
}

/** 'ok', or the refusal's code. */
export const codeOf = (result: Result<unknown> | undefined): string =>
  result === undefined || result.ok ? 'ok' : result.problem.code;

const ids = (results: readonly Result<{ readonly id: string }>[]): readonly string[] =>
  results.map((each) => valueOf(each).id);
