/** The law: whatever is written meanwhile and wherever the reader is killed, the copy is the tables. */
import fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLog, logProfile, newCopy, readOn, startLogServer, TABLES } from './testing.ts';
import type { Copy, LogDatabase, LogServer } from './testing.ts';

let server: LogServer;
beforeAll(async () => {
  server = await startLogServer();
}, 120_000);
afterAll(async () => await server.stop());

const IDS = 12;

type Write = {
  readonly what: 'put' | 'rename' | 'note' | 'delete' | 'line' | 'move' | 'unline' | 'many';
  readonly id: number;
  readonly other: number;
};
type Transaction = {
  readonly writer: number;
  readonly writes: readonly Write[];
  readonly commit: boolean;
  readonly waitMs: number; // Open for so long, while others commit.
};
type Look = { readonly entity: 'orders' | 'suppliers'; readonly stopAfter: number };

const write: fc.Arbitrary<Write> = fc.record({
  what: fc.constantFrom('put', 'put', 'rename', 'note', 'delete', 'line', 'move', 'unline', 'many'),
  id: fc.integer({ min: 1, max: IDS }),
  other: fc.integer({ min: 1, max: IDS }),
});
const transaction: fc.Arbitrary<Transaction> = fc.record({
  writer: fc.integer({ min: 0, max: 1 }),
  writes: fc.array(write, { minLength: 1, maxLength: 6 }),
  commit: fc.constantFrom(true, true, true, false),
  waitMs: fc.constantFrom(0, 0, 5, 30),
});
const look: fc.Arbitrary<Look> = fc.record({
  entity: fc.constantFrom('orders', 'suppliers'),
  stopAfter: fc.constantFrom(0, 1, 2, 3, 1_000),
});

function statementOf({ what, id, other }: Write): string {
  const number = `PO-${id}`;
  switch (what) {
    case 'put':
      return `insert into purchase_order values (${id}, '${number}', null, ${other})
        on conflict (id) do update set total = purchase_order.total + ${other}`;
    case 'rename': // Its lines stay with the number it had.
      return `update purchase_order set number = 'X-' || ${other} || '-' || id where id = ${id}`;
    case 'note': // Beyond what a row holds in place: it is not written to the log again.
      return `update purchase_order set note = repeat(md5('${other}'), 500) where id = ${id}`;
    case 'delete':
      return `delete from purchase_order where id = ${id}`;
    case 'line':
      return `insert into order_line values ('${number}', ${other}, 'a')
        on conflict (order_number, line_no) do update set text = order_line.text || 'b'`;
    case 'move':
      return `update order_line set order_number = 'PO-${other}' where order_number = '${number}'
        and not exists (select 1 from order_line where order_number = 'PO-${other}')`;
    case 'unline':
      return `delete from order_line where order_number = '${number}'`;
    case 'many':
      return `insert into supplier select 'S' || n, 'of ${id}' from generate_series(${id}, ${id + 30}) n
        on conflict (code) do update set name = 'again ${other}'`;
  }
}

/** Writes as two programs at once would; one that stands in the other's way gives up. */
async function writeAll(clients: readonly Client[], all: readonly Transaction[]): Promise<void> {
  await Promise.all(
    clients.map(async (client, writer) => {
      for (const { writes, commit, waitMs } of all.filter((each) => each.writer === writer)) {
        try {
          await client.query("begin; set local lock_timeout = '200ms'");
          for (const one of writes) await client.query(statementOf(one));
          await client.query(`select pg_sleep(${waitMs / 1000})`);
          await client.query(commit ? 'commit' : 'rollback');
        } catch {
          await client.query('rollback');
        }
      }
    }),
  );
}

async function lookAll(
  database: LogDatabase,
  copies: Readonly<Record<Look['entity'], Copy>>,
  looks: readonly Look[],
): Promise<void> {
  const adapter = connectLog(database);
  for (const { entity, stopAfter } of looks) {
    await readOn(adapter, entity, copies[entity], stopAfter);
  }
}

const FIRST_PAGES: readonly Look[] = [
  { entity: 'orders', stopAfter: 1 },
  { entity: 'suppliers', stopAfter: 1 },
];

function thirds<T>(all: readonly T[]): readonly [readonly T[], readonly T[], readonly T[]] {
  const one = Math.ceil(all.length / 3);
  return [all.slice(0, one), all.slice(one, 2 * one), all.slice(2 * one)];
}

const HASHED = logProfile({
  entities: Object.fromEntries(
    Object.entries(logProfile().entities).map(([name, entity]) => [
      name,
      { ...entity, changes: { by: 'hash' } },
    ]),
  ),
});

test('whatever is written during snapshot and stream, and wherever the reader is killed, nothing is missed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(transaction, { minLength: 15, maxLength: 45 }),
      fc.array(look, { minLength: 2, maxLength: 10 }),
      async (transactions, looks) => {
        const database = await server.database();
        const clients = [await database.second(), await database.second()];
        try {
          for (const statement of TABLES) await database.run(statement);
          const copies = { orders: newCopy(), suppliers: newCopy() };
          const [before, during, after] = thirds(transactions);
          await writeAll(clients, before);
          await lookAll(database, copies, FIRST_PAGES); // From here on the log is needed.
          await Promise.all([writeAll(clients, during), lookAll(database, copies, looks)]);
          await writeAll(clients, after);
          for (const entity of ['orders', 'suppliers'] as const) {
            const adapter = connectLog(database);
            await readOn(adapter, entity, copies[entity]); // The rest of the snapshot, or of changes.
            await readOn(adapter, entity, copies[entity]);
            const there = newCopy();
            await readOn(connectLog(database, HASHED), entity, there);
            expect(copies[entity].documents).toEqual(there.documents);
          }
        } finally {
          for (const client of clients) await client.end();
          await database.stop();
        }
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
}, 600_000);
