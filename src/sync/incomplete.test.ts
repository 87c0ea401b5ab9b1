/** A row that cannot be read may belong to anything: nothing comes in that could lack it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { recordsMigrations } from '#records';
import { instantOf } from '#kernel/time';
import { createIntegration, listQuarantine, startSync, syncMigrations } from './index.ts';
import type { RunSummary } from './index.ts';
import { sourceOf, TEST_PACK, testFiles } from './testing.ts';
import type { Files } from './testing.ts';

let database: Database;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  const wanted = { name: 'erp', adapter: 'file' as const, settings: {}, mapping: TEST_PACK };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

const sync = (files: Files): Promise<RunSummary> =>
  startSync({ database, clock, adapters: () => sourceOf(TEST_PACK, files) }, 'erp');
const of = (run: RunSummary, kind: string) => run.entities.find((entity) => entity.kind === kind);
const keysOf = async (kind: string): Promise<string[]> => {
  const found = await rows<{ key: string }>(
    database.kysely,
    sql`select key from records.record where kind = ${kind} order by key`,
  );
  return found.map(({ key }) => key);
};
const reasons = async (): Promise<string[]> => {
  const { rows: items } = await listQuarantine(database, { offset: 0, limit: 100 });
  return items.map(({ key, line, reason }) => `${key ?? ''}:${line ?? ''} ${reason}`).toSorted();
};

const WAITS =
  'waits, since rows of lines that may belong to it could not be read: correct those first';

test('a new order waits while a line of any order cannot be read, and comes in with the good file', async () => {
  const files = testFiles(2);
  files['lines'] = files['lines']?.with(0, '?the line has 5 columns, not 6') ?? [];
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ read: 2, created: 0, quarantined: 3 });
  expect(of(run, 'supplier')).toMatchObject({ created: 3 });
  expect(await keysOf('purchase-order')).toEqual([]);
  // Order 1 lacks its line, so its total is wrong: that is said rather than that it waits.
  expect(await reasons()).toEqual(
    [
      '1:1 the header says 30.50, its lines add up to 20.00',
      `2:2 ${WAITS}`,
      ':1 the line has 5 columns, not 6',
    ].toSorted(),
  );
  const good = await sync(testFiles(2));
  expect(of(good, 'purchase-order')).toMatchObject({ created: 2, released: 3, quarantined: 0 });
  expect(await reasons()).toEqual([]);
});

test('a known order that changed waits too, and one that did not is left alone', async () => {
  await sync(testFiles(3));
  const files = testFiles(4);
  files['orders'] = files['orders']?.with(1, '2|1|2025-02-01|30.50') ?? [];
  files['lines']?.push('?cut off');
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({
    read: 4,
    created: 0,
    changed: 0,
    unchanged: 2,
    quarantined: 3,
  });
  expect(await keysOf('purchase-order')).toEqual(['1', '2', '3']);
  expect(await reasons()).toEqual([`2:2 ${WAITS}`, `4:4 ${WAITS}`, ':9 cut off']);
});

test('where a broken line says which order it belongs to, only that order waits', async () => {
  const files = testFiles(4);
  files['lines'] = files['lines']?.with(2, '?the line has 5 columns, not 6~2|2') ?? [];
  files['lines'].push('?cut off~4'); // Order 4 has all its other lines, and adds up.
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ created: 2 });
  expect(await keysOf('purchase-order')).toEqual(['1', '3']);
  expect(await reasons()).toEqual(
    [
      '2:2 the header says 30.50, its lines add up to 20.00',
      `4:4 ${WAITS}`,
      ':3 the line has 5 columns, not 6',
      ':9 cut off',
    ].toSorted(),
  );
  const good = await sync(testFiles(4));
  expect(of(good, 'purchase-order')).toMatchObject({ created: 2, quarantined: 0 });
});

test('a line that names an order which is not there may belong to any', async () => {
  const files = testFiles(2);
  files['lines']?.push('?cut off~77');
  expect(of(await sync(files), 'purchase-order')).toMatchObject({ created: 0 });
});

test('where a broken row says who looks it up, only those wait', async () => {
  const files = testFiles(1);
  files['towns'] = ['?byte 3 of the line (0xFC) is not UTF-8~1', '3|Wien'];
  const run = await sync(files);
  expect(await keysOf('supplier')).toEqual(['2', '3']);
  expect(of(run, 'supplier')).toMatchObject({ created: 2 });
});

test('a new supplier waits while a town that may be its own cannot be read', async () => {
  const files = testFiles(1);
  files['towns']?.push('?byte 3 of the line (0xFC) is not UTF-8');
  const run = await sync(files);
  expect(of(run, 'supplier')).toMatchObject({ created: 0, quarantined: 4 });
  expect(await keysOf('supplier')).toEqual([]);
  const good = await sync(testFiles(1));
  expect(of(good, 'supplier')).toMatchObject({ created: 3, quarantined: 0 });
  expect(of(good, 'purchase-order')).toMatchObject({ created: 1, quarantined: 0 });
});

test('two lines of one order with the same number are held, each with its place', async () => {
  const files = testFiles(2);
  files['lines'] = ['1|1|7|2|10|20.00', '1|1|8|1|10.5|10.50', ...(files['lines']?.slice(2) ?? [])];
  const run = await sync(files);
  expect(of(run, 'purchase-order')).toMatchObject({ created: 1, quarantined: 1 });
  const { rows: items } = await listQuarantine(database, { offset: 0, limit: 10 });
  const places = items.map(
    ({ line, field, column, value }) => `${line} ${field} ${column} ${value}`,
  );
  expect(places.toSorted()).toEqual(['1 lines[1].number number 1', '2 lines[2].number number 1']);
  expect(items[0]?.reason).toBe("the number '1' occurs 2 times among lines: each needs its own");
});

test('a run that has nothing to read still counts the rows that cannot be read', async () => {
  const files = testFiles(2);
  files['vendors']?.push('?the line has 2 columns, not 3');
  files['lines']?.push('?cut off');
  const first = await sync(files);
  const again = await sync(files);
  expect(again.message).toBe('Nothing changed. 4 in quarantine.');
  const quarantined = (run: RunSummary) => run.entities.map((entity) => entity.quarantined);
  expect(quarantined(again)).toEqual(quarantined(first));
  files['vendors'] = testFiles(2)['vendors'] ?? [];
  expect(of(await sync(files), 'supplier')).toMatchObject({ quarantined: 0 });
});
