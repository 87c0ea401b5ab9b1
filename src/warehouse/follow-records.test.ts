import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContentOf } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf, systemClock } from '#kernel/time';
import { applyPage, lastPosition, recordsMigrations } from '#records';
import type { Draft } from '#records';
import { item, order, supplier } from './example-log.ts';
import { followRecords } from './follow-records.ts';
import type { Following } from './follow-records.ts';
import { openWarehouse } from './open-warehouse.ts';
import type { Warehouse } from './open-warehouse.ts';
import { rebuild } from './rebuild.ts';
import { starHash } from './star-hash.ts';

let database: Database;
let warehouse: Warehouse;
let following: Following | undefined;
beforeEach(async () => {
  database = await testDatabase([recordsMigrations]);
  warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 1,
  });
});
afterEach(async () => {
  await following?.close();
  following = undefined;
  await warehouse.close();
  await database.close();
});

const seenAt = instantOf(0);

async function write(
  records: readonly { readonly key: string; readonly record: Draft['record'] }[],
): Promise<bigint> {
  for (const { key, record } of records) {
    await transact(database, (transaction) =>
      applyPage(transaction, {
        integration: 'demo',
        kind: record.kind,
        drafts: [{ record, source: { integration: 'demo', key } }],
        cause: 'change',
        seenAt,
      }),
    );
  }
  return lastPosition(database.kysely);
}

const writeSupplier = (content: ContentOf<'supplier'>): Promise<bigint> =>
  write([{ key: 's1', record: { kind: 'supplier', content } }]);

async function remove(kind: 'purchase-order' | 'supplier', key: string): Promise<bigint> {
  await transact(database, (transaction) =>
    applyPage(transaction, {
      integration: 'demo',
      kind,
      drafts: [],
      removedKeys: [key],
      cause: 'snapshot',
      seenAt,
    }),
  );
  return lastPosition(database.kysely);
}

async function names(): Promise<unknown[][]> {
  const sqlText = 'SELECT name, deleted FROM dim_supplier WHERE supplier_key <> -1';
  return (await warehouse.query(sqlText, {})).rows;
}

describe('followRecords', () => {
  it('loads what was logged before it began and, by the doorbell, what comes after', async () => {
    await writeSupplier(supplier());
    following = await followRecords({ database, warehouse, clock: systemClock, pollMs: 60_000 });
    await following.caughtUp(await lastPosition(database.kysely));
    expect(await names()).toEqual([['Acme', false]]);
    const before = performance.now();
    await following.caughtUp(await writeSupplier(supplier({ name: 'Acme Ltd' })));
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(await names()).toEqual([['Acme Ltd', false]]);
    await following.caughtUp(await remove('supplier', 's1'));
    expect(await names()).toEqual([['Acme Ltd', true]]);
  });

  it('has a bulk load within five seconds of its end', async () => {
    following = await followRecords({ database, warehouse, clock: systemClock });
    for (let from = 0; from < 4_000; from += 2_000) {
      const drafts = Array.from(
        { length: 2_000 },
        (_, at): Draft => ({
          record: { kind: 'purchase-order', content: order({ number: `PO${from + at}` }) },
          source: { integration: 'demo', key: `p${from + at}` },
        }),
      );
      const page = { integration: 'demo', kind: 'purchase-order', drafts } as const;
      await transact(database, (transaction) =>
        applyPage(transaction, { ...page, cause: 'snapshot', seenAt }),
      );
    }
    const ended = performance.now();
    await following.caughtUp(await lastPosition(database.kysely));
    expect(performance.now() - ended).toBeLessThan(5_000);
    const found = await warehouse.query('SELECT count(*) FROM fact_purchase_order_line', {});
    expect(found.rows).toEqual([[4_000]]);
  });

  it('tries again after a failure, and says so', async () => {
    const position = await writeSupplier(supplier());
    const errors: unknown[] = [];
    let failures = 2;
    following = await followRecords({
      database,
      warehouse: {
        ...warehouse,
        async apply(changes, readAfter) {
          failures -= 1;
          if (failures >= 0) throw new Error('the disk is full');
          await warehouse.apply(changes, readAfter);
        },
      },
      clock: systemClock,
      onError: (error) => {
        errors.push([String(error), following?.state().kind]);
      },
      retryMs: 1,
    });
    await following.caughtUp(position);
    expect(errors).toHaveLength(2);
    expect(String(errors[0])).toContain('the disk is full');
    expect(following.state()).toEqual({ kind: 'following' });
    expect(await names()).toEqual([['Acme', false]]);
  });

  it('goes on when PostgreSQL drops every connection', async () => {
    following = await followRecords({
      database,
      warehouse,
      clock: systemClock,
      pollMs: 100,
      retryMs: 10,
    });
    await rows(
      database.kysely,
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await following.caughtUp(await writeSupplier(supplier()));
    expect(await names()).toEqual([['Acme', false]]);
  });

  it('empties a star that knows more than the log does', async () => {
    const content = supplier({ name: 'Of another database' });
    const change = { position: 99n, kind: 'supplier', recordId: 'x', before: undefined } as const;
    const source = { integration: 'old', key: 'x' };
    await warehouse.apply([{ ...change, after: content, source }]);
    const position = await writeSupplier(supplier());
    following = await followRecords({ database, warehouse, clock: systemClock });
    await expect.poll(() => warehouse.position()).toBe(position);
    expect(await names()).toEqual([['Acme', false]]);
  });

  it('refuses those who still wait when it is closed', async () => {
    following = await followRecords({ database, warehouse, clock: systemClock });
    const waiting = following.caughtUp(10n).catch((error: unknown) => error);
    await following.close();
    expect(await waiting).toMatchObject({ code: 'warehouse.closed' });
    await expect(following.caughtUp(0n)).rejects.toMatchObject({ code: 'warehouse.closed' });
  });
});

describe('rebuild', () => {
  it('from the log gives the same star as following it did', async () => {
    following = await followRecords({ database, warehouse, clock: systemClock });
    await write([
      { key: 'p1', record: { kind: 'purchase-order', content: order() } },
      { key: 'p2', record: { kind: 'purchase-order', content: order({ number: 'PO2' }) } },
      { key: 'i1', record: { kind: 'item', content: item() } },
      { key: 's1', record: { kind: 'supplier', content: supplier() } },
      { key: 'p1', record: { kind: 'purchase-order', content: order({ status: 'closed' }) } },
    ]);
    await following.caughtUp(await remove('purchase-order', 'p2'));
    const followed = await starHash(warehouse);
    await rebuild({ database, warehouse });
    expect(await starHash(warehouse)).toEqual(followed);
    expect(followed['fact_purchase_order']).toMatch(/^1 rows/);
  });

  it('is filled again by the follower after a reset', async () => {
    const position = await writeSupplier(supplier());
    following = await followRecords({ database, warehouse, clock: systemClock, pollMs: 50 });
    await following.caughtUp(position);
    await warehouse.reset();
    await expect.poll(() => warehouse.position()).toBe(position);
    expect(await names()).toEqual([['Acme', false]]);
  });
});
