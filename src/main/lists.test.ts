/** Laws of every list: its pages are the whole, in each order it offers, and so is its file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { EXPORTS, ROUTES } from '#api-contract';
import type { ExportName, RouteName } from '#api-contract';
import { openDatabase, rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabaseUrl } from '#database/testing';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { readSettings } from './settings.ts';

let dataDir: string;
let app: App;
let database: Database;

const ROWS = 23;
const EMPTY: ReadonlySet<RouteName> = new Set(['listItems', 'listPurchaseOrders']);
const PAGE = 7;

/** Each list, its file, and where it is when its path names something. */
const LISTS: Readonly<Record<string, readonly [RouteName, ExportName, string?]>> = {
  suppliers: ['listSuppliers', 'exportSuppliers'],
  items: ['listItems', 'exportItems'],
  orders: ['listPurchaseOrders', 'exportPurchaseOrders'],
  changes: ['listRecordChanges', 'exportRecordChanges', 'supplier_1'],
  integrations: ['listIntegrations', 'exportIntegrations'],
  versions: ['listMappingVersions', 'exportMappingVersions', 'mill-1'],
  schedules: ['listSchedules', 'exportSchedules'],
  drift: ['listDrift', 'exportDrift'],
  runs: ['listRuns', 'exportRuns'],
  exchanges: ['listExchanges', 'exportExchanges', 'run_1'],
  quarantine: ['listQuarantine', 'exportQuarantine'],
  transactions: ['listTransactions', 'exportTransactions'],
  deadLetters: ['listDeadLetters', 'exportDeadLetters'],
  batches: ['listBatches', 'exportBatches'],
  people: ['listPeople', 'exportPeople'],
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rialto-lists-'));
  const url = await testDatabaseUrl();
  const settings = readSettings({ dataDir, port: '0', empty: true }, { DATABASE_URL: url });
  app = await openApp(settings, () => undefined);
  database = await openDatabase({ url });
  for (const statement of STATEMENTS) await rows(database.kysely, statement);
}, 120_000);
afterAll(async () => {
  await database.close();
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

// Many rows have the same value to be sorted by: only a settled order keeps pages apart.
const STATEMENTS = [
  sql`insert into sync.integration (name, adapter, mapping, settings, created_at)
    select 'mill-' || n, 'file', 'sample', '{}', '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into sync.mapping_version (integration, version, hash, pack, created_at, author, note)
    select 'mill-1', n, 'h' || n, '{}', '2025-01-01', 'person_1', '=1+1' from generate_series(2, ${ROWS}::integer) n`,
  sql`insert into sync.run (id, integration, status, started_at, finished_at, summary)
    select 'run_' || n, 'mill-' || (1 + n % 2), 'done', '2025-01-01', '2025-01-02',
      '{"entities": [], "notReady": [], "message": "=BAD()"}' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into sync.exchange (integration, run_id, at, failed, exchange)
    select 'mill-1', 'run_1', '2025-01-01', n % 2 = 0, json_build_object('at',
      '2025-01-01T00:00:00Z', 'method', 'GET', 'url', 'http://erp/' || n, 'requestHeaders',
      '{}'::json, 'status', 200 + n % 3, 'durationMs', n % 2, 'attempt', 1)
    from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into sync.quarantine (id, integration, run_id, mapping, kind, key, file, line, reason,
      raw, seen_at)
    select 'q' || n, 'mill-1', 'run_1', 'orders', 'purchase-order', n::text, 'a.csv', n % 3,
      'not a date', '{}', '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into sync.drift (id, integration, entity, path, kind, mapped, before, after, status,
      noticed_at)
    select 'd' || n, 'mill-1', 'order', 'field' || n, 'new', false, '{}', '{text}', 'open',
      '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into postings.batch (id, integration, title, cause, created_at)
    select 'batch_' || n, 'mill-1', 'prices', '{"by": "person_1"}', '2025-01-01'
    from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into postings.posting (id, integration, operation, kind, reference, business_key,
      payload, lane, cause, state, next_try_at, created_at, updated_at, batch_id, why, code, reason)
    select 'posting_' || n, 'mill-1', 'create-purchase-order', 'purchase-order', 'ref' || n,
      'PO-' || (n % 4), '{}', 'l' || n, '{"by": "person_1"}', 'dead', now(), '2025-01-01',
      '2025-01-01', 'batch_1', 'invalid', 'none', '@no such supplier'
    from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into workflow.schedule (name, kind, input, cron, time_zone, priority, paused, next_at,
      by, updated_at)
    select 'sync mill-' || n, 'sync', json_build_object('integration', 'mill-' || n), '0 2 * * *',
      'UTC', 0, n % 3 = 0, '2025-10-10', 'person_1', now() from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into access.person (id, name, role, created_at)
    select 'person_' || n, 'Reader ' || n, 'viewer', '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into records.record (id, kind, integration, key, content, hash, version, source, seen_at,
      changed_at)
    select 'supplier_' || n, 'supplier', 'mill-1', n::text, json_build_object('number', n::text,
      'name', 'Mill', 'status', 'active'), '\\x00', 1, '{"integration": "mill-1", "key": "1"}',
      '2025-01-01', '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
  sql`insert into records.change (position, kind, record_id, cause, before, after, changed_fields,
      source, seen_at)
    select 1000000 + n, 'supplier', 'supplier_1', 'change', '{}', '{}',
      '[{"field": "name", "before": "a", "after": "=b"}]', '{"integration": "mill-1", "key": "1"}',
      '2025-01-01' from generate_series(1, ${ROWS}::integer) n`,
];

const Page = z.object({ items: z.array(z.unknown()), total: z.number() });

const authorization = (): string => `Bearer ${app.token}`;

async function get(path: string, query: Readonly<Record<string, string>>): Promise<Response> {
  const url = new URL(path, app.address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const reply = await fetch(url, { headers: { authorization: authorization() } });
  expect([url.href, reply.status]).toEqual([url.href, 200]);
  return reply;
}

const placed = (path: string, what = ''): string => path.replace(/:(id|name)/, what);

/** All pages of a list put together. */
async function wholeOf(name: RouteName, what: string | undefined, sort?: string) {
  const found: string[] = [];
  let total = 0;
  for (let page = 1; page === 1 || found.length < total; page += 1) {
    const query = {
      pageSize: String(PAGE),
      page: String(page),
      ...(sort === undefined ? {} : { sort }),
    };
    const reply = Page.parse(await (await get(placed(ROUTES[name].path, what), query)).json());
    if (reply.items.length === 0) break;
    total = reply.total;
    found.push(...reply.items.map((item) => JSON.stringify(item)));
  }
  return { found, total };
}

/** The orders a list offers, as its schema names them. */
function sortsOf(name: RouteName): readonly string[] {
  const shape: unknown = Reflect.get(ROUTES[name].query, 'shape');
  const sort: unknown = Reflect.get(Object(shape), 'sort');
  const inner: unknown = Reflect.get(Object(sort), 'def');
  const options: unknown = Reflect.get(Object(Reflect.get(Object(inner), 'innerType')), 'options');
  return Array.isArray(options) ? options.map(String) : [];
}

test.each(Object.entries(LISTS))(
  'the pages of %s are the whole, in every order',
  {
    timeout: 120_000,
  },
  async (_, [name, , what]) => {
    const sorts = sortsOf(name);
    expect(sorts.length).toBeGreaterThan(1);
    const { found, total } = await wholeOf(name, what);
    expect(total).toBeGreaterThanOrEqual(EMPTY.has(name) ? 0 : ROWS - 1);
    const whole = found.toSorted();
    expect(new Set(found).size).toBe(total);
    for (const sort of sorts) {
      const sorted = await wholeOf(name, what, sort);
      expect([sort, sorted.found.toSorted()]).toEqual([sort, whole]);
    }
  },
);

test.each(Object.entries(LISTS))(
  '%s are had as a file, and no cell is run',
  {
    timeout: 120_000,
  },
  async (_, [name, file, what]) => {
    const { total } = await wholeOf(name, what);
    const text = await (await get(placed(EXPORTS[file].path, what), {})).text();
    const lines = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^[a-zA-Z]+(,[a-zA-Z]+)+$/);
    expect(lines).toHaveLength(total + 1);
    expect(text).not.toMatch(/(^|,)"?[=@+]/m);
  },
);

test('the audit log is read from either end, and searched', { timeout: 120_000 }, async () => {
  const first = async (query: Readonly<Record<string, string>>): Promise<unknown> => {
    const { items } = Page.parse(await (await get('/v1/audit-events', query)).json());
    return Reflect.get(Object(items[0]), 'position');
  };
  await get('/v1/drift/export.csv', {});
  expect(await first({ sort: 'position' })).toBe('1');
  expect(Number(await first({}))).toBeGreaterThan(1);
  expect(await first({ search: 'drift.exported', sort: '-position' })).toBe(await first({}));
  expect(await first({ search: 'there is no such thing' })).toBeUndefined();
});

test('a search narrows every list to what holds the text', { timeout: 120_000 }, async () => {
  const foundBy = async (key: string, search: string): Promise<number> => {
    const [name, , what] = LISTS[key] ?? ['getHealth'];
    const reply = await get(placed(ROUTES[name].path, what), { search });
    return Page.parse(await reply.json()).total;
  };
  expect(await foundBy('exchanges', 'erp/22"')).toBe(1);
  expect(await foundBy('drift', 'field22')).toBe(1);
  expect(await foundBy('versions', '=1+1')).toBe(ROWS - 1);
  expect(await foundBy('people', 'reader 22')).toBe(1);
  expect(await foundBy('integrations', 'mill-22')).toBe(1);
  expect(await foundBy('schedules', 'mill-22')).toBe(1);
  expect(await foundBy('batches', 'batch_22')).toBe(1);
  expect(await foundBy('deadLetters', 'ref22')).toBe(1);
  expect(await foundBy('changes', '"=b"')).toBe(ROWS);
  for (const key of Object.keys(LISTS)) {
    expect([key, await foundBy(key, 'there is no such thing %_')]).toEqual([key, 0]);
  }
});

test('a file that cannot be made says so instead of beginning', async () => {
  const reply = await fetch(`${app.address}/v1/transactions/export.csv?operation=fly`, {
    headers: { authorization: authorization() },
  });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    400,
    expect.stringContaining('problem+json'),
  ]);
});
