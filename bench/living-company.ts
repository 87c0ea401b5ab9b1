// Writes the history of a company into an empty ERP, as `rialto simulate --speed fast` does.
// `npm run bench -- living-company [--size medium] [--months 36] [--seed 7]`
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database } from '#database';
import { addDays, addMonths, localDate, systemClock } from '#kernel/time';
import { NEEDED_TABLES, writeHistory } from '#living-company';
import { memoryLatencyNs } from './memory-latency.ts';
import { familyMegabytes, familySeconds, postmasterIn } from './process-family.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'medium' },
    months: { type: 'string', default: '36' },
    seed: { type: 'string', default: '7' },
  },
});
const SIZES = { small: 'small', medium: 'medium', large: 'large' } as const;

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
const latencyNs = memoryLatencyNs();
const load = loadavg()[0]?.toFixed(1) ?? '';
try {
  const database = await openDatabase({ url: server.url, poolSizeMax: 4 });
  await migrate(database, NEEDED_TABLES);
  const size = values.size === 'small' || values.size === 'large' ? values.size : 'medium';
  const startedOn = localDate('2023-01-01');
  const until = addDays(addMonths(startedOn, Number(values.months)), -1);
  const postmaster = postmasterIn(join(folder, 'postgres', 'cluster'));
  const theirs = familySeconds(postmaster);
  const peak = { node: 0, server: 0 };
  const watching = setInterval(() => {
    peak.node = Math.max(peak.node, process.memoryUsage().rss / 1e6);
    peak.server = Math.max(peak.server, familyMegabytes(postmaster));
  }, 2_000);
  const [began, spent] = [performance.now(), process.cpuUsage()];
  const plan = { size: SIZES[size], seed: Number(values.seed), startedOn };
  const history = await writeHistory(
    { database, clock: systemClock },
    { plan, until, by: 'bench' },
  );
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(spent);
  const served = familySeconds(postmaster) - theirs;
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
  console.log(
    `load before ${load}, after ${loadavg()[0]?.toFixed(1)}; a read of memory took ${latencyNs} ns`,
  );
  await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
