import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { assert, RialtoError } from '#kernel';
import { instantOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import {
  accessMigrations,
  addPerson,
  allows,
  changeRole,
  checkPassword,
  closeSession,
  disablePerson,
  enablePerson,
  ensureAdministrator,
  findSession,
  listPeople,
  newSignInLink,
  openSession,
  resetPerson,
  sameToken,
  setPassword,
  succeeded,
  takeTurn,
  useSignInLink,
} from './index.ts';
import type { Attempt } from './index.ts';
import { delayMsAfter } from './sign-in-pace.ts';

let database: Database;
let nowMs = 1_760_000_000_000;
const clock: Clock = () => instantOf(nowMs);
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  database = await testDatabase([accessMigrations]);
});
afterAll(() => database.close());

test('the first administrator is made once', async () => {
  const first = await ensureAdministrator(database.kysely, clock);
  expect(first).toMatchObject({ name: 'administrator', role: 'administrator' });
  expect(await ensureAdministrator(database.kysely, clock)).toEqual(first);
});

test('a sign-in link works once, and not after half an hour', async () => {
  const person = await ensureAdministrator(database.kysely, clock);
  const used = await newSignInLink(database.kysely, clock, person);
  expect(await useSignInLink(database.kysely, clock, used)).toEqual(person);
  expect(await useSignInLink(database.kysely, clock, used)).toBeUndefined();
  const late = await newSignInLink(database.kysely, clock, person);
  nowMs += HOUR_MS;
  expect(await useSignInLink(database.kysely, clock, late)).toBeUndefined();
  expect(await useSignInLink(database.kysely, clock, 'made-up')).toBeUndefined();
});

test('a session lives until it is closed or twelve hours have passed, kept as a hash', async () => {
  const person = await ensureAdministrator(database.kysely, clock);
  const { token } = await openSession(database.kysely, clock, person);
  expect((await findSession(database.kysely, clock, token))?.person).toEqual(person);
  const kept = await rows<{ text: string }>(
    database.kysely,
    sql`select session::text as text from access.session`,
  );
  expect(kept.some(({ text }) => text.includes(token))).toBe(false);
  await closeSession(database.kysely, token);
  expect(await findSession(database.kysely, clock, token)).toBeUndefined();
  const other = await openSession(database.kysely, clock, person);
  nowMs += 13 * HOUR_MS;
  expect(await findSession(database.kysely, clock, other.token)).toBeUndefined();
});

test('a password signs in its own person only', async () => {
  const { id, name, role } = await addPerson(database.kysely, clock, {
    name: 'ada',
    role: 'controller',
    password: 'correct horse battery',
  });
  const check = (who: string, password: string) => checkPassword(database.kysely, who, password);
  expect(await check('ada', 'correct horse battery')).toEqual({
    right: true,
    person: { id, name, role },
  });
  expect(await check('ada', 'wrong')).toEqual({ right: false, id });
  expect(await check('bob', 'correct horse battery')).toEqual({ right: false, id: undefined });
  expect(await check('administrator', '')).toMatchObject({ right: false });
  await transact(database, (tx) => disablePerson(tx, clock, id));
  expect(await check('ada', 'correct horse battery')).toEqual({ right: false, id });
});

test('names and e-mail addresses are taken once, and a weak password is none', async () => {
  const add = (more: object) =>
    addPerson(database.kysely, clock, { name: 'eve', role: 'viewer', ...more });
  await add({ name: 'taken', email: 'Taken@example.com' });
  await expect(add({ name: 'taken' })).rejects.toMatchObject({ code: 'access.name-taken' });
  await expect(add({ email: 'taken@EXAMPLE.com' })).rejects.toMatchObject({
    code: 'access.email-taken',
  });
  for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'my name is EVE, hello']) {
    await expect(add({ password })).rejects.toMatchObject({ code: 'access.weak-password' });
  }
});

test('an unknown name takes as much work as a wrong password', async () => {
  const password = 'correct horse battery';
  await addPerson(database.kysely, clock, { name: 'known', role: 'viewer', password });
  const names = ['known', 'unknown', 'administrator'] as const; // The last signs in by link alone.
  const spent = { known: 0, unknown: 0, administrator: 0 };
  for (let round = 0; round < 5; round += 1) {
    for (const name of names) {
      // Processor time, all threads of this process: a busy machine does not change it.
      const before = process.cpuUsage();
      await checkPassword(database.kysely, name, 'wrong password');
      const { user, system } = process.cpuUsage(before);
      spent[name] += user + system;
    }
  }
  // A check without argon2 takes a tenth.
  for (const other of [spent.unknown, spent.administrator]) {
    expect(other / spent.known).toBeGreaterThan(0.4);
    expect(other / spent.known).toBeLessThan(2.5);
  }
});

test('a disabled person is out at once, links included, and in again once enabled', async () => {
  const { kysely } = database;
  const person = await addPerson(kysely, clock, { name: 'leaver', role: 'buyer' });
  const { token } = await openSession(kysely, clock, person);
  const link = await newSignInLink(kysely, clock, person);
  const gone = await transact(database, (tx) => disablePerson(tx, clock, person.id));
  expect(gone.disabledAt).toBe(clock());
  expect(await findSession(kysely, clock, token)).toBeUndefined();
  expect(await useSignInLink(kysely, clock, link)).toBeUndefined();
  const refused = { code: 'access.person-disabled' };
  await expect(newSignInLink(kysely, clock, person)).rejects.toMatchObject(refused);
  await expect(openSession(kysely, clock, person)).rejects.toMatchObject(refused);
  await enablePerson(kysely, person.id);
  expect(await findSession(kysely, clock, token)).toBeUndefined(); // The old one stays ended.
  const fresh = await newSignInLink(kysely, clock, person);
  expect(await useSignInLink(kysely, clock, fresh)).toMatchObject({ name: 'leaver' });
});

test('a session not used for two hours ends, a used one goes on', async () => {
  const person = await addPerson(database.kysely, clock, { name: 'idler', role: 'viewer' });
  const { token } = await openSession(database.kysely, clock, person);
  nowMs += 1.5 * HOUR_MS;
  expect(await findSession(database.kysely, clock, token)).toBeDefined();
  nowMs += 1.5 * HOUR_MS;
  expect(await findSession(database.kysely, clock, token)).toBeDefined();
  nowMs += 2.1 * HOUR_MS;
  expect(await findSession(database.kysely, clock, token)).toBeUndefined();
});

test('signing in again ends the session that the browser had', async () => {
  const person = await addPerson(database.kysely, clock, { name: 'twice', role: 'viewer' });
  const first = await openSession(database.kysely, clock, person);
  const second = await openSession(database.kysely, clock, person, first.token);
  expect(await findSession(database.kysely, clock, first.token)).toBeUndefined();
  expect(await findSession(database.kysely, clock, second.token)).toBeDefined();
});

test('a new password needs the present one, and ends every session', async () => {
  const { kysely } = database;
  const { id } = await addPerson(kysely, clock, { name: 'setter', role: 'viewer' });
  const person = { id, name: 'setter', role: 'viewer' };
  const { token } = await openSession(kysely, clock, person);
  await setPassword(kysely, id, { password: 'first good password' });
  expect(await findSession(kysely, clock, token)).toBeUndefined();
  for (const current of [undefined, '', 'wrong']) {
    await expect(
      setPassword(kysely, id, { current, password: 'another good password' }),
    ).rejects.toMatchObject({ code: 'access.wrong-password' });
  }
  await setPassword(kysely, id, {
    current: 'first good password',
    password: 'another good password',
  });
  expect(await checkPassword(kysely, 'setter', 'another good password')).toEqual({
    right: true,
    person,
  });
  expect((await resetPerson(kysely, id)).hasPassword).toBe(false);
  expect(await checkPassword(kysely, 'setter', 'another good password')).toMatchObject({
    right: false,
  });
});

test('the last administrator stays, also when two remove each other at the same time', async () => {
  const own = await testDatabase([accessMigrations]);
  const { kysely } = own;
  const change = (work: (transaction: Handle) => Promise<unknown>) => transact(own, work);
  try {
    const first = await ensureAdministrator(kysely, clock);
    const last = { code: 'access.last-administrator' };
    await expect(change((tx) => disablePerson(tx, clock, first.id))).rejects.toMatchObject(last);
    await expect(change((tx) => changeRole(tx, first.id, 'viewer'))).rejects.toMatchObject(last);
    for (let round = 0; round < 5; round += 1) {
      const name = `second ${round}`;
      const second = await addPerson(kysely, clock, { name, role: 'administrator' });
      const outcomes = await Promise.allSettled([
        change((tx) => disablePerson(tx, clock, first.id)),
        change((tx) => changeRole(tx, second.id, 'viewer')),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await change((tx) => enablePerson(tx, first.id));
      await change((tx) => changeRole(tx, second.id, 'viewer'));
    }
    const active = (await listPeople(kysely)).filter(
      ({ role, disabledAt }) => role === 'administrator' && disabledAt === undefined,
    );
    expect(active.map(({ id }) => id)).toEqual([first.id]);
  } finally {
    await own.close();
  }
});

const attempt = (name: string, address = '192.0.2.1') => ({ name, address });
const turn = (who: Attempt) => transact(database, (tx) => takeTurn(tx, clock, who));

test('each failure after the fourth doubles the wait, for unknown names as well', async () => {
  const who = attempt('guessed');
  for (let at = 0; at < 5; at += 1) await turn(who);
  const waits: number[] = [];
  for (let at = 0; at < 4; at += 1) {
    const refused = await turn(who).catch((error: unknown) => error);
    assert(refused instanceof RialtoError && refused.code === 'access.too-many-attempts', 'waits');
    waits.push(refused.retryAfterMs ?? 0);
    nowMs += refused.retryAfterMs ?? 0;
    await turn(who);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000]);
  nowMs += 16_000;
  await transact(database, (tx) => succeeded(tx, who));
  await turn(who); // A success forgets.
});

test('many names from one address wait together, other addresses do not', async () => {
  const names = Array.from({ length: 21 }, (_, at) => attempt(`name ${at}`, '192.0.2.9'));
  for (const who of names) await turn(who);
  await expect(turn(attempt('fresh', '192.0.2.9'))).rejects.toMatchObject({ kind: 'limited' });
  await turn(attempt('fresh', '192.0.2.10'));
});

test('attempts at the same time cannot slip past the count', async () => {
  const who = attempt('hurried', '192.0.2.20');
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => turn(who)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('the wait grows up to a quarter of an hour and is forgotten after a day', async () => {
  expect(delayMsAfter(0)).toBe(0);
  expect(delayMsAfter(1)).toBe(1000);
  expect(delayMsAfter(11)).toBe(15 * 60_000);
  expect(delayMsAfter(2_000)).toBe(15 * 60_000);
  const who = attempt('old', '192.0.2.30');
  for (let at = 0; at < 5; at += 1) await turn(who);
  nowMs += 25 * HOUR_MS;
  for (let at = 0; at < 5; at += 1) await turn(who);
});

test('what a role does not list is denied', () => {
  expect(allows('administrator', 'integrations:write')).toBe(true);
  expect(allows('controller', 'integrations:write')).toBe(false);
  expect(allows('integration-engineer', 'people:write')).toBe(false);
  expect(allows('auditor', 'audit:read')).toBe(true);
  expect(allows('viewer', 'records:export')).toBe(false);
  expect(allows('nobody-knows', 'records:read')).toBe(false);
  expect(allows('constructor', 'records:read')).toBe(false);
});

test('people of the first release keep their rights under the new role names', async () => {
  const older = await testDatabase([]);
  const folder = mkdtempSync(join(tmpdir(), 'rialto-access-'));
  try {
    const first = '0001-access.sql';
    copyFileSync(join(accessMigrations.folder, first), join(folder, first));
    await migrate(older, [{ name: 'access', folder }]);
    for (const role of ['admin', 'analyst', 'viewer']) {
      await rows(
        older.kysely,
        sql`insert into access.person (id, name, role, created_at)
          values (${role}, ${role}, ${role}, now())`,
      );
    }
    await rows(
      older.kysely,
      sql`insert into access.session values
        ('hash', 'admin', now(), now() + interval '1 hour')`,
    );
    await migrate(older, [accessMigrations]);
    const people = await listPeople(older.kysely);
    expect(people.map(({ role }) => role)).toEqual(['administrator', 'controller', 'viewer']);
  } finally {
    await older.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('secrets are equal only to themselves', () => {
  expect(sameToken('a', 'a')).toBe(true);
  expect(sameToken('a', 'b')).toBe(false);
});
