/** Against a real PostgreSQL: what is told of changes, whoever commits when. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import {
  changedKinds,
  forgetChanges,
  keysAfter,
  markNow,
  parseMark,
  readChanges,
  whyLost,
} from './change-feed.ts';
import type { Mark } from './change-feed.ts';
import { setExchangeRates } from './exchange-rate.ts';
import { companyMigrations } from './migrations.ts';

const RUNS = Number(process.env['RIALTO_CHANGES_RUNS'] ?? 30);
const KIND = 'exchange-rate';
let database: Database;

beforeAll(async () => {
  database = await testDatabase([companyMigrations]);
});
afterAll(() => database.close());

const rate = async (handle: Handle, day: number, value = '1.5'): Promise<string> => {
  const validOn = localDate(`2026-03-${String(day).padStart(2, '0')}`);
  await setExchangeRates(handle, [
    { from: 'EUR', to: 'USD', type: 'spot', validOn, rate: decimal(value) },
  ]);
  return `EUR~USD~spot~${validOn}`;
};

async function toldBetween(since: Mark, until: Mark): Promise<readonly string[]> {
  const told: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await readChanges(database.kysely, { kind: KIND, since, until, after });
    told.push(...page.keys);
    if (!page.more) return told;
    after = page.at;
  }
}

/** A transaction that ends when it is told to. */
async function begin(work: (tx: Handle) => Promise<unknown>): Promise<() => Promise<void>> {
  let end = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  let done: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    done = transact(database, async (tx) => {
      await work(tx);
      resolve();
      await held;
    }).catch(reject);
  });
  return async () => {
    end();
    await done;
  };
}

test('a transaction that began first and ends last is told after its end, and once', async () => {
  const before = await markNow(database.kysely);
  const late = await begin((tx) => rate(tx, 1));
  const early = await transact(database, (tx) => rate(tx, 2));
  const between = await markNow(database.kysely);
  expect(await toldBetween(before, between)).toEqual([early]);
  await late();
  const after = await markNow(database.kysely);
  expect(await toldBetween(between, after)).toEqual(['EUR~USD~spot~2026-03-01']);
  expect(await toldBetween(after, await markNow(database.kysely))).toEqual([]);
});

test('a transaction of somebody else that never ends keeps nothing back', async () => {
  const since = await markNow(database.kysely);
  const stuck = await begin((tx) => rows(tx, sql`select pg_current_xact_id()`));
  const key = await transact(database, (tx) => rate(tx, 3));
  expect(await toldBetween(since, await markNow(database.kysely))).toEqual([key]);
  await stuck();
});

test('what is rolled back, also to a savepoint, is not told', async () => {
  const since = await markNow(database.kysely);
  await transact(database, async (tx) => {
    await rate(tx, 4);
    await rows(tx, sql`savepoint here`);
    await rate(tx, 5);
    await rows(tx, sql`rollback to savepoint here`);
  });
  const failing = transact(database, async (tx) => {
    await rate(tx, 6);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const told = await toldBetween(since, await markNow(database.kysely));
  expect(told).toEqual(['EUR~USD~spot~2026-03-04']);
});

test('whatever overlaps, each change is told in exactly one stretch between marks', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('begin' as const), day: fc.integer({ min: 1, max: 28 }) }),
    fc.record({ do: fc.constant('end' as const), which: fc.nat(3) }),
    fc.constant({ do: 'mark' as const }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const open: { readonly key: string; readonly end: () => Promise<void> }[] = [];
      const committed: string[] = [];
      const marks = [await markNow(database.kysely)];
      const end = async (at: number): Promise<void> => {
        for (const { key, end: finish } of open.splice(at, 1)) {
          await finish();
          committed.push(key);
        }
      };
      for (const each of steps) {
        if (each.do === 'mark') marks.push(await markNow(database.kysely));
        else if (each.do === 'end') await end(each.which);
        else if (open.length < 3) {
          const key = `day ${each.day} of ${committed.length + open.length}`;
          const insert = (tx: Handle) =>
            rows(tx, sql`insert into erp_company.change (kind, keys) values (${KIND}, ${[key]})`);
          open.push({ key, end: await begin(insert) });
        }
      }
      while (open.length > 0) await end(0);
      marks.push(await markNow(database.kysely));
      const told: string[] = [];
      for (const [at, since] of marks.slice(0, -1).entries()) {
        told.push(...(await toldBetween(since, marks[at + 1] ?? since)));
      }
      expect(told.toSorted()).toEqual(committed.toSorted());
    }),
    { numRuns: RUNS },
  );
});

test('one statement that touches thousands is told in pages, each once', async () => {
  const since = await markNow(database.kysely);
  const first = Date.UTC(1990, 0, 1);
  const rates = Array.from({ length: 5_300 }, (_, at) => ({
    from: 'EUR',
    to: 'CHF',
    type: 'spot' as const,
    validOn: localDate(instantOf(first + at * 86_400_000).slice(0, 10)),
    rate: decimal('0.95'),
  }));
  await transact(database, (tx) => setExchangeRates(tx, rates));
  const until = await markNow(database.kysely);
  const page = await readChanges(database.kysely, { kind: KIND, since, until });
  expect(page).toMatchObject({ more: true });
  expect(page.keys.length).toBeGreaterThan(500);
  expect(page.keys.length).toBeLessThanOrEqual(2_000);
  const told = await toldBetween(since, until);
  expect(new Set(told).size).toBe(5_300);
  expect(told).toHaveLength(5_300);
});

test('keys come in the order of the key, from any of them on', async () => {
  const all = await keysAfter(database.kysely, { kind: KIND, legalEntity: 'DE01', limit: 9_999 });
  expect(all.length).toBeGreaterThan(5_000);
  const page = { kind: KIND, legalEntity: 'DE01', after: all[4], limit: 3 };
  expect(await keysAfter(database.kysely, page)).toEqual(all.slice(5, 8));
});

test('it is known of which kinds something has changed', async () => {
  const mark = await markNow(database.kysely);
  const marks = new Map([
    [KIND, mark],
    ['no-such-kind', mark],
  ]);
  expect(await changedKinds(database.kysely, marks)).toEqual([]);
  await transact(database, (tx) => rate(tx, 7));
  expect(await changedKinds(database.kysely, marks)).toEqual([KIND]);
});

/**
 * A mark at which no transaction older than the newest change was under way. What is forgotten may be lost
 * to one at which some was, of any database of the server; tests of others are such.
 */
async function markAlone(): Promise<Mark> {
  for (;;) {
    const mark = await markNow(database.kysely);
    const [found] = await rows<{ alone: boolean }>(
      database.kysely,
      sql`select pg_snapshot_xmin(${mark.split('/')[1]}::pg_snapshot) > max(transaction) as alone
        from erp_company.change`,
    );
    if (found?.alone === true) return mark;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('what is forgotten, and what another server said, is lost and says so', async () => {
  const old = await markNow(database.kysely);
  await transact(database, (tx) => rate(tx, 8));
  const mark = await markAlone();
  const elsewhere = parseMark(mark.replace(/^\d+/, '77')) ?? mark;
  expect(await whyLost(database.kysely, mark)).toBeUndefined();
  expect(await whyLost(database.kysely, elsewhere)).toMatch('another server');
  const forgotten = await transact(database, (tx) =>
    forgetChanges(tx, instantOf(Date.now() + 86_400_000)),
  );
  expect(forgotten).toBeGreaterThan(0);
  expect(await whyLost(database.kysely, old)).toMatch('forgotten');
  expect(await whyLost(database.kysely, mark)).toBeUndefined();
  expect(parseMark('x')).toBeUndefined();
});

test('who follows needs no right but to be the one that the tables belong to', async () => {
  const [found] = await rows<{ may: boolean }>(
    database.kysely,
    sql`select has_function_privilege('public', 'pg_control_system()', 'execute') as may`,
  );
  expect(found?.may).toBe(true);
});
