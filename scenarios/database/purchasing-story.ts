/**
 * A purchasing database connected from the command line by the profile that ships: read, changed and
 * read again, a row deleted, a column added, and orders handed over to an import job that books one
 * and refuses the other. Told against a server by `describeStory`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestDatabase } from '../../src/adapters/database/testing/test-database.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';
import { importJob, makeTables } from './purchasing-tables.ts';

const WAIT_MS_MAX = 90_000;

const Runs = z.object({
  items: z.array(
    z.object({
      entities: z.array(
        z.object({
          kind: z.string(),
          created: z.number(),
          changed: z.number(),
          deleted: z.number(),
          quarantined: z.number(),
        }),
      ),
    }),
  ),
});
const Orders = z.object({
  items: z.array(z.object({ number: z.string(), status: z.string() })),
});
const Transactions = z.object({
  items: z.array(
    z.object({
      businessKey: z.string(),
      state: z.string(),
      resultKey: z.string().optional(),
      refusal: z.object({ code: z.string(), reason: z.string() }).optional(),
    }),
  ),
});

const order = (number: string, supplier: string) => ({
  number,
  kind: 'standard',
  supplier,
  status: 'issued',
  issuedOn: '2026-11-21',
  currency: 'EUR',
  netAmount: '12.3450',
  lines: [
    {
      number: '10',
      item: '2',
      ordered: { value: '10', unit: 'C62' },
      received: '0',
      rejected: '0',
      unitPrice: '1.2345',
      priceBase: '1',
      netAmount: '12.3450',
    },
  ],
});

type World = {
  readonly database: TestDatabase;
  readonly rialto: RunningRialto;
  readonly folder: string;
};

/** Tells the story; `open` gives an empty database. */
export function describeStory(open: () => Promise<TestDatabase>): void {
  let told: World | undefined;
  const world = (): World => {
    if (told === undefined) throw new Error('the story has begun');
    return told;
  };
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rialto-database-'));
    const database = await open();
    await makeTables(database);
    told = { folder, database, rialto: await startRialto({ flags: ['--empty'] }) };
  }, 240_000);
  afterAll(async () => {
    await told?.rialto.stop();
    await told?.database.stop();
    if (told !== undefined) rmSync(told.folder, { recursive: true, force: true });
  });
  describeReading(world);
  describePosting(world);
}

async function sync({ rialto }: World, ...words: readonly string[]) {
  const done = await rialto.command('sync', 'erp', ...words);
  expect(done).toMatchObject({ exitCode: 0 });
  const [run] = Runs.parse(await rialto.request('GET', '/v1/runs')).items;
  return run?.entities ?? [];
}

async function orders({ rialto }: World) {
  const { items } = Orders.parse(await rialto.request('GET', '/v1/purchase-orders'));
  return items.toSorted((a, b) => a.number.localeCompare(b.number));
}

function describeReading(world: () => World): void {
  test('connect, test and sync bring suppliers, items and orders in to the digit', async () => {
    const { rialto, database } = world();
    await connect(rialto, database);
    const tested = await rialto.command('test', 'erp');
    expect(tested).toMatchObject({ exitCode: 0 });
    expect(tested.output).toContain('rows may be written and looked for');
    const entities = await sync(world());
    expect(entities.map(({ kind, created, quarantined }) => [kind, created, quarantined])).toEqual(
      expect.arrayContaining([
        ['supplier', 1, 0],
        ['item', 1, 0],
        ['purchase-order', 2, 0],
      ]),
    );
    const list = JSON.stringify(await rialto.request('GET', '/v1/purchase-orders'));
    expect(list).toContain('1.2346');
  }, 180_000);

  test('a row that was changed comes alone, and one that was deleted goes with a full reading', async () => {
    const { database } = world();
    await database.run(
      "update purchase_order set status = 'closed', updated_at = current_timestamp where id = 11",
    );
    await database.run('delete from purchase_order_line where order_id = 12');
    await database.run('delete from purchase_order where id = 12');
    const changed = (await sync(world())).find(({ kind }) => kind === 'purchase-order');
    expect(changed).toMatchObject({ created: 0, changed: 1, deleted: 0 });
    const gone = (await sync(world(), '--full')).find(({ kind }) => kind === 'purchase-order');
    expect(gone).toMatchObject({ changed: 0, deleted: 1 });
    expect(await orders(world())).toMatchObject([{ number: 'PO-11', status: 'closed' }]);
  }, 180_000);

  test('a column that was added is told as drift, and holds nothing up', async () => {
    const { rialto, database } = world();
    await database.run("alter table supplier add column rating varchar(5) default 'A'");
    await database.run(
      "update supplier set name = 'Nordic Castings AB', updated_at = current_timestamp",
    );
    await sync(world());
    const drift = await rialto.command('drift', 'list', '--json');
    expect(drift.output).toContain('rating');
  }, 180_000);
}

function describePosting(world: () => World): void {
  test('orders handed over are booked or refused by the import job, each once, and come back', async () => {
    const { rialto, database, folder } = world();
    const file = join(folder, 'orders.json');
    const transactions = ['1', '999'].map((supplier) => ({
      operation: 'create-purchase-order',
      businessKey: `for ${supplier}`,
      payload: order(`FOR-${supplier}`, supplier),
    }));
    writeFileSync(file, JSON.stringify(transactions));
    const args = ['--integration', 'erp', '--title', 'two orders', '--file', file, '--json'];
    const made = await rialto.command('batches', 'create', ...args);
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.output));
    const standing = async (states: readonly string[]) => {
      for (let waited = 0; ; waited += 300) {
        const list = await rialto.request('GET', `/v1/transactions?batch=${id}`);
        const { items } = Transactions.parse(list);
        const done = items.length === 2 && items.every(({ state }) => states.includes(state));
        if (done || waited > WAIT_MS_MAX) {
          return items.toSorted((a, b) => a.businessKey.localeCompare(b.businessKey));
        }
        await pause(300);
      }
    };
    const waiting = await standing(['handed-over']);
    expect(waiting.map(({ state }) => state)).toEqual(['handed-over', 'handed-over']);
    expect(await database.run('select id from purchase_order_import')).toHaveLength(2);
    await importJob(database);
    const [booked, refused] = await standing(['accepted', 'dead']);
    expect(booked).toMatchObject({ businessKey: 'for 1', state: 'accepted' });
    expect(refused).toMatchObject({ state: 'dead' });
    expect(refused?.refusal?.reason).toContain('no such supplier');
    await importJob(database);
    await sync(world());
    const made2 = (await orders(world())).filter(({ number }) => number.startsWith('NEW-'));
    expect(made2).toMatchObject([{ status: 'issued' }]);
    const rows = await database.run('select id from purchase_order where id > 100');
    expect(rows.map((row) => String(row['id']))).toEqual([booked?.resultKey]);
  }, 240_000);
}

async function connect(rialto: RunningRialto, { settings }: TestDatabase): Promise<void> {
  process.env['DATABASE_TEST_PASSWORD'] = settings.password;
  const set = {
    profile: 'purchasing-tables',
    server: settings.dialect,
    host: settings.host,
    port: String(settings.port),
    database: settings.database,
    user: settings.user,
    networks: '127.0.0.1',
    tls: 'off',
  };
  const words = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const secret = ['--secret', 'password=env:DATABASE_TEST_PASSWORD', '--posting', 'lookMs=1000'];
  const connected = await rialto.command(
    'connect',
    'database',
    '--name',
    'erp',
    ...words,
    ...secret,
  );
  expect(connected).toMatchObject({ exitCode: 0, errors: '' });
  expect(connected.output).not.toContain(settings.password);
}
