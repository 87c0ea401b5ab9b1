/**
 * A PostgreSQL whose log is read, against the whole product: what is booked there is here within two
 * seconds, a kill of Rialto loses nothing, a lost slot is told and mended, and nothing is left behind.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database, Embedded } from '#database';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const WAIT_MS_MAX = 60_000;

let folder: string;
let dataDir: string;
let server: Embedded;
let erp: Database;
let rialto: RunningRialto;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-told-by-log-'));
  dataDir = join(folder, 'data');
  const place = { folder: join(folder, 'erp'), durable: false };
  server = await startEmbedded(place);
  erp = await openDatabase({ url: server.url, poolSizeMax: 3 });
  await rows(erp.kysely, sql`alter system set wal_level = 'logical'`);
  await erp.close();
  await server.stop();
  server = await startEmbedded(place);
  erp = await openDatabase({ url: server.url, poolSizeMax: 3 });
  await rows(erp.kysely, sql`create table vendor (id bigint primary key, code text, name text)`);
  await rows(
    erp.kysely,
    sql`insert into vendor select n, 'V' || n, 'Vendor ' || n from generate_series(1, 2500) n`,
  );
  rialto = await start();
  await connect();
}, 240_000);
afterAll(async () => {
  await rialto.stop();
  await erp.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const start = () => startRialto({ flags: ['--empty'], dataDir });

const PROFILE = {
  name: 'vendors',
  version: 1,
  title: 'Vendors',
  entities: { suppliers: { table: 'vendor', key: ['id'], changes: { by: 'log' } } },
};
const PACK = {
  name: 'vendors',
  version: 1,
  title: 'Vendors',
  adapter: 'database',
  mappings: [
    {
      kind: 'supplier',
      from: 'suppliers',
      fields: {
        number: { column: 'code' },
        name: { column: 'name' },
        status: { const: 'active' },
      },
    },
  ],
};

async function connect(): Promise<void> {
  const url = new URL(server.url);
  await rialto.request('POST', '/v1/integrations', {
    name: 'erp',
    adapter: 'database',
    settings: {
      profile: JSON.stringify(PROFILE),
      server: 'postgresql',
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: url.username,
      networks: ['127.0.0.1'],
      tls: 'off',
    },
    secrets: { password: url.password },
    mapping: 'purchasing-tables',
  });
  const file = join(folder, 'pack.json');
  writeFileSync(file, JSON.stringify(PACK));
  const saved = await rialto.command('mappings', 'save', 'erp', '--file', file);
  expect(saved).toMatchObject({ exitCode: 0, errors: '' });
  expect(await rialto.command('sync', 'erp')).toMatchObject({ exitCode: 0 });
}

const Log = z.looseObject({ entity: z.string(), behindBytes: z.number().optional() });
const Health = z.object({ logs: z.array(Log) });

const Suppliers = z.object({ total: z.int(), items: z.array(z.object({ name: z.string() })) });

const found = async (search: string): Promise<z.infer<typeof Suppliers>> =>
  Suppliers.parse(
    await rialto.request('GET', `/v1/suppliers?search=${encodeURIComponent(search)}`),
  );

/** How long it takes until so many suppliers are found by a word. */
async function until(search: string, total: number): Promise<number> {
  const since = performance.now();
  for (;;) {
    if ((await found(search)).total === total) return performance.now() - since;
    const waited = performance.now() - since;
    if (waited > WAIT_MS_MAX) throw new Error(`'${search}' was not found ${total} times`);
    await pause(25);
  }
}

/** Waits until the log is followed, so that a change is told and not asked for. */
async function followed(): Promise<void> {
  for (let waited = 0; waited < WAIT_MS_MAX; waited += 50) {
    const [slot] = await rows(
      erp.kysely,
      sql`select 1 from pg_stat_replication where application_name = 'rialto follow'`,
    );
    if (slot !== undefined) return;
    await pause(50);
  }
  throw new Error('nobody follows the log');
}

test('how far it is behind the log is in its health, and a person can see it', async () => {
  await followed();
  const { logs } = Health.parse(await rialto.request('GET', '/v1/integrations/erp/health'));
  expect(logs).toMatchObject([
    { entity: 'suppliers', state: 'kept', followed: true, warned: false },
  ]);
  expect(logs[0]?.behindBytes).toBeGreaterThanOrEqual(0);
  const { output } = await rialto.command('connection', 'erp');
  expect(output).toMatch(/log of suppliers +kept: \d+ kB behind, listened to now/);
});

test('what is changed there is here soon after, by itself', async () => {
  expect((await found('Vendor')).total).toBe(2_500);
  const took: number[] = [];
  for (const round of [1, 2, 3, 4, 5]) {
    await followed();
    await rows(erp.kysely, sql`update vendor set name = ${`Told ${round}`} where id = 7`);
    took.push(await until(`Told ${round}`, 1));
  }
  await followed();
  await rows(erp.kysely, sql`delete from vendor where id = 7`);
  await until('Told', 0);
  expect(took).toHaveLength(5);
}, 240_000);

test('what happened while Rialto was killed is read when it is back', async () => {
  await followed();
  await rows(erp.kysely, sql`update vendor set name = 'Killed ' || id where id <= 500`);
  await rialto.stop('SIGKILL');
  await rows(
    erp.kysely,
    sql`update vendor set name = 'Killed ' || id where id between 501 and 900`,
  );
  await rows(erp.kysely, sql`delete from vendor where id between 11 and 20`);
  rialto = await start();
  await until('Killed', 889);
  expect((await found('Vendor')).total).toBe(2_500 - 900);
}, 240_000);

test('the connection test tells how far the slot is behind', async () => {
  const tested = await rialto.command('test', 'erp');
  expect(tested.output).toMatch(
    /changes of suppliers +the slot rialto_erp_suppliers_\w+ keeps \d+/,
  );
}, 120_000);

/** Drops the slots whoever reads them; a reader that has come back meanwhile is ended again. */
async function dropSlots(): Promise<string> {
  await rows(
    erp.kysely,
    sql`select pg_terminate_backend(active_pid) from pg_replication_slots where active_pid is not null`,
  );
  return await rows(
    erp.kysely,
    sql`select pg_drop_replication_slot(slot_name) from pg_replication_slots`,
  ).then(
    () => 'dropped',
    () => 'still read',
  );
}

test('a slot that was dropped is told, and everything is read again', async () => {
  await followed();
  await expect.poll(dropSlots, { timeout: 60_000 }).toBe('dropped');
  await rows(erp.kysely, sql`update vendor set name = 'After the loss' where id = 30`);
  await until('After the loss', 1);
  const runs = await rialto.request('GET', '/v1/runs?search=lost');
  expect(JSON.stringify(runs)).toContain(
    'suppliers was read whole, since the place it had reached was lost',
  );
}, 240_000);

test('a connection that is forgotten leaves no slot behind', async () => {
  expect(await rialto.command('disconnect', 'erp')).toMatchObject({ exitCode: 0 });
  expect(await rows(erp.kysely, sql`select slot_name from pg_replication_slots`)).toEqual([]);
  expect(await rows(erp.kysely, sql`select pubname from pg_publication`)).toEqual([]);
}, 120_000);
