// Syncs real files: first load, unchanged, one row changed, 1 % changed; AdventureWorks at 1×, 10×,
// 50×, and 100,000 flat records. Each size runs in a process of its own, so that its peak memory is its own.
// Then the same over HTTP from the hostile ERP (`pull.ts`). `npm run bench -- sync [flat] [1] [10] [50] [erp]`
import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { connectFile, localFolder, parseFileLayout } from '#adapters/file';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, loadPack, startSync, syncMigrations } from '#sync';
import type { Pack, RunSummary } from '#sync';
import { familySeconds, postmasterIn } from './process-family.ts';

const SHARED = process.env['RIALTO_SHARED'] ?? join(import.meta.dirname, '..', '..', 'shared');
const ADVENTUREWORKS = join(SHARED, 'data', 'adventureworks');
const FLAT = 100_000;

type Line = Readonly<Record<string, string | number>>;

const FLAT_PACK: Pack = {
  name: 'flat',
  version: 1,
  title: 'One flat file',
  adapter: 'file',
  layout: {
    entities: {
      suppliers: {
        file: 'suppliers.csv',
        delimiter: '\t',
        encoding: 'utf-8',
        header: false,
        columns: ['number', 'name', 'category', 'country', 'city', 'terms', 'preferred', 'note'],
      },
    },
  },
  mappings: [
    {
      kind: 'supplier',
      from: 'suppliers',
      key: { column: 'number' },
      fields: {
        number: { column: 'number' },
        name: { column: 'name' },
        status: { const: 'active' },
        category: { column: 'category' },
        country: { column: 'country' },
        city: { column: 'city' },
        paymentTerms: { column: 'terms' },
        preferred: { op: 'boolean', of: { column: 'preferred' }, true: ['1'], false: ['0'] },
        extensions: { op: 'object', fields: { note: { column: 'note' } } },
      },
    },
  ],
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2).filter((word) => word !== 'sync');
  const sizes =
    wanted.length > 0 ? wanted.filter((word) => word !== 'erp') : ['flat', '1', '10', '50'];
  if (sizes.length > 0) await measureFiles(sizes);
  if (wanted.length > 0 && !wanted.includes('erp')) return;
  const pull = [...process.execArgv, join(import.meta.dirname, 'pull.ts')];
  process.exitCode = spawnSync(process.execPath, pull, { stdio: 'inherit' }).status ?? 1;
}

/** Files of each size, and one table of all. */
async function measureFiles(sizes: readonly string[]): Promise<void> {
  if (!existsSync(ADVENTUREWORKS)) {
    console.log(
      `AdventureWorks is not at ${ADVENTUREWORKS}: set RIALTO_SHARED. Flat records only.`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-'));
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const lines: Line[] = [];
  const loadBefore = loadavg()[0]?.toFixed(1) ?? '';
  try {
    for (const size of sizes.filter((one) => one === 'flat' || existsSync(ADVENTUREWORKS))) {
      const environment = { ...process.env, BENCH_SIZE: size, BENCH_URL: server.url };
      const files = join(folder, `files-${size}`);
      const pid = String(postmasterIn(join(folder, 'postgres', 'cluster')));
      const child = spawnSync(process.execPath, [...process.execArgv, import.meta.filename], {
        env: { ...environment, BENCH_FILES: files, BENCH_POSTMASTER: pid },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (child.status !== 0) throw new Error(`the size ${size} failed`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed by measure() below.
      lines.push(...(JSON.parse(child.stdout) as Line[]));
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  console.log(
    `sync: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${memory} GB, Node ${process.version}; ` +
      `PostgreSQL durable, on the same cores; load average ${loadBefore} before, ` +
      `${loadavg()[0]?.toFixed(1) ?? ''} after`,
  );
  console.table(lines);
}

/** One size, in this process. */
async function measure(size: string, files: string, url: string): Promise<Line[]> {
  await mkdir(files, { recursive: true });
  const flat = size === 'flat';
  makeFiles('first');
  const database = await freshDatabase(url, size);
  try {
    const mapping = flat ? FLAT_PACK : await loadPack('adventureworks');
    const settings = { path: files };
    await createIntegration(database, { name: 'bench', adapter: 'file', settings, mapping });
    const label = flat ? '100,000 flat' : `AdventureWorks ${size}×`;
    const lines = [await once(database, files, label, 'first load')];
    lines.push(await once(database, files, label, 'unchanged'));
    makeFiles('touched');
    lines.push(await once(database, files, label, '1 row changed'));
    makeFiles('edited');
    lines.push(await once(database, files, label, '1 % changed'));
    return lines;
  } finally {
    await database.close();
  }
}

/** Writes the files in a process of its own: making them is not what is measured. */
function makeFiles(step: 'first' | 'touched' | 'edited'): void {
  const env = { ...process.env, BENCH_STEP: step };
  const child = spawnSync(process.execPath, [import.meta.filename], { env, stdio: 'inherit' });
  if (child.status !== 0) throw new Error('the files could not be made');
}

async function writeFiles(step: string, size: string, files: string): Promise<void> {
  const isEdited = (at: number): boolean =>
    step === 'touched' ? at === 1 : step === 'edited' && at % 100 === 0;
  if (size === 'flat') {
    await writeFlat(files, (at) => isEdited(at) || (step === 'edited' && at === 1));
  } else if (step === 'first') await multiply(files, Number(size));
  else await editOrders(files, isEdited);
}

async function once(database: Database, files: string, data: string, what: string): Promise<Line> {
  const began = performance.now();
  const busy = process.cpuUsage();
  const serverBusy = serverCpuSeconds();
  const run = await startSync(
    {
      database,
      clock: systemClock,
      adapters: ({ pack }) => {
        const layout = parseFileLayout('layout' in pack ? pack.layout : {});
        return connectFile({ folder: localFolder(files), layout, stabilityMs: 0 });
      },
    },
    'bench',
  );
  if (run.status !== 'done') throw new Error(`${data}, ${what}: ${run.message ?? run.status}`);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(busy);
  const records = sum(run, 'read');
  return {
    data,
    run: what,
    records,
    lines: run.entities.reduce((total, { lines = 0 }) => total + lines, 0),
    written: sum(run, 'created') + sum(run, 'changed'),
    held: sum(run, 'quarantined'),
    seconds: seconds.toFixed(2),
    'own CPU s': ((user + system) / 1e6).toFixed(2),
    'PostgreSQL CPU s': (serverCpuSeconds() - serverBusy).toFixed(2),
    'records/s': Math.round(records / seconds),
    'peak RSS MB': Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function sum(run: RunSummary, name: 'read' | 'created' | 'changed' | 'quarantined'): number {
  return run.entities.reduce((total, entity) => total + entity[name], 0);
}

async function freshDatabase(url: string, size: string): Promise<Database> {
  const server = await openDatabase({ url, poolSizeMax: 1 });
  const name = `bench_${size}`;
  await rows(server.kysely, sql`create database ${sql.id(name)}`);
  await server.close();
  const own = new URL(url);
  own.pathname = `/${name}`;
  const database = await openDatabase({ url: own.href });
  await migrate(database, [recordsMigrations, syncMigrations]);
  return database;
}

/** Processor time of PostgreSQL and its backends so far, where the system tells: on Linux. */
function serverCpuSeconds(): number {
  const pid = Number(process.env['BENCH_POSTMASTER'] ?? 0);
  return pid === 0 ? 0 : familySeconds(pid);
}

async function writeFlat(folder: string, isEdited: (at: number) => boolean): Promise<void> {
  const out = createWriteStream(join(folder, 'suppliers.csv'));
  for (let at = 1; at <= FLAT; at += 1) {
    const name = isEdited(at) ? `Renamed ${at}` : `Supplier ${at}`;
    const row = [
      `S${at}`,
      name,
      `C${at % 40}`,
      'DE',
      `City ${at % 900}`,
      '30 days',
      at % 2,
      'none',
    ];
    if (!out.write(`${row.join('\t')}\n`)) {
      await new Promise<void>((resolve) => {
        out.once('drain', resolve);
      });
    }
  }
  await new Promise<void>((resolve) => {
    out.end(resolve);
  });
}

/** Vendors, products, their prices and orders with lines, `times` over with fresh keys. */
async function multiply(folder: string, times: number): Promise<void> {
  await cp(ADVENTUREWORKS, folder, { recursive: true });
  const keys: Readonly<Record<string, readonly number[]>> = {
    Vendor: [0],
    Product: [0],
    ProductVendor: [0, 1],
    PurchaseOrderHeader: [0, 4],
    PurchaseOrderDetail: [0, 1, 4],
  };
  const unique: Readonly<Record<string, number>> = { Vendor: 1, Product: 2 };
  for (const [name, columns] of Object.entries(keys)) {
    const original = (await readFile(join(ADVENTUREWORKS, `${name}.csv`), 'utf8')).trimEnd();
    const records = original.split(/\r?\n/).map((line) => line.split('\t'));
    const out = createWriteStream(join(folder, `${name}.csv`));
    for (let copy = 0; copy < times; copy += 1) {
      const text = records.map((cells) => {
        const fresh = cells.map((cell, at) =>
          columns.includes(at) ? String(Number(cell) + copy * 1_000_000) : cell,
        );
        const at = unique[name];
        if (at !== undefined && copy > 0) fresh[at] = `${fresh[at] ?? ''}-${copy}`;
        return fresh.join('\t');
      });
      out.write(`${text.join('\n')}\n`);
    }
    await new Promise<void>((resolve) => {
      out.end(resolve);
    });
  }
}

/** Another ship method on some orders. */
async function editOrders(folder: string, isEdited: (at: number) => boolean): Promise<void> {
  const file = join(folder, 'PurchaseOrderHeader.csv');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const edited = lines.map((line, at) => {
    if (!isEdited(at)) return line;
    const cells = line.split('\t');
    cells[5] = cells[5] === '1' ? '2' : '1';
    return cells.join('\t');
  });
  await writeFile(file, `${edited.join('\n')}\n`);
}

const { BENCH_SIZE, BENCH_FILES, BENCH_URL, BENCH_STEP } = process.env;
if (BENCH_STEP !== undefined) {
  await writeFiles(BENCH_STEP, BENCH_SIZE ?? '', BENCH_FILES ?? '');
} else if (BENCH_SIZE !== undefined && BENCH_FILES !== undefined && BENCH_URL !== undefined) {
  process.stdout.write(JSON.stringify(await measure(BENCH_SIZE, BENCH_FILES, BENCH_URL)));
} else {
  await main();
}
