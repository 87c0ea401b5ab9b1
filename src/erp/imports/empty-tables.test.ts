import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { runImport } from './run-import.ts';
import { bring, context, openBench, tableOf } from './testing.ts';

let database: Database;
beforeAll(async () => {
  database = await openBench();
});
afterAll(() => database.close());

const COUNT = 6_000; // More than are booked at once.
const CUSTOMERS = [
  'Kundennummer;Firma;USt-IdNr',
  ...Array.from({ length: COUNT }, (_, at) => `${10_000 + at};Kunde ${at};DE${100_000 + at}000`),
].join('\n');

/** Rows of parties that this transaction looked at. */
async function lookedAt(tx: Handle): Promise<number> {
  const [told] = await rows<{ read: number }>(
    tx,
    sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read from pg_stat_xact_user_tables
      where schemaname = 'erp_parties'`,
  );
  return told?.read ?? Number.POSITIVE_INFINITY;
}

test('after a dry run, when PostgreSQL takes a table for empty, what is new is still found by its index', async () => {
  const tried = await bring(database, 'customers', CUSTOMERS, { mode: 'dry-run' });
  expect(tried.report.created).toBe(COUNT);
  await rows(database.kysely, sql`analyze erp_parties.party`);
  const { created, read } = await transact(database, async (tx) => {
    const report = await runImport(
      tx,
      context,
      {
        kind: 'customers',
        mode: 'all-or-nothing',
        table: tableOf(CUSTOMERS),
        file: { name: 'customers.csv', digest: 'f'.repeat(64), bytes: CUSTOMERS.length },
      },
      { signal: new AbortController().signal, tell: () => undefined },
    );
    return { created: report.created, read: await lookedAt(tx) };
  });
  expect(created).toBe(COUNT);
  expect(read).toBeLessThan(10 * COUNT); // Else each hundred of the last thousand looks at all there are: 64.
});
