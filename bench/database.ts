// Reads purchase orders with two lines each from a PostgreSQL and a MariaDB (Debian's): what the
// adapter takes from it alone, and synced into records: first load, all read again, changes only.
// `npm run bench -- database [--orders 100000]`
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DocumentAdapter } from '#adapter-kit';
import { connectDatabase, shippedProfile } from '#adapters/database';
import type { DatabaseSettings } from '#adapters/database';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { postingsMigrations } from '#postings';
import { recordsMigrations } from '#records';
import { createIntegration, startSync, syncMigrations } from '#sync';
import { startMariadb } from '../src/adapters/database/testing/mariadb.ts';

type Line = Readonly<Record<string, string | number>>;
type Server = { readonly name: string; readonly settings: Omit<DatabaseSettings, 'profile'> };

const { values } = parseArgs({ options: { orders: { type: 'string', default: '100000' } } });
const orders = Number(values.orders);

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-database-'));
  const postgres = await startEmbedded({ folder: join(folder, 'postgres') });
  const mariadb = await startMariadb();
  const loadBefore = loadavg()[0]?.toFixed(1) ?? '';
  const lines: Line[] = [];
  try {
    const database = await openDatabase({ url: postgres.url });
    await migrate(database, [recordsMigrations, syncMigrations, postingsMigrations]);
    const servers = [await fillPostgres(database, postgres.url), await fillMariadb(mariadb)];
    for (const measured of [readAlone, syncIn]) {
      for (const server of servers) lines.push(...(await measured(server, database)));
    }
    await database.close();
  } finally {
    await mariadb.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const load = `${loadBefore} before, ${loadavg()[0]?.toFixed(1) ?? ''} after`;
  console.log(
    `database: ${orders} orders, ${2 * orders} lines; ${cpus().length} × ` +
      `${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ` +
      `Node ${process.version}; load average ${load}`,
  );
  console.table(lines);
}

function adapterOf({ settings }: Server): DocumentAdapter {
  const profile = shippedProfile('purchasing-tables');
  if (profile === undefined) throw new Error('it ships');
  return connectDatabase({ ...settings, profile });
}

async function readAlone(server: Server): Promise<readonly Line[]> {
  const adapter = adapterOf(server);
  return [await timed(`${server.name}: read alone`, async () => await readAll(adapter))];
}

async function syncIn(server: Server, database: Database): Promise<readonly Line[]> {
  const { name } = server;
  const adapter = adapterOf(server);
  await createIntegration(database, {
    name,
    adapter: 'database',
    settings: {},
    mapping: 'purchasing-tables',
  });
  return [
    await timed(`${name}: first load`, async () => await syncOnce(database, name, adapter)),
    await timed(
      `${name}: all again, unchanged`,
      async () => await syncOnce(database, name, adapter, true),
    ),
    await timed(`${name}: changes only, none`, async () => await syncOnce(database, name, adapter)),
  ];
}

async function timed(what: string, work: () => Promise<number>): Promise<Line> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const documents = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.error(`${what}: ${seconds.toFixed(2)} s`);
  return {
    what,
    documents,
    seconds: seconds.toFixed(2),
    'documents/s': Math.round(documents / seconds),
    'rows/s': Math.round((documents * 3) / seconds), // An order is a header and two lines.
    'CPU s': ((user + system) / 1e6).toFixed(2),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function readAll(adapter: DocumentAdapter): Promise<number> {
  let count = 0;
  const pages = adapter.pull('purchase-orders', { mode: 'snapshot' }, AbortSignal.timeout(3.6e6));
  for await (const { documents } of pages) count += documents.length;
  if (count !== orders) throw new Error(`${count} of ${orders} were read`);
  return count;
}

async function syncOnce(
  database: Database,
  name: string,
  adapter: DocumentAdapter,
  full = false,
): Promise<number> {
  const run = await startSync({ database, clock: systemClock, adapters: () => adapter }, name, {
    full,
  });
  const [of] = run.entities.filter(({ kind }) => kind === 'purchase-order');
  if (run.status !== 'done' || of?.quarantined !== 0) throw new Error(JSON.stringify(run));
  return of.read;
}

const TABLES = [
  `create table supplier (id int primary key, number varchar(20), name varchar(100), status varchar(20),
    currency char(3), country char(2), city varchar(50), payment_terms varchar(50), updated_at timestamp(6) not null)`,
  `create table item (id int primary key, number varchar(20), name varchar(100), kind varchar(20),
    status varchar(20), unit varchar(10), category varchar(50), standard_cost decimal(18, 6),
    cost_currency char(3), updated_at timestamp(6) not null)`,
  `create table purchase_order (id int primary key, number varchar(20), supplier_id int, status varchar(20),
    ordered_on date, currency char(3), net_amount decimal(18, 4), requester varchar(50), updated_at timestamp(6) not null)`,
  `create table purchase_order_line (order_id int, line_no int, item_id int, text varchar(100),
    quantity decimal(12, 3), unit varchar(10), received decimal(12, 3), rejected decimal(12, 3),
    unit_price decimal(18, 6), net_amount decimal(18, 4), promised_on date, primary key (order_id, line_no))`,
  'create index purchase_order_updated on purchase_order (updated_at)',
];

/** Rows from a table of numbers `n`, which each server makes in a way of its own. */
const fillingOf = (numbers: (count: number) => string): readonly string[] => [
  `insert into supplier select n, concat('S-', n), concat('Supplier ', n), 'active', 'EUR', 'DE', 'Ulm',
    '30 days', '2026-01-01 00:00:00' from ${numbers(1000)}`,
  `insert into item select n, concat('P-', n), concat('Part ', n), 'stock', 'active', 'C62', 'Parts', 1.25,
    'EUR', '2026-01-01 00:00:00' from ${numbers(1000)}`,
  `insert into purchase_order select n, concat('PO-', n), 1 + mod(n, 1000), 'issued', '2026-01-01', 'EUR', 12.5,
    'ann', case when mod(n, 2) = 0 then '2026-01-01 10:00:00.000001' else '2026-01-02 10:00:00.123456' end
    from ${numbers(orders)}`,
  ...[1, 2].map(
    (
      line,
    ) => `insert into purchase_order_line select n, ${line}, 1 + mod(n, 1000), null, 5, 'C62', 0, 0,
    1.25, 6.25, '2026-02-01' from ${numbers(orders)}`,
  ),
];

async function fillPostgres(database: Database, url: string): Promise<Server> {
  await rows(database.kysely, sql`create database source`);
  const at = new URL(url);
  at.pathname = '/source';
  const source = await openDatabase({ url: at.href });
  const filling = fillingOf((count) => `generate_series(1, ${count}) as t(n)`);
  for (const statement of [...TABLES, ...filling, 'analyze']) {
    const typed = statement.replaceAll(/'(2026[^']*)'/g, (_, day: string) =>
      day.length > 10 ? `timestamp '${day}'` : `date '${day}'`,
    );
    await rows(source.kysely, sql`${sql.raw(typed)}`);
  }
  await source.close();
  return {
    name: 'postgresql',
    settings: {
      dialect: 'postgresql',
      host: at.hostname,
      port: Number(at.port),
      database: 'source',
      user: at.username,
      password: decodeURIComponent(at.password),
      networks: ['127.0.0.1'],
      tls: 'off',
    },
  };
}

async function fillMariadb(mariadb: Awaited<ReturnType<typeof startMariadb>>): Promise<Server> {
  const source = await mariadb.database();
  const filling = fillingOf((count) => `(select seq as n from seq_1_to_${count}) as t`);
  for (const statement of [...TABLES, ...filling]) await source.run(statement);
  await source.run('analyze table purchase_order, purchase_order_line');
  return { name: 'mariadb', settings: source.settings };
}

await main();
