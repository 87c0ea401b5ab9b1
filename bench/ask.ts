// Asks the AdventureWorks warehouse every phrasing of the scenarios, three times over, in one process:
// how long from the words to the answer, by the kind of answer. `npm run bench -- ask`
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { connectFile, localFolder, parseFileLayout } from '#adapters/file';
import { ask } from '#assistant';
import type { Answer } from '#assistant';
import { migrate, openDatabase, startEmbedded } from '#database';
import type { Database } from '#database';
import { localDate, systemClock } from '#kernel/time';
import { recordsMigrations } from '#records';
import { DIMENSIONS, memberIndex, METRICS, runQuery } from '#semantic';
import { createIntegration, loadPack, startSync, syncMigrations } from '#sync';
import { openWarehouse, rebuild } from '#warehouse';
import type { Warehouse } from '#warehouse';
import type { MemberIndex } from '#semantic';
import { PHRASINGS } from '../scenarios/adventureworks/phrasings.ts';
import type { Phrasing } from '../scenarios/adventureworks/phrasings.ts';

const SHARED = process.env['RIALTO_SHARED'] ?? join(import.meta.dirname, '..', '..', 'shared');
const ADVENTUREWORKS = join(SHARED, 'data', 'adventureworks');
const AS_OF = localDate('2025-10-31');
const ROUNDS = 3;
const CATALOGUE = { metrics: METRICS, dimensions: DIMENSIONS };

type Timed = { readonly kind: string; readonly wholeMs: number; readonly queryMs: number };

/** Loads the public orders as a user would: files, records, warehouse. */
async function load(database: Database, warehouse: Warehouse): Promise<void> {
  await migrate(database, [recordsMigrations, syncMigrations]);
  const mapping = await loadPack('adventureworks');
  const settings = { path: ADVENTUREWORKS };
  await createIntegration(database, { name: 'bench', adapter: 'file', settings, mapping });
  const adapters: Parameters<typeof startSync>[0]['adapters'] = ({ pack }) => {
    const layout = parseFileLayout('layout' in pack ? pack.layout : {});
    return connectFile({ folder: localFolder(ADVENTUREWORKS), layout, stabilityMs: 0 });
  };
  await startSync({ database, clock: systemClock, adapters }, 'bench');
  await rebuild({ database, warehouse });
}

async function measure(warehouse: Warehouse): Promise<readonly Timed[]> {
  const members = await memberIndex(warehouse);
  const asked = PHRASINGS.flatMap((phrasing) => Array.from({ length: ROUNDS }, () => phrasing));
  const [first] = PHRASINGS;
  const times: Timed[] = [];
  if (first !== undefined) {
    const { wholeMs } = await askOnce(warehouse, members, first);
    console.log(`first question, which builds the word and name indexes: ${wholeMs.toFixed(0)} ms`);
  }
  for (const phrasing of asked) times.push(await askOnce(warehouse, members, phrasing));
  return times;
}

async function askOnce(
  warehouse: Warehouse,
  members: MemberIndex,
  { question, locale }: Phrasing,
): Promise<Timed> {
  let queryMs = 0;
  const start = performance.now();
  const answer = await ask({
    question,
    locale,
    asOf: AS_OF,
    catalogue: CATALOGUE,
    members,
    run: async (query) => {
      const from = performance.now();
      const result = await runQuery(warehouse, query);
      queryMs += performance.now() - from;
      return result;
    },
  });
  return { kind: kindOf(answer), wholeMs: performance.now() - start, queryMs };
}

function kindOf({ status, query, columns }: Answer): string {
  if (status !== 'answered') return 'asked back or declined';
  if ('compare' in query && query.compare !== undefined) return 'comparison';
  if ('share' in query && query.share === true) return 'share';
  const cuts = columns.filter((column) => column.role === 'dimension');
  if (cuts.length === 0) return 'one number';
  if (cuts.length > 2) return 'list of records';
  return cuts.some((column) => column.type === 'date') ? 'trend' : 'ranking or split';
}

/** A quantile, nearest rank. */
const at = (values: readonly number[], part: number): string =>
  (values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0).toFixed(1);

function row(kind: string, times: readonly Timed[]): Readonly<Record<string, string | number>> {
  const whole = times.map((time) => time.wholeMs).toSorted((a, b) => a - b);
  const own = times.map((time) => time.wholeMs - time.queryMs).toSorted((a, b) => a - b);
  return {
    answer: kind,
    asked: times.length,
    'p50 ms': at(whole, 0.5),
    'p95 ms': at(whole, 0.95),
    'max ms': at(whole, 1),
    'words only, p50 ms': at(own, 0.5),
    'words only, p95 ms': at(own, 0.95),
  };
}

async function main(): Promise<void> {
  if (!existsSync(ADVENTUREWORKS)) {
    console.log(`AdventureWorks is not at ${ADVENTUREWORKS}: set RIALTO_SHARED.`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-'));
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const database = await openDatabase({ url: server.url });
  const file = join(folder, 'warehouse.duckdb');
  const warehouse = await openWarehouse({ file, memoryLimitMb: 256, fiscalYearStartMonth: 1 });
  try {
    await load(database, warehouse);
    const before = loadavg()[0]?.toFixed(1) ?? '';
    const times = await measure(warehouse);
    const kinds = [...new Set(times.map((time) => time.kind))].toSorted();
    const memory = (totalmem() / 2 ** 30).toFixed(0);
    console.log(
      `ask: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${memory} GB, Node ${process.version}; ` +
        `load average ${before} before, ${loadavg()[0]?.toFixed(1) ?? ''} after`,
    );
    console.table([
      ...kinds.map((kind) =>
        row(
          kind,
          times.filter((time) => time.kind === kind),
        ),
      ),
      row('all', times),
    ]);
  } finally {
    await warehouse.close();
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
