import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { readChanges, recordsMigrations } from '#records';
import { createIntegration, listQuarantine, startSync, syncMigrations } from '../index.ts';
import type { DocumentPack } from '../mapping/document-pack.ts';
import { DOCUMENT_PACK, MemorySource } from './testing.ts';

let database: Database;
let source: MemorySource;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));
const numbers = Array.from({ length: 40 }, (_, at) => String(at + 1).padStart(2, '0'));

/** Entries of which some take back the one before. */
const ENTRIES: DocumentPack = {
  ...DOCUMENT_PACK,
  mappings: [
    {
      kind: 'journal-entry',
      from: 'entries',
      children: [{ as: 'lines', at: 'lines' }],
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

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  source = new MemorySource();
});
afterEach(() => database.close());

async function connect(mapping: DocumentPack): Promise<void> {
  await createIntegration(database, { name: 'erp', adapter: 'memory', settings: {}, mapping });
}

const sync = () => {
  const adapters = () => source.adapter(['parties', 'orders', 'entries']);
  return startSync({ database, clock, adapters }, 'erp', { pageSize: 4 });
};

const logged = async () => {
  const changes = await readChanges(database.kysely, { after: 0n, limit: 100 });
  return changes.map((change) => change.source.key);
};

test('batches that are written at once stand in the log in the order in which they came', async () => {
  await connect(DOCUMENT_PACK);
  for (const n of numbers) source.put('parties', n, { code: n, name: `Supplier ${n}` });
  await sync();
  expect(await logged()).toEqual(numbers);
});

test('a batch that fails takes along what was begun behind it, and the next run does the rest', async () => {
  await connect(DOCUMENT_PACK);
  for (const n of numbers) source.put('parties', n, { code: n, name: `Supplier ${n}` });
  await rows(
    database.kysely,
    sql`create function refuse() returns trigger language plpgsql as $$ begin
      if new.key = '14' then perform pg_sleep(0.3); raise exception 'no room'; end if;
      return new; end $$`,
  );
  await rows(
    database.kysely,
    sql`create trigger refuse before insert on records.record for each row execute function refuse()`,
  );
  expect(await sync()).toMatchObject({ status: 'failed' });
  const first = await logged();
  expect(first).toEqual(numbers.slice(0, first.length));
  expect(first.length).toBeLessThan(14);
  await rows(database.kysely, sql`drop trigger refuse on records.record`);
  expect(await sync()).toMatchObject({ status: 'done', notReady: [] });
  expect(await logged()).toEqual(numbers);
});

test('what points at its own kind finds it among what came with it and in the batch before', async () => {
  await connect(ENTRIES);
  const lines = [
    { account: '1300', amount: '2.50' },
    { account: '4000', amount: '-2.50' },
  ];
  for (const [at, number] of numbers.entries()) {
    const of = numbers[at - 1];
    source.put('entries', number, { number, lines, ...(of === undefined ? {} : { of }) });
  }
  const run = await sync();
  expect(run.entities[0]).toMatchObject({ read: 40, created: 40, quarantined: 0 });
  const { rows: held } = await listQuarantine(database, { offset: 0, limit: 10 });
  expect(held).toEqual([]);
  expect(await logged()).toEqual(numbers);
});
