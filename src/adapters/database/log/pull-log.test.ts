import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Cursor } from '#adapter-kit';
import { RialtoError } from '#kernel';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresql } from '../dialects/postgresql.ts';
import { untilVisible } from './read-touched.ts';
import { logCursor, logPlaceOf } from './place.ts';
import { connectLog, logProfile, newCopy, readOn, startLogServer, TABLES } from './testing.ts';
import type { Copy, LogDatabase, LogServer } from './testing.ts';

let server: LogServer;
beforeAll(async () => {
  server = await startLogServer();
}, 120_000);
afterAll(async () => await server.stop());

async function fresh(): Promise<LogDatabase> {
  const database = await server.database();
  onTestFinished(async () => await database.stop());
  for (const statement of TABLES) await database.run(statement);
  return database;
}

const insertOrders = (from: number, to: number): string =>
  `insert into purchase_order select n, 'PO-' || n, null, n from generate_series(${from}, ${to}) n`;

async function changes(database: LogDatabase, copy: Copy, entity = 'orders'): Promise<string[]> {
  const before = new Map(copy.documents);
  expect(await readOn(connectLog(database), entity, copy)).toBe('whole');
  const keys = new Set([...before.keys(), ...copy.documents.keys()]);
  return [...keys].filter((key) => before.get(key) !== copy.documents.get(key));
}

test('what is inserted, changed and deleted after a snapshot is told, and nothing else is read', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 12));
  const copy = newCopy();
  expect(await changes(database, copy)).toHaveLength(12);
  await database.run("update purchase_order set note = 'x' where id = 3");
  await database.run('delete from purchase_order where id = 4');
  await database.run(insertOrders(13, 13));
  await database.run('update purchase_order set id = 99 where id = 5');
  expect(new Set(await changes(database, copy))).toEqual(new Set(['3', '4', '13', '5', '99']));
  expect(copy.documents.get('3')).toMatchObject({ note: 'x', total: '3.0000' });
  expect([...copy.documents.keys()].includes('4')).toBe(false);
  expect(await changes(database, copy)).toEqual([]);
});

test('a child that changes leads to its header, and one that moves to both', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 5));
  await database.run("insert into order_line values ('PO-1', 1, 'a'), ('PO-2', 1, 'b')");
  const copy = newCopy();
  await changes(database, copy);
  await database.run("update order_line set text = 'aa' where order_number = 'PO-1'");
  expect(await changes(database, copy)).toEqual(['1']);
  await database.run("update order_line set order_number = 'PO-3' where order_number = 'PO-2'");
  expect(new Set(await changes(database, copy))).toEqual(new Set(['2', '3']));
  await database.run('delete from order_line');
  expect(new Set(await changes(database, copy))).toEqual(new Set(['1', '3']));
  expect(copy.documents.get('1')).toMatchObject({ lines: [] });
});

test('keys are those of a page, whatever the column pads or the log writes', async () => {
  const database = await fresh();
  await database.run("insert into supplier values ('S1', 'One'), ('S|2\"\\', 'Two')");
  const copy = newCopy();
  expect(await changes(database, copy, 'suppliers')).toEqual(['S1', 'S|2"\\']);
  await database.run("update supplier set name = 'changed'");
  await database.run("delete from supplier where code = 'S1'");
  await changes(database, copy, 'suppliers');
  expect([...copy.documents]).toEqual([['S|2"\\', { code: 'S|2"\\', name: 'changed' }]]);
});

test('a transaction that was open when the slot was made, or commits late, is not passed over', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const copy = newCopy();
  await changes(database, copy);
  const late = await database.second();
  await late.query('begin');
  await late.query("update purchase_order set note = 'late' where id = 1");
  await database.run("update purchase_order set note = 'early' where id = 2");
  expect(await changes(database, copy)).toEqual(['2']);
  await late.query('commit');
  await late.end();
  expect(await changes(database, copy)).toEqual(['1']);
});

test('what is committed and not yet seen is waited for: the log tells a commit before it is in force', async () => {
  const database = await fresh();
  const { address, ...signIn } = signInOf(database);
  const stop = new AbortController().signal;
  const session = await postgresql.connect({ ...signIn, address, stop });
  onTestFinished(async () => await session.end());
  const other = await database.second();
  onTestFinished(async () => await other.end());
  await other.query('begin');
  const { rows } = await other.query<{ id: string }>('select pg_current_xact_id()::text as id');
  const transaction = Number(BigInt(rows[0]?.id ?? '0') & 0xffff_ffffn);
  let seen = false;
  const waiting = (async () => {
    await untilVisible({ session }, new Set([transaction]), stop);
    seen = true;
  })();
  await pause(300);
  expect(seen).toBe(false);
  await other.query('commit');
  await waiting;
  expect(seen).toBe(true);
  await untilVisible({ session }, new Set([transaction, transaction - 1]), stop);
});

const signInOf = ({ settings }: LogDatabase) => ({
  address: { host: settings.host, address: settings.host, port: settings.port ?? 5432 },
  database: settings.database,
  user: settings.user,
  password: settings.password,
  tls: 'off' as const,
  statementSecondsMax: 60,
});

test('what was told is followed: a change is heard of, and what is not ours is not', async () => {
  const database = await fresh();
  const adapter = connectLog(database);
  const copy = newCopy();
  await readOn(adapter, 'orders', copy);
  await readOn(adapter, 'orders', copy);
  const stop = AbortSignal.timeout(20_000);
  const places = new Map(copy.cursor === undefined ? [] : [['orders', copy.cursor] as const]);
  let told: readonly string[] | undefined;
  const following = (async () => {
    told = await adapter.follow?.(places, stop);
  })();
  await database.run("insert into supplier values ('S1', 'not an order')");
  await pause(500);
  expect(told).toBeUndefined();
  await database.run("insert into order_line values ('PO-1', 1, 'a')");
  await following;
  expect(told).toEqual(['orders']);
});

test('a read takes the slot over from whoever follows it', async () => {
  const database = await fresh();
  const adapter = connectLog(database);
  const copy = newCopy();
  await readOn(adapter, 'orders', copy);
  await readOn(adapter, 'orders', copy);
  const places = new Map(copy.cursor === undefined ? [] : [['orders', copy.cursor] as const]);
  const following = adapter.follow?.(places, AbortSignal.timeout(20_000)).then(
    () => 'told',
    (error: unknown) => (error instanceof RialtoError ? error.code : 'another error'),
  );
  await pause(500);
  expect(await readOn(adapter, 'orders', copy)).toBe('whole');
  expect(await following).toBe('database.source-lost');
  await adapter.release?.(AbortSignal.timeout(20_000));
  expect(
    await database.run('select 1 from pg_replication_slots where database = current_database()'),
  ).toEqual([]);
});

test('the connection test says how far behind a slot is, and what bounds it', async () => {
  const database = await fresh();
  const adapter = connectLog(database);
  const of = async (): Promise<string> => {
    const checks = await adapter.test(AbortSignal.timeout(20_000));
    const found = checks.find(({ check }) => check === 'changes of orders');
    return `${String(found?.ok)}: ${found?.detail ?? ''}`;
  };
  expect(await of()).toMatch(/^true: no slot yet: .*max_slot_wal_keep_size/);
  await readOn(adapter, 'orders', newCopy());
  expect(await of()).toMatch(/^true: the slot test_\w+_orders_\w+ keeps \d+ kB/);
});

test('a transaction far larger than a page is read in pages, and resumed in its middle', async () => {
  const database = await fresh();
  const copy = newCopy();
  await changes(database, copy);
  await database.run(insertOrders(1, 1_000));
  await database.run('update purchase_order set total = total + 1');
  const adapter = connectLog(database, logProfile({ pageRows: 50 }));
  const kept: number[] = [];
  for (let kills = 0; kills < 50; kills += 1) {
    if ((await readOn(adapter, 'orders', copy, 3)) === 'whole') break;
    kept.push(copy.documents.size);
  }
  expect(kept.length).toBeGreaterThan(4);
  expect(copy.documents.size).toBe(1_000);
  expect(copy.documents.get('1000')).toMatchObject({ total: '1001.0000' });
});

test('TRUNCATE, a lost slot and a log of another history are said to be so', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const lost = { code: 'adapter-kit.changes-lost' };
  const whole = async (): Promise<Copy> => {
    const copy = newCopy();
    await changes(database, copy); // The snapshot.
    await changes(database, copy); // Now its place is a word in the log.
    return copy;
  };
  const adapter = connectLog(database);
  const emptied = await whole();
  await database.run('truncate purchase_order');
  await expect(readOn(adapter, 'orders', emptied)).rejects.toMatchObject(lost);
  const dropped = await whole();
  await database.run(
    'select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()',
  );
  await expect(readOn(adapter, 'orders', dropped)).rejects.toMatchObject(lost);
  const copied = await whole();
  const forged = { ...copied, cursor: elsewhere(copied) };
  await expect(readOn(adapter, 'orders', forged)).rejects.toMatchObject(lost);
  const before = { ...copied };
  await changes(database, copied);
  await changes(database, copied); // The server has forgotten what was before.
  await expect(readOn(adapter, 'orders', before)).rejects.toMatchObject(lost);
});

/** The same place in a log of another history. */
function elsewhere({ cursor }: Copy): Cursor {
  const place = logPlaceOf(
    cursor ?? logCursor({ entity: 'orders', mark: '', publication: '' }),
    'orders',
  );
  return logCursor({ ...place, mark: 'of another history' });
}

test('reading everything once more, as a dry run does, takes nothing from who reads changes', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const copy = newCopy();
  await changes(database, copy);
  await changes(database, copy);
  await database.run("update purchase_order set note = 'x' where id = 3");
  await readOn(connectLog(database), 'orders', newCopy());
  expect(await changes(database, copy)).toEqual(['3']);
});

test('after changes were lost, the next reading begins behind what lost them', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const lost = newCopy();
  await changes(database, lost);
  await database.run('truncate purchase_order');
  await database.run(insertOrders(7, 8));
  await expect(changes(database, lost)).rejects.toMatchObject({ code: 'adapter-kit.changes-lost' });
  const again = newCopy();
  expect(await changes(database, again)).toEqual(['7', '8']);
  await database.run("update purchase_order set note = 'x' where id = 7");
  expect(await changes(database, again)).toContain('7'); // And what the snapshot has already told.
  const [named] = await database.run(
    "select pubname as name from pg_publication where pubname like '%orders%'",
  );
  await database.run(`drop publication "${String(named?.['name'])}"`);
  await database.run("update purchase_order set note = 'y' where id = 8");
  await expect(changes(database, again)).rejects.toMatchObject({
    code: 'adapter-kit.changes-lost',
  });
  const third = newCopy();
  expect(await changes(database, third)).toEqual(['7', '8']);
  await database.run("update purchase_order set note = 'z' where id = 8");
  expect(await changes(database, third)).toContain('8');
  expect(third.documents.get('8')).toMatchObject({ note: 'z' });
});

test('a slot that fell behind what the server keeps is found lost', async () => {
  const database = await fresh();
  const copy = newCopy();
  await changes(database, copy);
  await changes(database, copy);
  await database.run("alter system set max_slot_wal_keep_size = '1MB'");
  await database.run('select pg_reload_conf()');
  await database.run('create table noise (of text)');
  for (let n = 0; n < 6; n += 1) {
    await database.run("insert into noise select repeat('x', 1000) from generate_series(1, 12000)");
    await database.run('select pg_switch_wal()');
  }
  await database.run('checkpoint');
  await database.run('alter system reset max_slot_wal_keep_size');
  await database.run('select pg_reload_conf()');
  await expect(readOn(connectLog(database), 'orders', copy)).rejects.toMatchObject({
    code: 'adapter-kit.changes-lost',
  });
});

test('a column that is added, renamed or dropped changes the documents, and stops nothing', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const copy = newCopy();
  await changes(database, copy);
  await database.run("alter table purchase_order add column colour text default 'red'");
  await database.run('update purchase_order set total = 9 where id = 1');
  await database.run('alter table purchase_order drop column note');
  await database.run('update purchase_order set total = 9 where id = 2');
  await database.run('alter table purchase_order rename column colour to color');
  await database.run('update purchase_order set total = 9 where id = 3');
  expect(await changes(database, copy)).toEqual(['1', '2', '3']);
  expect(copy.documents.get('1')).toEqual({
    id: '1',
    number: 'PO-1',
    total: '9.0000',
    color: 'red',
    lines: [],
  });
});

test('while nothing of ours happens, the slot keeps nothing back', async () => {
  const database = await fresh();
  const copy = newCopy();
  await changes(database, copy);
  await database.run('create table noise (of text)');
  const confirmed = async (): Promise<bigint> => {
    const [row] = await database.run(
      `select pg_wal_lsn_diff(confirmed_flush_lsn, '0/0')::text as at from pg_replication_slots
        where database = current_database() and slot_name like '%orders%'`,
    );
    return BigInt(String(row?.['at']));
  };
  const first = await confirmed();
  for (let n = 0; n < 3; n += 1) {
    await database.run("insert into noise select repeat('x', 1000) from generate_series(1, 5000)");
    expect(await changes(database, copy)).toEqual([]);
  }
  expect((await confirmed()) - first).toBeGreaterThan(5_000_000n);
});

test('the place holds over a restart of the server', async () => {
  const database = await fresh();
  await database.run(insertOrders(1, 3));
  const copy = newCopy();
  await changes(database, copy);
  await changes(database, copy);
  await database.run("update purchase_order set note = 'before' where id = 1");
  await server.restart();
  await database.run("update purchase_order set note = 'after' where id = 2");
  expect(await changes(database, copy)).toEqual(['1', '2']);
}, 120_000);

test('what is missing is told with the statement that mends it', async () => {
  const database = await fresh();
  const adapter = connectLog(
    database,
    logProfile({
      entities: { orders: { table: 'purchase_order', key: ['number'], changes: { by: 'log' } } },
    }),
  );
  expect(await whyNot(readOn(adapter, 'orders', newCopy()))).toMatch(
    /^database.log-not-kept: .*ALTER TABLE "public"."purchase_order" REPLICA IDENTITY FULL/,
  );
  await database.run("create role reader login password 'reads'");
  await database.run('grant select on all tables in schema public to reader');
  const settings = { ...database.settings, user: 'reader', password: 'reads' };
  const reader = connectLog({ ...database, settings });
  expect(await whyNot(readOn(reader, 'orders', newCopy()))).toMatch(
    /^database.log-forbidden: .*ALTER ROLE "reader" REPLICATION; CREATE PUBLICATION "\w+" FOR TABLE "public"."purchase_order", "public"."order_line"/,
  );
  await database.run('drop owned by reader');
  await database.run('drop role reader');
});

const whyNot = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'it was read',
    (error: unknown) =>
      error instanceof RialtoError ? `${error.code}: ${error.remedy ?? ''}` : String(error),
  );

test('how far each entity is behind its log is told: not kept yet, kept, and growing', async () => {
  const database = await fresh();
  const adapter = connectLog(database);
  const behind = async (entity: string) =>
    (await adapter.behind?.(AbortSignal.timeout(10_000)))?.find((one) => one.entity === entity);
  expect(await behind('orders')).toMatchObject({ state: 'none', followed: false });
  await database.run(insertOrders(1, 5));
  await changes(database, newCopy());
  const first = await behind('orders');
  expect(first).toMatchObject({ state: 'kept', followed: false });
  expect(first?.behindSeconds).toBeGreaterThanOrEqual(0); // The server of the tests can tell.
  await database.run(insertOrders(6, 2_000));
  const grown = (await behind('orders'))?.behindBytes ?? 0;
  expect(grown).toBeGreaterThan((first?.behindBytes ?? 0) + 100_000);
  expect(await behind('suppliers')).toMatchObject({ state: 'none' });
});
