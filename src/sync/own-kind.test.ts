import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { createIntegration, listQuarantine, startSync, syncMigrations } from './index.ts';
import type { Pack } from './index.ts';
import { sourceOf } from './testing.ts';

/** Journal entries, of which some take back others of the same file. */
const ENTRIES: Pack = {
  name: 'entries',
  version: 1,
  title: 'Journal entries',
  adapter: 'file',
  layout: {
    entities: {
      entries: { columns: ['number', 'of'] },
      lines: { columns: ['entry', 'account', 'amount'] },
    },
  },
  mappings: [
    {
      kind: 'journal-entry',
      from: 'entries',
      key: { column: 'number' },
      children: [{ as: 'lines', entity: 'lines', on: { entry: 'number' } }],
      fields: {
        number: { column: 'number' },
        kind: { const: 'manual' },
        status: { const: 'posted' },
        legalEntity: { const: 'DE01' },
        postedOn: { const: '2026-03-02' },
        documentOn: { const: '2026-03-02' },
        period: { const: '2026-03' },
        currency: { const: 'EUR' },
        companyCurrency: { const: 'EUR' },
        reversalOf: { column: 'of' },
        lines: {
          op: 'from',
          child: 'lines',
          fields: {
            number: { op: 'position' },
            account: { column: 'account' },
            amount: { column: 'amount' },
            companyAmount: { column: 'amount' },
          },
        },
      },
    },
  ],
};

let database: Database;
beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  const wanted = { name: 'erp', adapter: 'file' as const, settings: {}, mapping: ENTRIES };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

/** Syncs entries, each with what it takes back, in pages of three. */
const sync = (entries: readonly (readonly [number: string, of: string])[]) => {
  const lines = entries.flatMap(([number]) => [`${number}|1300|2.50`, `${number}|4000|-2.50`]);
  const files = { entries: entries.map((each) => each.join('|')), lines };
  const deps = {
    database,
    clock: () => instantOf(1_700_000_000_000),
    adapters: () => sourceOf(ENTRIES, files),
  };
  return startSync(deps, 'erp', { pageSize: 3 });
};

test('what points at its own kind finds it in its page and in the pages before', async () => {
  const numbers = Array.from({ length: 20 }, (_, at) => `e${at}`);
  const run = await sync(numbers.map((number, at) => [number, numbers[at - 1] ?? '']));
  expect(run.entities[0]).toMatchObject({ read: 20, created: 20, quarantined: 0 });
});

test('what points at one that waits itself waits, however many stand between', async () => {
  const run = await sync([
    ['a', 'nowhere'],
    ['b', 'a'],
    ['c', 'b'],
    ['d', ''],
    ['e', 'd'],
    ['f', 'c'],
  ]);
  expect(run.entities[0]).toMatchObject({ read: 6, created: 2, quarantined: 4 });
  const { rows: held } = await listQuarantine(database, { offset: 0, limit: 10 });
  expect(held.map(({ key, value }) => `${key ?? ''} wants ${value ?? ''}`).toSorted()).toEqual([
    'a wants nowhere',
    'b wants a',
    'c wants b',
    'f wants c',
  ]);
});
