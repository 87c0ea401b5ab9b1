import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { appendEvent, auditMigrations, verifyChain } from './index.ts';

let database: Database;
beforeEach(async () => {
  database = await testDatabase([auditMigrations]);
});
afterEach(() => database.close());

const add = (subject: string): Promise<bigint> =>
  transact(database, (transaction) =>
    appendEvent(transaction, {
      at: instantOf(1_760_000_000_123),
      actor: 'person_1',
      action: 'integrations.connected',
      outcome: 'done',
      subject,
      details: { z: 1, a: 'é', nested: { b: null } },
      traceId: 'trace',
    }),
  );

const behindTheTriggers = async (statement: ReturnType<typeof sql>): Promise<void> => {
  await rows(database.kysely, sql`alter table audit.event disable trigger user`);
  await rows(database.kysely, statement);
};

test('events written at the same time form one whole chain', async () => {
  const positions = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add));
  expect(new Set(positions)).toEqual(new Set([1n, 2n, 3n, 4n, 5n]));
  expect(await verifyChain(database.kysely)).toEqual({ ok: true, events: 5 });
});

test('an empty log is whole', async () => {
  expect(await verifyChain(database.kysely)).toEqual({ ok: true, events: 0 });
});

test('the log refuses to be edited', async () => {
  await add('a');
  for (const attempt of [
    sql`update audit.event set actor = 'someone else'`,
    sql`delete from audit.event`,
    sql`truncate audit.event`,
  ]) {
    await expect(rows(database.kysely, attempt)).rejects.toThrow('only grows');
  }
});

test('an event altered behind the triggers is found', async () => {
  for (const subject of ['a', 'b', 'c']) await add(subject);
  await behindTheTriggers(sql`update audit.event set subject = 'x' where position = 2`);
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: false, brokenAt: 2n });
});

test('an event removed behind the triggers is found', async () => {
  for (const subject of ['a', 'b', 'c']) await add(subject);
  await behindTheTriggers(sql`delete from audit.event where position = 2`);
  expect(await verifyChain(database.kysely)).toMatchObject({
    ok: false,
    brokenAt: 2n,
    reason: 'an event is missing',
  });
});
