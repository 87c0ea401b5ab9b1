// Writes the history of a company into an empty ERP, as `rialto simulate --speed fast` does.
// `npm run bench -- living-company [--size medium] [--months 36] [--seed 7]`
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database } from '#database';
import { addDays, addMonths, localDate, systemClock } from '#kernel/time';
import { NEEDED_TABLES, writeHistory } from '#living-company';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'medium' },
    months: { type: 'string', default: '36' },
    seed: { type: 'string', default: '7' },
  },
});
const SIZES = { small: 'small', medium: 'medium', large: 'large' } as const;

/** A PostgreSQL's processes, the one that started them first (Linux). */
async function processesOf(folder: string): Promise<readonly string[]> {
  const pidFile = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = pidFile.split('\n')[0] ?? '';
  const all = await readdir('/proc').catch(() => []);
  const parents = await Promise.all(
    all.map(async (pid) => ({ pid, parent: (await statOf(pid))[1] })),
  );
  const children = parents.filter(({ parent }) => parent === postmaster);
  return [postmaster, ...children.map(({ pid }) => pid)];
}

async function statOf(pid: string): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Processor time of a PostgreSQL and all its processes so far, those that have ended too. */
async function serverSeconds(folder: string): Promise<number> {
  const stats = await Promise.all((await processesOf(folder)).map(statOf));
  const ticks = stats.map((fields, at) => {
    const own = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    const ended = at === 0 ? Number(fields[13] ?? 0) + Number(fields[14] ?? 0) : 0;
    return own + ended;
  });
  return ticks.reduce((sum, each) => sum + each, 0) / 100;
}

/** What its processes hold of memory, what they share counted once, in MB. */
async function serverMemory(folder: string): Promise<number> {
  const kilobytes = await Promise.all(
    (await processesOf(folder)).map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1_000;
}

/** Rows of all tables. */
async function countRows(database: Database): Promise<number> {
  await rows(database.kysely, sql`analyze`);
  const [found] = await rows<{ count: string }>(
    database.kysely,
    sql`select sum(reltuples)::bigint::text as count from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname like 'erp%'`,
  );
  return Number(found?.count ?? 0);
}

const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-living-'));
const server = await startEmbedded({ folder: join(folder, 'postgres') });
const load = loadavg()[0]?.toFixed(1) ?? '';
try {
  const database = await openDatabase({ url: server.url, poolSizeMax: 4 });
  await migrate(database, NEEDED_TABLES);
  const size = values.size === 'small' || values.size === 'large' ? values.size : 'medium';
  const startedOn = localDate('2023-01-01');
  const until = addDays(addMonths(startedOn, Number(values.months)), -1);
  const cluster = join(folder, 'postgres', 'cluster');
  const theirs = await serverSeconds(cluster);
  const peak = { node: 0, server: 0 };
  const look = async (): Promise<void> => {
    peak.node = Math.max(peak.node, process.memoryUsage().rss / 1e6);
    peak.server = Math.max(peak.server, await serverMemory(cluster));
  };
  const watching = setInterval(() => void look(), 2_000);
  const [began, spent] = [performance.now(), process.cpuUsage()];
  const plan = { size: SIZES[size], seed: Number(values.seed), startedOn };
  const history = await writeHistory(
    { database, clock: systemClock },
    { plan, until, by: 'bench' },
  );
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(spent);
  const served = (await serverSeconds(cluster)) - theirs;
  clearInterval(watching);
  const [orders] = await rows<{ count: string }>(
    database.kysely,
    sql`select ((select count(*) from erp_sales.sales_order)
      + (select count(*) from erp_purchasing.purchase_order)
      + (select count(*) from erp_production.work_order))::text as count`,
  );
  console.table([
    {
      size,
      months: values.months,
      orders: Number(orders?.count ?? 0),
      documents: history.documents,
      rows: await countRows(database),
      oddities: history.oddities,
      seconds: seconds.toFixed(1),
      'CPU s of Node': ((user + system) / 1e6).toFixed(1),
      'of PostgreSQL': served.toFixed(1),
      'peak RSS MB': Math.round(peak.node),
      'peak MB of PostgreSQL': Math.round(peak.server),
    },
  ]);
  console.log('refused:', history.refused);
  console.log(`load before ${load}, after ${loadavg()[0]?.toFixed(1)}`);
  await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
