/**
 * Many postings at once to the hostile ERP, several to a request: one of them is wrong, answers are
 * lost after all or part of a batch was booked. Everything is real but the ERP.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Operation } from '#adapter-kit';
import { transact } from '#database';
import { testDatabase } from '#database/testing';
import type { JsonObject } from '#kernel';
import { systemClock } from '#kernel/time';
import { intend, listPostings, POSTING_POLICY, postingsMigrations, runPoster } from '#postings';
import { COLLECTION_OF, connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import type { Faults } from '../../simulators/hostile-erp/faults.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';

const SEND_MS_MAX = 2_000;
const WANTED = 40;
const BAD = 17;

const line = { number: '10', item: 'I0000001', ordered: { value: '2', unit: 'C62' } };
const order = (netAmount: string): JsonObject => ({
  supplier: 'S0000001',
  issuedOn: '2026-05-04',
  currency: 'EUR',
  netAmount,
  lines: [{ ...line, unitPrice: '10.3350', priceBase: '1', netAmount: '20.6700' }],
});
const supplier = (name: string): JsonObject => ({
  name,
  status: 'active',
  country: 'DE',
  currency: 'EUR',
});

/** Asks for so many, one of them wrong; answers what was booked by reference, and what is dead. */
async function post(
  operation: Operation,
  payloadOf: (at: number) => JsonObject,
  faults: Faults,
): Promise<{ booked: string[]; wanted: string[]; dead: string[]; requests: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-batches-'));
  const erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 4, faults });
  let requests = 0;
  const log = ({ method, url }: { method: string; url: string }): void => {
    if (method === 'POST' && url.includes('/api/')) requests += 1;
  };
  const adapter = connectHostileErp({ url: erp.url, log });
  const database = await testDatabase([postingsMigrations]);
  const policy = { ...POSTING_POLICY, sendMsMax: SEND_MS_MAX, settleMs: 300, retryBaseMs: 20 };
  const wanted: string[] = [];
  for (let at = 0; at < WANTED; at += 1) {
    const { posting } = await transact(database, (tx) =>
      intend(
        tx,
        {
          integration: 'hostile',
          operation,
          businessKey: String(at),
          payload: payloadOf(at),
          cause: { by: 'Ada' },
        },
        systemClock(),
      ),
    );
    wanted.push(posting.reference);
  }
  const entityOf = (kind: string): string | undefined => COLLECTION_OF[kind];
  const poster = await runPoster(
    {
      database,
      clock: systemClock,
      random: Math.random,
      worker: 'worker-1',
      sendMsMax: SEND_MS_MAX,
      destinationOf: () => Promise.resolve({ adapter, policy, entityOf }),
    },
    { atOnce: 2, pollMs: 30 },
  );
  onTestFinished(async () => {
    await poster.close();
    await adapter.close();
    await database.close();
    await erp.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  for (;;) {
    const query = { states: ['accepted', 'dead'] as const, offset: 0, limit: WANTED };
    const { rows, total } = await listPostings(database.kysely, query);
    if (total === WANTED) {
      const dead = rows.filter(({ progress }) => progress.state === 'dead');
      const booked = erp.bookings().map(({ reference = '' }) => reference);
      return { booked, wanted, dead: dead.map(({ reference }) => reference), requests };
    }
    await pause(50);
  }
}

test('a batch that is booked whole or not at all is halved until the wrong one is found', async () => {
  const name = (at: number): string => (at === BAD ? '' : `Supplier ${at}`);
  const { booked, wanted, dead, requests } = await post(
    'create-supplier',
    (at) => supplier(name(at)),
    {},
  );
  expect(dead).toEqual([wanted[BAD]]);
  expect(booked.toSorted()).toEqual(wanted.filter((_, at) => at !== BAD).toSorted());
  expect(requests).toBeLessThan(WANTED / 2);
}, 60_000);

test('whatever is lost of batches that are booked whole, all is booked once', async () => {
  const faults = { loseAnswer: 0.2, dropBefore: 0.1, errorAfter: 0.1, okWithError: 0.1 };
  const name = (at: number): string => (at === BAD ? '' : `Supplier ${at}`);
  const { booked, wanted, dead } = await post(
    'create-supplier',
    (at) => supplier(name(at)),
    faults,
  );
  expect(dead).toEqual([wanted[BAD]]);
  expect(booked.toSorted()).toEqual(wanted.filter((_, at) => at !== BAD).toSorted());
}, 300_000);

test('of batches that are booked in part before the answer is lost, all is booked once', async () => {
  const faults = { cutBatch: 0.4, errorBefore: 0.1 };
  const amount = (at: number): string => (at === BAD ? '1.00' : '20.6700');
  const { booked, wanted, dead } = await post(
    'create-purchase-order',
    (at) => order(amount(at)),
    faults,
  );
  expect(dead).toEqual([wanted[BAD]]);
  expect(booked.toSorted()).toEqual(wanted.filter((_, at) => at !== BAD).toSorted());
}, 300_000);
