import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, deleteIntegration, startSync, syncMigrations } from './index.ts';
import { DOCUMENT_PACK, MemorySource } from './pull/testing.ts';
import { sourceOf, TEST_PACK, testFiles } from './testing.ts';

let database: Database;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
});
afterEach(() => database.close());

/** How many documents are remembered, by table. */
async function remembered(): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const table of ['document', 'pulled']) {
    const [found] = await rows<{ n: number }>(
      database.kysely,
      sql`select count(*)::integer as n from ${sql.id('sync', table)}`,
    );
    counts.push(found?.n ?? 0);
  }
  return counts;
}

test('with an integration goes what its documents looked like, and not that of another', async () => {
  const source = new MemorySource();
  source.put('parties', 's1', { code: 'C1', name: 'N1' });
  const wanted = { settings: {}, mapping: TEST_PACK };
  for (const name of ['one', 'two']) {
    await createIntegration(database, { name, adapter: 'file', ...wanted });
    const adapters = () => sourceOf(TEST_PACK, testFiles());
    await startSync({ database, clock, adapters }, name);
    const documents = { name: `${name}-api`, adapter: 'memory', mapping: DOCUMENT_PACK };
    await createIntegration(database, { settings: {}, ...documents });
    const api = () => source.adapter(['parties', 'orders']);
    await startSync({ database, clock, adapters: api }, documents.name);
  }
  const [documents = 0, pulled = 0] = await remembered();
  expect(documents).toBeGreaterThan(0);
  expect(pulled).toBe(2);
  await deleteIntegration(database, 'one');
  await deleteIntegration(database, 'one-api');
  expect(await remembered()).toEqual([documents / 2, 1]);
});
