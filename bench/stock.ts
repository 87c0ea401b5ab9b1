// Moves stock in batches as an import or the simulator does: receipts, then issues, transfers of
// nothing; moving average and FIFO, over 1,000 items in one warehouse.
// `npm run bench -- stock [--movements 20000] [--batch 500]`
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, startEmbedded, transact } from '#database';
import type { Database } from '#database';
import { companyMigrations, createLegalEntity } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { createWarehouses, inventoryMigrations, moveStock } from '#erp/inventory';
import type { MovementDraft } from '#erp/inventory';
import { createItems, itemsMigrations } from '#erp/items';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate, systemClock } from '#kernel/time';
import { serverSeconds } from './server-seconds.ts';

const ITEMS = 1_000;
const { values } = parseArgs({
  options: {
    movements: { type: 'string', default: '20000' },
    batch: { type: 'string', default: '500' },
  },
});
const context: ErpContext = { clock: systemClock, by: 'bench', legalEntity: 'RI' };
const postedOn = localDate('2025-10-09');

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-stock-'));
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const load = loadavg()[0]?.toFixed(1) ?? '';
  try {
    const database = await openDatabase({ url: server.url, poolSizeMax: 1 });
    await migrate(database, [companyMigrations, itemsMigrations, inventoryMigrations]);
    const lines = [];
    for (const costing of ['moving-average', 'fifo'] as const) {
      lines.push(await measure(database, costing));
    }
    console.table(lines);
    console.log(
      `batches of ${values.batch}; load before ${load}, after ${loadavg()[0]?.toFixed(1)}`,
    );
    await database.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  database: Database,
  costing: 'moving-average' | 'fifo',
): Promise<Readonly<Record<string, string | number>>> {
  const { items, warehouse } = await prepare(database, costing);
  const count = Number(values.movements);
  const draftAt = (at: number): MovementDraft => {
    const item = items[(at * 7_919) % ITEMS] ?? '';
    const source = {
      area: 'bench',
      kind: 'bench',
      id: `doc-${Math.floor(at / 5)}`,
      line: `${at % 5}`,
    };
    return at % 2 === 0
      ? {
          kind: 'receipt',
          item,
          warehouse,
          quantity: decimal('9'),
          unitCost: decimal('1.37'),
          postedOn,
          source,
        }
      : { kind: 'adjustment', item, warehouse, quantity: decimal('-2'), postedOn, source };
  };
  const drafts = Array.from({ length: count }, (_, at) => draftAt(at));
  const [began, spent] = [performance.now(), process.cpuUsage()];
  const theirs = await serverSeconds(database);
  let refused = 0;
  for (let at = 0; at < count; at += Number(values.batch)) {
    const some = drafts.slice(at, at + Number(values.batch));
    const results = await transact(database, (tx) => moveStock(tx, context, some));
    refused += results.filter(({ ok }) => !ok).length;
  }
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(spent);
  return {
    costing,
    movements: count,
    refused,
    seconds: seconds.toFixed(2),
    'movements/s': Math.round(count / seconds),
    'CPU s of Node': ((user + system) / 1e6).toFixed(2),
    'of PostgreSQL': ((await serverSeconds(database)) - theirs).toFixed(2),
  };
}

async function prepare(
  database: Database,
  costing: 'moving-average' | 'fifo',
): Promise<{ readonly items: readonly string[]; readonly warehouse: string }> {
  return transact(database, async (tx) => {
    await createLegalEntity(tx, context, {
      code: 'RI',
      name: 'Rialto',
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    const made = await createItems(
      tx,
      context,
      Array.from({ length: ITEMS }, (_, at) => ({
        name: `Item ${at}`,
        kind: 'raw',
        baseUnit: 'C62',
        costing,
      })),
    );
    const [house] = await createWarehouses(tx, context, [
      {
        code: costing === 'fifo' ? 'FIFO' : 'MA',
        name: costing,
        kind: 'plant',
        negativeAllowed: true,
      },
    ]);
    assert(house?.ok === true, 'the warehouse is new');
    const items = made.flatMap((one) => (one.ok ? [one.value.id] : []));
    return { items, warehouse: house.value.id };
  });
}

await main();
