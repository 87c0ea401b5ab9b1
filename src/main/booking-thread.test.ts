import { afterAll, beforeAll, expect, test } from 'vitest';
import { runBooking } from '#api';
import type { Booked, Booking } from '#api';
import { auditMigrations } from '#audit';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations, createLegalEntity } from '#erp/company';
import { assert } from '#kernel';
import { systemClock } from '#kernel/time';
import { openBookingThread } from './booking-thread.ts';
import type { BookingThread } from './booking-thread.ts';

let database: Database;
let thread: BookingThread;
const told: unknown[] = [];

beforeAll(async () => {
  database = await testDatabase([auditMigrations, companyMigrations]);
  const place = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' };
  const company = { code: 'DE01', name: 'Muster GmbH', ...place, fiscalYearStartMonth: 1 };
  const context = { clock: systemClock, by: 'anna', legalEntity: 'DE01' };
  await transact(database, (tx) => createLegalEntity(tx, context, company));
  thread = openBookingThread(database.url, { onError: (error) => told.push(error) });
  thread.start();
}, 60_000);
afterAll(async () => {
  await thread.close();
  await database.close();
});

/** Payment terms of these books, as the server sends them. */
function terms(entity: string, code: string, key?: string): Booking {
  return {
    name: 'setPaymentTerms',
    call: { actor: 'anna', route: 'POST terms', subject: code, traceId: code },
    asked: {
      params: { entity },
      query: {},
      body: { code, name: code, dueDays: 14, endOfMonth: false, discounts: [] },
      principal: { id: 'anna', name: 'Anna', role: 'administrator', by: 'cookie' },
      address: '127.0.0.1',
      traceId: code,
      idempotencyKey: key,
    },
  };
}

/** Once it is there. */
async function run(booking: Booking): Promise<Booked> {
  let running = thread.run(booking);
  while (running === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    running = thread.run(booking);
  }
  return running;
}

const eventsOf = (subject: string) =>
  rows(
    database.kysely,
    sql`select actor, action, outcome from audit.event where subject = ${subject}`,
  );

test('a thread books as the server itself does: with its audit event, and once a key', async () => {
  const booked = await run(terms('DE01', 'N14', 'a key'));
  expect(booked).toEqual({ reply: JSON.stringify({ code: 'N14' }) });
  expect(await run(terms('DE01', 'N14', 'a key'))).toEqual(booked);
  expect(await runBooking({ database, clock: systemClock }, terms('DE01', 'N14', 'a key'))).toEqual(
    booked,
  );
  const event = { actor: 'anna', action: 'company.payment-terms-set', outcome: 'done' };
  expect(await eventsOf('N14')).toEqual([event, event, event]);
});

test('what is refused comes back as it was thrown, and stays in the audit log', async () => {
  const missing = terms('XX99', 'N30');
  const here = await runBooking({ database, clock: systemClock }, missing);
  const there = await run(missing);
  assert('failure' in here && 'failure' in there, 'these books are not there');
  expect({ ...there.failure, stack: '' }).toEqual({ ...here.failure, stack: '' });
  expect(there.failure.ours).toMatchObject({ kind: 'not-found', code: 'api.no-such-record' });
  const failed = { actor: 'anna', action: 'company.payment-terms-set', outcome: 'failed' };
  expect(await eventsOf('N30')).toEqual([failed, failed]);
});

test('where no thread can be, none is said to be', async () => {
  const heard = Promise.withResolvers<unknown>();
  const none = openBookingThread('postgres://nobody@127.0.0.1:1/none', { onError: heard.resolve });
  none.start();
  expect(none.run(terms('DE01', 'N60'))).toBeUndefined();
  expect(String(await heard.promise)).toContain('127.0.0.1');
  expect(none.run(terms('DE01', 'N60'))).toBeUndefined();
  await none.close();
});

test('one that is closed books what it has in hand', async () => {
  const last = run(terms('DE01', 'N90'));
  await thread.close();
  expect(await last).toEqual({ reply: JSON.stringify({ code: 'N90' }) });
  expect(thread.run(terms('DE01', 'N91'))).toBeUndefined();
  expect(told).toEqual([]);
});
