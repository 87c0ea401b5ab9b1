/**
 * A day of postings to the hostile ERP through the http adapter: an answer is lost, an order is wrong,
 * somebody works in the ERP at the same time, a batch is taken back. Everything is real but the ERP.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceDocument } from '#adapter-kit';
import type { HttpAdapter } from '#adapters/http';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import type { JsonObject } from '#kernel';
import { systemClock } from '#kernel/time';
import {
  dryRun,
  findPosting,
  intend,
  isEcho,
  listAttempts,
  openBatch,
  POSTING_POLICY,
  postingsMigrations,
  recordExchange,
  rollBackBatch,
  runPoster,
} from '#postings';
import { editPayload, retryPosting } from '#postings/decisions';
import type { Destination, Posting, PostingDraft, PostingState } from '#postings';
import { COLLECTION_OF, connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import type { HostileErp } from '../../simulators/hostile-erp/start.ts';

const SEND_MS_MAX = 2_000;
const cause = { by: 'Ada' };

let folder: string;
let erp: HostileErp;
let adapter: HttpAdapter;
let database: Database;
let destination: Destination;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-posting-'));
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 4 });
  adapter = connectHostileErp({ url: erp.url, log: recordExchange });
  database = await testDatabase([postingsMigrations]);
  const policy = { ...POSTING_POLICY, sendMsMax: SEND_MS_MAX, settleMs: 300, retryBaseMs: 20 };
  destination = { adapter, policy, entityOf: (kind) => COLLECTION_OF[kind] };
  const poster = await runPoster(
    {
      database,
      clock: systemClock,
      random: () => 0.5,
      worker: 'worker-1',
      sendMsMax: SEND_MS_MAX,
      destinationOf: () => Promise.resolve(destination),
    },
    { atOnce: 3, pollMs: 30 },
  );
  stops.push(
    () => poster.close(),
    () => adapter.close(),
    () => database.close(),
    () => erp.stop(),
  );
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const order = (quantity: string): JsonObject => ({
  supplier: 'S0000001',
  issuedOn: '2026-05-04',
  currency: 'EUR',
  netAmount: '20.6700',
  lines: [
    {
      number: '10',
      item: 'I0000001',
      ordered: { value: quantity, unit: 'C62' },
      received: '0',
      rejected: '0',
      unitPrice: '10.3350',
      priceBase: '1',
      netAmount: '20.6700',
    },
  ],
});

const draft = (businessKey: string, more: Partial<PostingDraft> = {}): PostingDraft => ({
  integration: 'hostile',
  operation: 'create-purchase-order',
  businessKey,
  payload: order('2'),
  cause,
  ...more,
});

const rename = (key: string, name: string, version?: string): Partial<PostingDraft> => ({
  operation: 'update-supplier',
  payload: { name },
  target: { key, ...(version === undefined ? {} : { version }) },
});

async function ask(businessKey: string, more: Partial<PostingDraft> = {}): Promise<Posting> {
  const wanted = draft(businessKey, more);
  return (await transact(database, (tx) => intend(tx, wanted, systemClock()))).posting;
}

async function until({ id }: Posting, state: PostingState): Promise<Posting> {
  for (;;) {
    const posting = await findPosting(database.kysely, id);
    if (posting?.progress.state === state) return posting;
    await pause(20);
  }
}

/** The ERP's words for a supplier in ours. */
const canonicalOf = (_kind: string, { content }: SourceDocument): JsonObject => {
  const { name = null, city = null } = content;
  return { name, city };
};

test('an answer that was lost is found, and the story tells what went over the wire', async () => {
  erp.setFaults({ loseAnswer: 1 });
  const posting = await until(await ask('order 1'), 'accepted');
  expect(erp.bookings()).toMatchObject([{ reference: posting.reference, amount: '20.6700' }]);
  expect(posting.progress.result?.key).toBe(erp.bookings()[0]?.id);
  const [send, look] = await listAttempts(database.kysely, posting.id);
  expect([send?.outcome, look?.outcome]).toEqual(['uncertain', 'found']);
  const wire = JSON.stringify(send?.exchanges);
  expect(wire).toContain(posting.reference);
  expect(wire).not.toContain('"secret"');
});

test('500 after booking, an error inside 200, a void token: booked once each', async () => {
  for (const [at, faults] of [
    { errorAfter: 1 },
    { okWithError: 1 },
    { expireTokens: 1 },
  ].entries()) {
    erp.setFaults(faults);
    const posting = await ask(`order ${at}`);
    while ((await listAttempts(database.kysely, posting.id)).length === 0) await pause(20);
    erp.setFaults({});
    await until(posting, 'accepted');
  }
  const references = erp.bookings().map(({ reference }) => reference);
  expect([references.length, new Set(references).size]).toEqual([3, 3]);
});

test('a wrong order is a dead letter with its field; corrected, it is booked', async () => {
  const posting = await until(await ask('order 1', { payload: order('3') }), 'dead');
  expect(posting.progress.refusal).toMatchObject({
    why: 'invalid',
    code: 'VALIDATION',
    field: 'lines.0.netAmount',
  });
  const deed = { by: 'Ada', at: systemClock(), check: () => [] };
  await transact(database, async (tx) => {
    await editPayload(tx, posting.id, order('2'), deed);
    await retryPosting(tx, posting.id, deed);
  });
  await until(posting, 'accepted');
  expect(erp.bookings()).toMatchObject([{ reference: posting.reference }]);
});

test('somebody works in the ERP at the same time: a conflict, and both versions are there', async () => {
  erp.edit('suppliers', 'S0000001', { name: 'Theirs' });
  const run = await dryRun(database.kysely, draft('rename', rename('S0000001', 'Ours', '1')), {
    destination,
    canonicalOf,
    stop: AbortSignal.timeout(SEND_MS_MAX),
  });
  expect(run.target).toMatchObject({ version: '2', movedOn: true });
  expect(run.changes).toEqual([{ field: 'name', before: 'Theirs', after: 'Ours' }]);
  const posting = await until(await ask('rename', rename('S0000001', 'Ours', '1')), 'conflict');
  expect(posting).toMatchObject({
    target: { version: '1' },
    preImage: { version: '2', content: { name: 'Theirs' } },
  });
  expect(erp.bookings()).toHaveLength(1); // Theirs.
});

test('a batch is taken back but for what they changed since; our own writes are echoes', async () => {
  const names = ['S0000001', 'S0000002'].map(
    (id) => erp.documents('suppliers').find((one) => one.id === id)?.fields['name'],
  );
  const batch = { integration: 'hostile', title: 'Renaming', cause };
  const batchId = await openBatch(database.kysely, batch, systemClock());
  const postings = [
    await ask('one', { batchId, ...rename('S0000001', 'One') }),
    await ask('two', { batchId, ...rename('S0000002', 'Two') }),
    await ask('order', { batchId }),
  ];
  for (const posting of postings) await until(posting, 'accepted');
  const arrived = await adapter.fetch('suppliers', 'S0000001', AbortSignal.timeout(SEND_MS_MAX));
  const arrival = { integration: 'hostile', kind: 'supplier', key: 'S0000001' };
  expect(await isEcho(database.kysely, { ...arrival, version: arrived?.version ?? '' })).toBe(true);
  erp.edit('suppliers', 'S0000002', { city: 'Elsewhere' });
  expect(await isEcho(database.kysely, { ...arrival, key: 'S0000002', version: '3' })).toBe(false);

  const context = {
    database,
    clock: systemClock,
    destinationOf: () => Promise.resolve(destination),
    canonicalOf,
    stop: AbortSignal.timeout(10_000),
  };
  const { undone, refused } = await rollBackBatch(context, batchId, cause);
  expect(refused.map(({ why }) => why)).toEqual(['it has moved on to version 3']);
  for (const { by } of undone) await until(by, 'accepted');
  const now = (id: string): unknown =>
    erp.documents('suppliers').find((one) => one.id === id)?.fields['name'];
  expect([now('S0000001'), now('S0000002')]).toEqual([names[0], 'Two']);
  expect(erp.documents('purchase-orders').at(-1)?.fields['status']).toBe('CANCELLED');
});

test('while the ERP is down postings wait; when it is back they go out once', async () => {
  await erp.goDown();
  const posting = await ask('order 1');
  while ((await listAttempts(database.kysely, posting.id)).length === 0) await pause(20);
  await erp.comeBack();
  await until(posting, 'accepted');
  expect(erp.bookings()).toHaveLength(1);
});
