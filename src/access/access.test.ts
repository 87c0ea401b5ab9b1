import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { instantOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import {
  accessMigrations,
  addPerson,
  allows,
  closeSession,
  ensureAdministrator,
  findByPassword,
  findSession,
  newSignInLink,
  openSession,
  sameToken,
  useSignInLink,
} from './index.ts';

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
  expect(first).toMatchObject({ name: 'administrator', role: 'admin' });
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
  const person = await addPerson(database.kysely, clock, {
    name: 'ada',
    role: 'analyst',
    password: 'correct horse battery',
  });
  expect(await findByPassword(database.kysely, 'ada', 'correct horse battery')).toEqual(person);
  expect(await findByPassword(database.kysely, 'ada', 'wrong')).toBeUndefined();
  expect(await findByPassword(database.kysely, 'bob', 'correct horse battery')).toBeUndefined();
  expect(await findByPassword(database.kysely, 'administrator', '')).toBeUndefined();
  await expect(
    addPerson(database.kysely, clock, { name: 'ada', role: 'viewer' }),
  ).rejects.toMatchObject({ code: 'access.name-taken' });
  await expect(
    addPerson(database.kysely, clock, { name: 'eve', role: 'viewer', password: 'short' }),
  ).rejects.toMatchObject({ code: 'access.weak-password' });
});

test('what a role does not list is denied', () => {
  expect(allows('admin', 'integrations:write')).toBe(true);
  expect(allows('analyst', 'integrations:write')).toBe(false);
  expect(allows('viewer', 'records:export')).toBe(false);
  expect(allows('nobody-knows', 'records:read')).toBe(false);
  expect(allows('constructor', 'records:read')).toBe(false);
});

test('secrets are equal only to themselves', () => {
  expect(sameToken('a', 'a')).toBe(true);
  expect(sameToken('a', 'b')).toBe(false);
});
