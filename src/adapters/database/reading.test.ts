import { expect, onTestFinished, test } from 'vitest';
import { testPostgres } from './testing.ts';
import { describeReading, pagesOf, rowOfTypes, slowAdapter } from './testing/reading.ts';

describeReading('PostgreSQL', testPostgres);

test('a statement that takes too long is given up, by its limit and by being stopped', async () => {
  const database = await testPostgres();
  onTestFinished(async () => await database.stop());
  await database.run('create view slow as select 1 as id, pg_sleep(20)::text as text');
  await expect(pagesOf(slowAdapter(database, 1), 'rows')).rejects.toMatchObject({
    code: 'database.source-busy',
    kind: 'unavailable',
  });
  const stop = AbortSignal.timeout(300);
  await expect(slowAdapter(database, 60).fetch('rows', '1', stop)).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('every type of PostgreSQL has one exact text', async () => {
  const database = await testPostgres();
  onTestFinished(async () => await database.stop());
  await database.run("create type mood as enum ('calm')");
  await database.run('create domain amount as numeric(30, 10)');
  await database.run(`create table types (id uuid primary key, big bigint, n numeric, m money, a amount,
    f double precision, r real, yes boolean, d date, t time(6), ts timestamp(6), tz timestamptz, b bytea,
    j jsonb, texts text[], c char(5), e mood, i interval, far date, nan numeric, place point, nothing text)`);
  await database.run(`insert into types values ('00000000-0000-0000-0000-00000000000a', 9223372036854775807,
    123456789012345678901234567890.123456789000, 12.5, 0.1, 1e-7, 0.1, true, '2026-02-28', '23:59:59.000001',
    '2026-02-28 23:59:59.123456', '2026-02-28 23:59:59.123456+05:30', '\\x00ff', '{"a": 1.10}', '{"x","y"}',
    'ab', 'calm', '1 day 2 hours', 'infinity', 'NaN', '(1,2)', null)`);
  expect(await rowOfTypes(database, 'types')).toEqual({
    id: '00000000-0000-0000-0000-00000000000a',
    big: '9223372036854775807',
    n: '123456789012345678901234567890.123456789000',
    m: '12.50',
    a: '0.1000000000',
    f: '0.0000001',
    r: '0.1',
    yes: true,
    d: '2026-02-28',
    t: '23:59:59.000001',
    ts: '2026-02-28T23:59:59.123456',
    tz: '2026-02-28T18:29:59.123456Z',
    b: 'AP8=',
    j: { a: '1.10' },
    texts: ['x', 'y'],
    c: 'ab',
    e: 'calm',
    i: 'P1DT2H',
    far: 'infinity',
    nan: 'NaN',
    place: '(1,2)',
    nothing: null,
  });
});
