// Syncs in over HTTP from the hostile ERP (a process of its own): suppliers, then orders with their lines,
// all read again unchanged, changes only; then 100,000 records of an ERP that is far away: 150 ms of latency,
// 200-row pages and a limit of 8 at once; beside it what one would write otherwise: CSV, upserted in
// batches with pg. `npm run bench -- pull [--suppliers 10000] [--orders 50000] [--first] [--far]`; `--first`:
// the first load of everything alone, for what takes long: `-- --orders 1000000 --first`; `--far`: that alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { connectHttp, parseHttpProfile } from '#adapters/http';
import type { HttpAdapter } from '#adapters/http';
import { migrate, openDatabase, rows, sql, startEmbedded, transact } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { postingsMigrations } from '#postings';
import { recordsMigrations } from '#records';
import { createIntegration, parsePack, startSync, syncMigrations } from '#sync';
import { familySeconds, postmasterIn, secondsOf } from './process-family.ts';

const ProfileFile = z.looseObject({
  entities: z.record(z.string(), z.looseObject({ paging: z.looseObject({}) })),
});

type Line = Readonly<Record<string, string | number>>;

const ERP = join(import.meta.dirname, '..', 'simulators', 'hostile-erp');
const PAGED = { rows: 200, atOnce: 8, latencyMs: 150 };
const FAR = { suppliers: '49000', items: '1000', orders: '50000' };
const BATCH = 1_000;

const { values } = parseArgs({
  options: {
    suppliers: { type: 'string', default: '10000' },
    orders: { type: 'string', default: '50000' },
    items: { type: 'string', default: '1000' },
    first: { type: 'boolean', default: false },
    far: { type: 'boolean', default: false },
  },
});

/** Whose processor time is told beside one's own. */
const others = { postgresql: 0, erp: 0 };

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-pull-'));
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  others.postgresql = postmasterIn(join(folder, 'postgres', 'cluster'));
  const lines: Line[] = [];
  const loadBefore = loadavg()[0]?.toFixed(1) ?? '';
  try {
    const database = await openDatabase({ url: server.url });
    await migrate(database, [recordsMigrations, syncMigrations, postingsMigrations]);
    if (!values.far) {
      const near = await withErp(folder, values, (url) => quickly(database, url));
      for (const line of near) lines.push(line);
    }
    if (!values.first) {
      const far = await withErp(folder, FAR, (url) => slowly(database, url));
      for (const line of far) lines.push(line);
      lines.push(await otherwise(database, folder));
    }
    await database.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = `${loadBefore} before, ${loadavg()[0]?.toFixed(1) ?? ''} after`;
  console.log(
    `pull: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${memory} GB, ` +
      `Node ${process.version}; load average ${load}`,
  );
  console.table(lines);
}

/** No latency, pages of 500: the machine is the limit. */
async function quickly(database: Database, url: string): Promise<readonly Line[]> {
  const adapter = await connect(url, {});
  const all = { name: 'all', adapter };
  if (values.first) return [await syncOnce(database, all, 'everything, first load')];
  const suppliers = { ...all, entities: ['suppliers'] };
  const orders = { ...all, entities: ['purchase-orders'] };
  return [
    await syncOnce(database, suppliers, 'suppliers, first load'),
    await syncOnce(database, { ...all, entities: ['items'] }, 'items, first load'),
    await syncOnce(database, orders, 'orders with lines, first load'),
    await syncOnce(database, { ...all, full: true }, 'everything read again, unchanged'),
    await syncOnce(database, all, 'everything, changes only: none'),
  ];
}

/** As far away and as strict as a real ERP: latency and its limit decide. */
async function slowly(database: Database, url: string): Promise<readonly Line[]> {
  const { latencyMs, atOnce, rows: size } = PAGED;
  await faults(url, { latencyMs: [latencyMs, latencyMs], concurrencyMax: atOnce });
  try {
    const adapter = await connect(url, { size });
    const how = `${latencyMs} ms, ${size} rows a page, 429 beyond ${atOnce} at once`;
    return [
      await syncOnce(database, { name: 'far', adapter }, `first load, ${how}`),
      await syncOnce(database, { name: 'far', adapter }, 'the same, changes only: none'),
    ];
  } finally {
    await faults(url, {});
  }
}

type Wanted = {
  readonly name: string;
  readonly adapter: HttpAdapter;
  readonly entities?: readonly string[];
  readonly full?: boolean;
};

async function syncOnce(database: Database, wanted: Wanted, what: string): Promise<Line> {
  const { name, adapter, ...options } = wanted;
  const text = await readFile(join(ERP, 'pack.json'), 'utf8');
  const mapping = parsePack(name, JSON.parse(text));
  await createIntegration(database, { name, adapter: 'http', settings: {}, mapping }).catch(
    () => undefined, // It is there from the run before.
  );
  const measured = measure();
  const deps = { database, clock: systemClock, adapters: () => adapter };
  const run = await startSync(deps, name, options);
  if (run.status !== 'done' || run.notReady.length > 0) {
    throw new Error(`${name}, ${what}: ${run.message ?? run.status}`);
  }
  const records = run.entities.reduce((sum, entity) => sum + entity.read, 0);
  return { what, ...measured(records) };
}

/** The script one would write: COPY-less, batches of upserts, no log, no checks, no deletions. */
async function otherwise(database: Database, folder: string): Promise<Line> {
  const count = Number(values.suppliers) + Number(values.orders);
  const file = join(folder, 'flat.csv');
  await writeFile(
    file,
    Array.from({ length: count }, (_, at) => `${at},Name ${at},Some city,EUR,2026-01-31\n`).join(
      '',
    ),
  );
  await rows(
    database.kysely,
    sql`create table flat (id text primary key, name text, city text, currency text, day date)`,
  );
  const measured = measure();
  let batch: string[][] = [];
  const flush = async (): Promise<void> => {
    const of = (at: number): string[] => batch.map((cells) => cells[at] ?? '');
    await transact(database, (tx) =>
      rows(
        tx,
        sql`insert into flat select * from unnest(${of(0)}::text[], ${of(1)}::text[],
            ${of(2)}::text[], ${of(3)}::text[], ${of(4)}::date[])
          on conflict (id) do update set name = excluded.name, city = excluded.city,
            currency = excluded.currency, day = excluded.day`,
      ),
    );
    batch = [];
  };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    batch.push(line.split(','));
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return {
    what: 'otherwise: CSV, upserted in batches with pg, five flat columns',
    ...measured(count),
  };
}

/** Measures from now on until it is asked: wall clock, processor time of all three, memory. */
function measure(): (records: number) => Line {
  const began = performance.now();
  const busy = process.cpuUsage();
  const [theirs, erps] = [familySeconds(others.postgresql), secondsOf(others.erp)];
  const watch = watchMemory();
  return (records) => {
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(busy);
    return {
      records,
      seconds: seconds.toFixed(1),
      'records/s': Math.round(records / seconds),
      'own cpu s': ((user + system) / 1e6).toFixed(1),
      'pg cpu s': (familySeconds(others.postgresql) - theirs).toFixed(1),
      'erp cpu s': (secondsOf(others.erp) - erps).toFixed(1),
      'peak MB': watch(),
    };
  };
}

/** The simulator through its profile; `size`: pages by offset, so that several can be asked at once. */
async function connect(url: string, { size }: { readonly size?: number }): Promise<HttpAdapter> {
  const text = await readFile(join(ERP, 'profile.json'), 'utf8');
  const profile = ProfileFile.parse(JSON.parse(text));
  if (size !== undefined) {
    for (const entity of Object.values(profile.entities)) {
      entity.paging = {
        style: 'offset',
        parameter: 'offset',
        size: { parameter: 'limit', rows: size },
        total: 'total',
        stable: true, // Its rows do not shift while they are read: pages may be asked for ahead.
      };
    }
  }
  return connectHttp({
    profile: parseHttpProfile(profile),
    baseUrl: url,
    credentials: { clientId: 'rialto', clientSecret: 'secret' },
    networks: ['127.0.0.0/8'],
  });
}

type Size = { readonly suppliers: string; readonly items: string; readonly orders: string };

/** An ERP of that size, for as long as it is asked. */
async function withErp<T>(
  folder: string,
  { suppliers, items, orders }: Size,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const size = ['--suppliers', suppliers, '--items', items, '--orders', orders];
  const ledger = ['--ledger', join(folder, `ledger-${suppliers}-${orders}.jsonl`), '--leashed'];
  const child = spawn(process.execPath, [join(ERP, 'serve.ts'), ...size, ...ledger], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  others.erp = child.pid ?? 0;
  try {
    const [line] = z
      .tuple([z.string()])
      .parse(await once(createInterface({ input: child.stdout }), 'line'));
    return await use(z.object({ url: z.string() }).parse(JSON.parse(line)).url);
  } finally {
    child.kill('SIGKILL');
    others.erp = 0;
  }
}

async function faults(url: string, wanted: object): Promise<void> {
  const body = JSON.stringify(wanted);
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${url}/control/faults`, { method: 'PUT', headers, body });
  if (!reply.ok) throw new Error(`the ERP refused its faults: ${reply.status}`);
}

/** Peak resident memory of this process until it is asked for, in MB; PostgreSQL and the ERP apart. */
function watchMemory(): () => number {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  return () => {
    clearInterval(timer);
    return Math.round(Math.max(peak, process.memoryUsage.rss()) / 2 ** 20);
  };
}

await main();
