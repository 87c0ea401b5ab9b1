// Syncs in over HTTP from the hostile ERP (a process of its own): first load, all read again
// unchanged, changes only; then with 150 ms of latency, 200-row pages and a limit of 8 at once; beside
// it what one would write otherwise: CSV, upserted in batches with pg.
// `npm run bench -- pull [--suppliers 10000] [--orders 50000] [--first]`; `--first`: the first load of
// everything alone, for what takes long: `-- --orders 1000000 --first`.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
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

const PackFile = z.looseObject({ mappings: z.array(z.looseObject({ from: z.string() })) });
const ProfileFile = z.looseObject({
  entities: z.record(z.string(), z.looseObject({ paging: z.looseObject({}) })),
});

type Line = Readonly<Record<string, string | number>>;

const ERP = join(import.meta.dirname, '..', 'simulators', 'hostile-erp');
const PAGED = { rows: 200, atOnce: 8, latencyMs: 150 };
const BATCH = 1_000;

const { values } = parseArgs({
  options: {
    suppliers: { type: 'string', default: '10000' },
    orders: { type: 'string', default: '50000' },
    first: { type: 'boolean', default: false },
  },
});

/** Whose processor time is told beside one's own. */
const others = { postgresql: 0, erp: 0 };

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-pull-'));
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const erp = await startErp(folder);
  others.postgresql = postmasterIn(join(folder, 'postgres', 'cluster'));
  others.erp = erp.process.pid ?? 0;
  const lines: Line[] = [];
  const loadBefore = loadavg()[0]?.toFixed(1) ?? '';
  try {
    const database = await openDatabase({ url: server.url });
    await migrate(database, [recordsMigrations, syncMigrations, postingsMigrations]);
    if (values.first) {
      const wanted = { name: 'all', adapter: await connect(erp.url, {}) };
      lines.push(await syncOnce(database, wanted, 'first load'));
    } else {
      for (const line of await quickly(database, erp.url)) lines.push(line);
      lines.push(await slowly(database, erp.url));
      lines.push(await otherwise(database, folder));
    }
    await database.close();
  } finally {
    erp.process.kill('SIGKILL');
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
  const suppliers = await connect(url, { only: ['suppliers'] });
  const all = await connect(url, {});
  const lines = [
    await syncOnce(
      database,
      { name: 'suppliers', adapter: suppliers, only: ['suppliers'] },
      'first load',
    ),
    await syncOnce(database, { name: 'all', adapter: all }, 'first load'),
    await syncOnce(database, { name: 'all', adapter: all, full: true }, 'read again, unchanged'),
    await syncOnce(database, { name: 'all', adapter: all }, 'changes only: none'),
  ];
  return lines;
}

/** As far away and as strict as a real ERP: latency and its limit decide. */
async function slowly(database: Database, url: string): Promise<Line> {
  const { latencyMs, atOnce, rows: size } = PAGED;
  await faults(url, { latencyMs: [latencyMs, latencyMs], concurrencyMax: atOnce });
  try {
    const adapter = await connect(url, { size });
    const what = `first load, ${latencyMs} ms, ${size} rows a page, 429 beyond ${atOnce} at once`;
    return await syncOnce(database, { name: 'far', adapter }, what);
  } finally {
    await faults(url, {});
  }
}

type Wanted = {
  readonly name: string;
  readonly adapter: HttpAdapter;
  readonly only?: readonly string[];
  readonly full?: boolean;
};

async function syncOnce(database: Database, wanted: Wanted, what: string): Promise<Line> {
  const { name, adapter, only, full = false } = wanted;
  const text = await readFile(join(ERP, 'pack.json'), 'utf8');
  const whole = PackFile.parse(JSON.parse(text));
  const mappings = whole.mappings.filter(({ from }) => only?.includes(from) ?? true);
  const mapping = parsePack(name, { ...whole, mappings });
  await createIntegration(database, { name, adapter: 'http', settings: {}, mapping }).catch(
    () => undefined, // It is there from the run before.
  );
  const measured = measure();
  const run = await startSync({ database, clock: systemClock, adapters: () => adapter }, name, {
    full,
  });
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
async function connect(
  url: string,
  how: { readonly only?: readonly string[]; readonly size?: number },
): Promise<HttpAdapter> {
  const text = await readFile(join(ERP, 'profile.json'), 'utf8');
  const profile = ProfileFile.parse(JSON.parse(text));
  const { size } = how;
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

async function startErp(
  folder: string,
): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const size = ['--suppliers', values.suppliers, '--items', '1000', '--orders', values.orders];
  const ledger = ['--ledger', join(folder, 'ledger.jsonl'), '--leashed'];
  const child = spawn(process.execPath, [join(ERP, 'serve.ts'), ...size, ...ledger], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = z
    .tuple([z.string()])
    .parse(await once(createInterface({ input: child.stdout }), 'line'));
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
  return { url, process: child };
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
