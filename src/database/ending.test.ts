/** How transactions end that let go of their locks before the disk has answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, rows, sql, transact } from './index.ts';
import type { Database, Handle } from './index.ts';
import { testDatabase } from './testing.ts';

let own: Database;
let early: Database;

beforeAll(async () => {
  own = await testDatabase([]);
  await rows(own.kysely, sql`create table kept (n integer primary key)`);
  early = await openDatabase({ url: own.url, byKeys: true, locksEndEarly: true });
});

afterAll(async () => {
  await early.close();
  await own.close();
});

/** A setting, as a transaction sees it. */
async function settingIn(handle: Handle, name: string): Promise<string | undefined> {
  const [found] = await rows<{ is: string }>(handle, sql`select current_setting(${name}) as is`);
  return found?.is;
}

/** Writes a row. Answers up to where the log must be on disk for it, at least. */
async function keep(tx: Handle, n: number): Promise<string> {
  await rows(tx, sql`insert into kept values (${n})`);
  const [found] = await rows<{ at: string }>(tx, sql`select pg_current_wal_insert_lsn() as at`);
  return found?.at ?? '';
}

const isOnDisk = async (at: string): Promise<boolean | undefined> => {
  const [found] = await rows<{ is: boolean }>(
    own.kysely,
    sql`select pg_current_wal_flush_lsn() >= ${at}::pg_lsn as is`,
  );
  return found?.is;
};

test('who committed hears of it when it is on disk, though the commit itself did not wait', async () => {
  for (let n = 1; n <= 20; n += 1) {
    const at = await transact(early, async (tx) => {
      expect(await settingIn(tx, 'synchronous_commit')).toBe('off');
      return keep(tx, n);
    });
    expect(await isOnDisk(at)).toBe(true);
  }
  expect(await settingIn(early.kysely, 'plan_cache_mode')).toBe('force_generic_plan');
  expect(await settingIn(own.kysely, 'plan_cache_mode')).toBe('auto');
});

test('what fails leaves nothing behind, and the connection serves on', async () => {
  await expect(transact(early, (tx) => keep(tx, 1))).rejects.toThrow('duplicate key');
  const failing = transact(early, async (tx) => {
    await keep(tx, 100);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const found = await rows<{ n: number }>(own.kysely, sql`select n from kept where n >= 20`);
  expect(found).toEqual([{ n: 20 }]);
  await transact(early, (tx) => keep(tx, 101));
});

test('outside of such transactions a commit waits as ever', async () => {
  const usual = await settingIn(own.kysely, 'synchronous_commit');
  await transact(own, async (tx) => {
    expect(await settingIn(tx, 'synchronous_commit')).toBe(usual);
  });
  expect(await settingIn(early.kysely, 'synchronous_commit')).toBe(usual);
});
