import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import { appendEvent, auditMigrations, listEvents, streamEvents, verifyChain } from './index.ts';
import type { AuditEvent } from './index.ts';

let database: Database;
const OLD_HASH = '1ad107e3dc45d5bf047ca5c277aab24397deb798f8973385fb0dbf03da901e18';
beforeEach(async () => {
  database = await testDatabase([auditMigrations]);
});
afterEach(() => database.close());

const add = (subject: string, more: Partial<AuditEvent> = {}): Promise<bigint> =>
  transact(database, (transaction) =>
    appendEvent(transaction, {
      at: instantOf(1_760_000_000_123),
      actor: 'person_1',
      action: 'integrations.connected',
      outcome: 'done',
      subject,
      details: { z: 1, a: 'é', nested: { b: null } },
      traceId: 'trace',
      ...more,
    }),
  );

const behindTheTriggers = async (statement: ReturnType<typeof sql>): Promise<void> => {
  await rows(database.kysely, sql`alter table audit.event disable trigger user`);
  await rows(database.kysely, statement);
};

test('events written at the same time form one whole chain', async () => {
  const positions = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((subject) => add(subject)));
  expect(new Set(positions)).toEqual(new Set([1n, 2n, 3n, 4n, 5n]));
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: true, events: 5 });
});

test('an empty log is whole', async () => {
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: true, events: 0 });
});

test('an event that its transaction takes back leaves no gap', async () => {
  await add('a');
  const attempt = transact(database, async (transaction) => {
    await appendEvent(transaction, {
      at: instantOf(1_760_000_000_123),
      actor: 'person_1',
      action: 'people.added',
      outcome: 'done',
      subject: 'taken back',
      details: {},
      traceId: 'trace',
    });
    throw new Error('power cut');
  });
  await expect(attempt).rejects.toThrow('power cut');
  expect(await add('b')).toBe(2n);
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: true, events: 2 });
});

test('a chain begun by an older Rialto goes on after an upgrade, hash by hash', async () => {
  const older = await testDatabase([]);
  const folder = mkdtempSync(join(tmpdir(), 'rialto-audit-'));
  try {
    const first = '0001-audit.sql';
    copyFileSync(join(auditMigrations.folder, first), join(folder, first));
    await migrate(older, [{ name: 'audit', folder }]);
    // The hash as the first release computed it: it must stand for ever.
    await rows(
      older.kysely,
      sql`insert into audit.event values (1, '2025-10-09T08:53:20.123Z', 'person_1',
        'runs.started', 'done', 'works', '{"z": 1, "a": "é"}', 'trace', ${'0'.repeat(64)},
        ${OLD_HASH})`,
    );
    await migrate(older, [auditMigrations]);
    expect(await verifyChain(older.kysely)).toEqual({ ok: true, events: 1, head: OLD_HASH });
    const at = instantOf(1_760_000_000_123);
    const event = { at, actor: 'a', action: 'b.c', subject: '', details: {}, traceId: 't' };
    await transact(older, (transaction) =>
      appendEvent(transaction, { ...event, outcome: 'intended', route: 'POST /v1/people' }),
    );
    expect(await verifyChain(older.kysely)).toMatchObject({ ok: true, events: 2 });
    await rows(older.kysely, sql`alter table audit.event disable trigger user`);
    await rows(older.kysely, sql`update audit.event set route = null where position = 2`);
    expect(await verifyChain(older.kysely)).toMatchObject({ ok: false, brokenAt: 2n });
  } finally {
    await older.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('events are found by who, what, how it went and when, newest first', async () => {
  const later = instantOf(1_760_000_000_123 + 86_400_000);
  await add('a');
  await add('b', { actor: 'person_2', action: 'people.added', at: later });
  await add('c', { action: 'people.disabled', outcome: 'failed', traceId: 'other' });
  const found = async (query: object) => {
    const page = { offset: 0, limit: 10, ...query };
    const { rows: events, total } = await listEvents(database.kysely, page);
    return [events.map(({ subject }) => subject).join(''), total];
  };
  expect(await found({})).toEqual(['cba', 3]);
  expect(await found({ offset: 1, limit: 1 })).toEqual(['b', 3]);
  expect(await found({ action: 'people' })).toEqual(['cb', 2]);
  expect(await found({ action: 'people.added' })).toEqual(['b', 1]);
  expect(await found({ action: 'peop' })).toEqual(['', 0]);
  expect(await found({ outcome: ['failed'] })).toEqual(['c', 1]);
  expect(await found({ actor: 'person_2' })).toEqual(['b', 1]);
  expect(await found({ subject: 'a' })).toEqual(['a', 1]);
  expect(await found({ traceId: 'other' })).toEqual(['c', 1]);
  expect(await found({ from: later })).toEqual(['b', 1]);
  expect(await found({ before: later })).toEqual(['ca', 2]);
});

test('a stream goes over every event once, oldest first, across its pages', async () => {
  await transact(database, async (transaction) => {
    for (let at = 0; at < 1_003; at += 1) {
      await appendEvent(transaction, {
        at: instantOf(1_760_000_000_123),
        actor: 'person_1',
        action: 'questions.asked',
        outcome: 'done',
        subject: String(at),
        details: {},
        traceId: 'trace',
        route: 'POST /v1/questions',
      });
    }
  });
  const seen: string[] = [];
  for await (const page of streamEvents(database.kysely, {})) {
    seen.push(...page.map(({ subject }) => subject));
  }
  expect(seen).toEqual(Array.from({ length: 1_003 }, (_, at) => String(at)));
});

test('what was noted elsewhere shows that the newest events were cut off or all rewritten', async () => {
  for (const subject of ['a', 'b', 'c']) await add(subject);
  const verdict = await verifyChain(database.kysely);
  const hash = verdict.ok ? verdict.head : '';
  const noted = { position: 3n, hash };
  expect(await verifyChain(database.kysely, noted)).toEqual(verdict);
  await add('d');
  expect(await verifyChain(database.kysely, noted)).toMatchObject({ ok: true, events: 4 });
  expect(await verifyChain(database.kysely, { position: 3n, hash: 'f'.repeat(64) })).toMatchObject({
    ok: false,
    brokenAt: 3n,
  });
  await behindTheTriggers(sql`delete from audit.event where position > 2`);
  expect(await verifyChain(database.kysely)).toMatchObject({ ok: true, events: 2 });
  expect(await verifyChain(database.kysely, noted)).toMatchObject({
    ok: false,
    brokenAt: 3n,
    reason: 'the newest events were cut off',
  });
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
