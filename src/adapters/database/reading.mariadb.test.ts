import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectTo, makePurchasing } from './testing/purchasing.ts';
import { startMariadb } from './testing/mariadb.ts';
import type { TestMariadb } from './testing/mariadb.ts';
import { describeReading, pagesOf, rowOfTypes, slowAdapter } from './testing/reading.ts';

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

let mariadb: TestMariadb;
beforeAll(async () => {
  mariadb = await startMariadb();
}, 120_000);
afterAll(async () => await mariadb.stop());

describeReading('MariaDB', async () => await mariadb.database());

test('a statement that takes too long is given up, by its limit and by being stopped', async () => {
  const database = await mariadb.database();
  onTestFinished(async () => await database.stop());
  await database.run('create view slow as select 1 as id, sleep(20) as text');
  await expect(pagesOf(slowAdapter(database, 1), 'rows')).rejects.toMatchObject({
    code: 'database.source-busy',
    kind: 'unavailable',
  });
  const stop = AbortSignal.timeout(300);
  await expect(slowAdapter(database, 60).fetch('rows', '1', stop)).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('a server that dies while it is read is told as lost', async () => {
  const dying = await startMariadb();
  onTestFinished(async () => await dying.stop());
  const database = await dying.database();
  await makePurchasing(database);
  const reading = async () => {
    for await (const { documents } of connectTo(database).pull(
      'orders',
      { mode: 'snapshot' },
      patience(),
    )) {
      expect(documents).toHaveLength(3);
      await dying.kill();
    }
  };
  await expect(reading()).rejects.toMatchObject({
    code: 'database.source-lost',
    kind: 'unavailable',
  });
}, 120_000);

test('every type of MariaDB has one exact text', async () => {
  const database = await mariadb.database();
  onTestFinished(async () => await database.stop());
  await database.run(`create table types (id bigint unsigned primary key, n decimal(40, 10), z int(6) zerofill,
    f double, r float, yes boolean, flag bit(1), bits bit(8), d date, t time(6), dt datetime(6), ts timestamp(6) null,
    b varbinary(10), big longblob, j json, long_text longtext, c char(5), e enum('calm'), s set('x', 'y'), y year,
    u uuid, place point, nothing text)`);
  await database.run(`insert into types values (18446744073709551615, 123456789012345678901234567890.1234567890,
    42, 1e-7, 0.5, true, b'1', b'101', '2026-02-28', '-12:30:00.000001', '2026-02-28 23:59:59.123456',
    '2026-02-28 23:59:59.123456', x'00ff', x'01', '{"a": 1.10}', 'Grüße 🙂', 'ab', 'calm', 'x,y', 2026,
    '00000000-0000-0000-0000-00000000000a', point(1, 2), null)`);
  expect(await rowOfTypes(database, 'types', ['j'])).toEqual({
    id: '18446744073709551615',
    n: '123456789012345678901234567890.1234567890',
    z: '42',
    f: '0.0000001',
    r: '0.5',
    yes: '1',
    flag: true,
    bits: '5',
    d: '2026-02-28',
    t: '-12:30:00.000001',
    dt: '2026-02-28T23:59:59.123456',
    ts: '2026-02-28T23:59:59.123456Z',
    b: 'AP8=',
    big: 'AQ==',
    j: { a: '1.10' },
    long_text: 'Grüße 🙂',
    c: 'ab',
    e: 'calm',
    s: 'x,y',
    y: '2026',
    u: '00000000-0000-0000-0000-00000000000a',
    nothing: null,
  });
});
