// Asks the API over real HTTP for lists, details and files, with 100,000 purchase orders behind it.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { accessMigrations } from '#access';
import { createServer } from '#api';
import { auditMigrations } from '#audit';
import type { CanonicalRecord, RecordKind } from '#canonical';
import { migrate, openDatabase, rows, sql, startEmbedded, transact } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { applyPage, recordIdOf, recordsMigrations } from '#records';
import { emptyServices } from '../src/api/testing.ts';
import { familySeconds, postmasterIn } from './process-family.ts';

const ORDERS = Number(process.env['RIALTO_BENCH_ORDERS'] ?? '100000');
const SUPPLIERS = 1_000;
const ITEMS = 5_000;
const PAGE = 2_000;
const CALLS = 40; // Of each; the first ten do not count.
const WARM = 10;
const TOKEN = 'the-token-of-this-benchmark';
const INTEGRATION = 'bench';
const FROM_DAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rialto-bench-'));
  const postgres = await startEmbedded({ folder: path.join(folder, 'postgres') });
  const database = await openDatabase({ url: postgres.url });
  try {
    await migrate(database, [accessMigrations, auditMigrations, recordsMigrations]);
    const from = performance.now();
    await load(database);
    console.log(`${ORDERS} orders written in ${seconds(performance.now() - from)} s`);
    const app = await createServer({
      services: emptyServices(database, { clock: systemClock, ownerToken: TOKEN }),
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      await measureAll(address, cpuClock(path.join(folder, 'postgres', 'cluster')));
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(address: string, cpuMs: () => number): Promise<void> {
  const [cpu] = cpus();
  console.log(
    `api, Node ${process.version}, ${availableParallelism()} × ${cpu?.model ?? '?'}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const last = Math.ceil(ORDERS / 50);
  const supplier = recordIdOf(INTEGRATION, 'supplier', 's7');
  const item = recordIdOf(INTEGRATION, 'item', 'i7');
  const order = recordIdOf(INTEGRATION, 'purchase-order', 'o7');
  const orders = '/v1/purchase-orders';
  const asked: Record<string, string> = {
    'orders, page 1': orders,
    'orders, page in the middle': `${orders}?page=${Math.ceil(last / 2)}`,
    'orders, last page': `${orders}?page=${last}`,
    'by number': `${orders}?sort=number`,
    'by number, last page': `${orders}?sort=number&page=${last}`,
    'by amount, largest first': `${orders}?sort=-netAmount`,
    'by amount, middle page': `${orders}?sort=netAmount&page=${Math.ceil(last / 2)}`,
    'by status': `${orders}?sort=status`,
    'by shipping day, newest first': `${orders}?sort=-shippedOn`,
    'by requester': `${orders}?sort=requester`,
    'search a number': `${orders}?search=PO-077123`,
    'search part of a number': `${orders}?search=7712`,
    'search a supplier name': `${orders}?search=${encodeURIComponent('Supplier 77')}`,
    'search nothing there': `${orders}?search=nothingofthekind`,
    'one status': `${orders}?status=issued`,
    'one supplier': `${orders}?supplier=${supplier}`,
    'one item': `${orders}?item=${item}`,
    'one month': `${orders}?from=2024-03-01&to=2024-03-31`,
    suppliers: '/v1/suppliers',
    'suppliers, search': '/v1/suppliers?search=77',
    items: '/v1/items',
    'items, search': '/v1/items?search=77',
    'a supplier': `/v1/suppliers/${supplier}`,
    'an item': `/v1/items/${item}`,
    'an order': `/v1/purchase-orders/${order}`,
    'its history': `/v1/records/${order}/changes`,
    overview: '/v1/overview',
  };
  const table = [];
  for (const [name, url] of Object.entries(asked)) {
    table.push(await measure(name, address + url, cpuMs));
  }
  console.table(table);
  console.table([await measureExport(`${address}${orders}/export.csv`)]);
}

async function measure(
  name: string,
  url: string,
  cpuMs: () => number,
): Promise<Record<string, string | number>> {
  const each: number[] = [];
  let bytes = 0;
  let total: unknown = '';
  let cpuFrom = 0;
  for (let at = 0; at < CALLS; at += 1) {
    if (at === WARM) cpuFrom = cpuMs();
    const from = performance.now();
    const reply = await ask(url);
    const text = await reply.text();
    if (at >= WARM) each.push(performance.now() - from);
    bytes = text.length;
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'total' in body) total = body.total;
  }
  const cpu = (cpuMs() - cpuFrom) / each.length;
  each.sort((a, b) => a - b);
  const at = (share: number): string =>
    (each[Math.min(each.length - 1, Math.floor(each.length * share))] ?? 0).toFixed(1);
  return {
    asked: name,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'CPU ms': cpu.toFixed(1),
    found: String(total),
    bytes,
  };
}

async function measureExport(url: string): Promise<Record<string, string | number>> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const from = performance.now();
  let first = 0;
  let bytes = 0;
  let lines = 0;
  const reply = await ask(url);
  const reader = reply.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    if (first === 0) first = performance.now() - from;
    bytes += part.value.length;
    for (const byte of part.value) if (byte === 10) lines += 1;
  }
  clearInterval(timer);
  return {
    asked: 'all orders as CSV',
    lines,
    MB: (bytes / 1e6).toFixed(1),
    'first byte ms': first.toFixed(0),
    seconds: seconds(performance.now() - from),
    'RSS before MB': Math.round(before / 1e6),
    'peak RSS MB': Math.round(peak / 1e6),
  };
}

async function ask(url: string): Promise<Response> {
  const reply = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`);
  return reply;
}

/** CPU time so far of this process, which asks and answers, and of PostgreSQL (Linux only), in ms. */
function cpuClock(cluster: string): () => number {
  const postmaster = postmasterIn(cluster);
  return () => {
    const own = process.cpuUsage();
    return (own.user + own.system) / 1000 + familySeconds(postmaster) * 1000;
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);

async function load(database: Database): Promise<void> {
  await write(database, 'supplier', SUPPLIERS, supplierOf);
  await write(database, 'item', ITEMS, itemOf);
  await write(database, 'purchase-order', ORDERS, orderOf);
  await rows(database.kysely, sql`vacuum analyze records.record`); // As autovacuum soon would.
}

async function write(
  database: Database,
  kind: RecordKind,
  count: number,
  contentOf: (at: number) => { readonly key: string; readonly content: object },
): Promise<void> {
  for (let start = 0; start < count; start += PAGE) {
    const drafts = Array.from({ length: Math.min(PAGE, count - start) }, (_, at) => {
      const { key, content } = contentOf(start + at);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made here, as the model says.
      const record = { kind, content } as CanonicalRecord;
      return {
        record,
        source: { integration: INTEGRATION, key, file: 'bench.csv', line: start + at },
      };
    });
    const page = {
      integration: INTEGRATION,
      kind,
      drafts,
      cause: 'snapshot',
      seenAt: systemClock(),
    } as const;
    await transact(database, (transaction) => applyPage(transaction, page));
  }
}

const supplierOf = (at: number) => ({
  key: `s${at}`,
  content: { number: `S${at}`, name: `Supplier ${at} Ltd`, status: 'active', country: 'DE' },
});

const itemOf = (at: number) => ({
  key: `i${at}`,
  content: {
    number: `I-${at}`,
    name: `Item ${at}`,
    kind: 'stock',
    status: 'active',
    baseUnit: 'EA',
    categoryPath: ['Parts', `Group ${at % 40}`],
    supplierItems: [],
  },
});

const STATUSES = ['issued', 'received', 'closed', 'draft', 'cancelled'] as const;

function orderOf(at: number): { readonly key: string; readonly content: object } {
  const issued = Math.floor((at * 1_000) / ORDERS); // Over a thousand days.
  const lines = Array.from({ length: 1 + (at % 4) }, (_, line) => ({
    number: String(line + 1),
    item: `i${(at * 7 + line * 1_301) % ITEMS}`,
    ordered: { value: String(1 + (at % 50)), unit: 'EA' },
    received: '0',
    rejected: '0',
    unitPrice: `${1 + ((at * 31) % 900)}.${String(at % 100).padStart(2, '0')}`,
    priceBase: '1',
    netAmount: String(10 + ((at * 37) % 9_000)),
    promisedOn: dayOf(issued + 14),
  }));
  const netAmount = String(lines.reduce((sum, line) => sum + Number(line.netAmount), 0));
  return {
    key: `o${at}`,
    content: {
      number: `PO-${String(at).padStart(6, '0')}`,
      kind: 'standard',
      supplier: `s${(at * 13) % SUPPLIERS}`,
      status: STATUSES[at % STATUSES.length],
      issuedOn: dayOf(issued),
      ...(at % 3 === 0 ? {} : { shippedOn: dayOf(issued + 9) }),
      ...(at % 5 === 0 ? {} : { requester: `Person ${at % 60}` }),
      shipMethod: 'TRUCK',
      currency: 'EUR',
      netAmount,
      lines,
    },
  };
}

const dayOf = (day: number): string => new Date(FROM_DAY + day * DAY_MS).toISOString().slice(0, 10);
