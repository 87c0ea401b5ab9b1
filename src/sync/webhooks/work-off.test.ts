import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentAdapter } from '#adapter-kit';
import { WebhookSenderSchema } from '#adapter-kit/webhook';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { RialtoError } from '#kernel';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import { listJobs, workflowMigrations } from '#workflow';
import { createIntegration, startSync, syncMigrations } from '../index.ts';
import { DOCUMENT_PACK, MemorySource } from '../pull/testing.ts';
import { listDeliveries, receiveDelivery, workOff } from './index.ts';
import type { Received, Receiving } from './index.ts';

const MODULES = [recordsMigrations, syncMigrations, workflowMigrations];
const SECRET = 'a secret between the two';
const ENTITIES = ['parties', 'orders'];
const signal = new AbortController().signal;

let database: Database;
let source: MemorySource;
let adapter: DocumentAdapter;
let now = 1_700_000_000_000;
let held = false;
const clock = () => instantOf((now += 1_000));

const receiving: Receiving = {
  integration: 'erp',
  secrets: [SECRET],
  entities: new Set(ENTITIES),
  sender: WebhookSenderSchema.parse({
    proof: { kind: 'hmac', header: 'sig' },
    deliveryId: { header: 'id' },
    events: 'events',
    type: 'type',
    meanings: [
      { type: ['party'], entity: 'parties', key: 'key' },
      { type: ['order'], entity: 'orders', key: 'key' },
    ],
  }),
};

beforeEach(async () => {
  database = await testDatabase(MODULES);
  source = new MemorySource();
  adapter = source.adapter(ENTITIES);
  held = false;
  const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

const deps = () => ({ database, clock, adapters: () => adapter });
const sync = () => startSync(deps(), 'erp', { pageSize: 4 });

type Event = { readonly type: string; readonly key: string };

function deliver(id: string | undefined, events: readonly Event[]): Promise<Received> {
  const body = Buffer.from(JSON.stringify({ events }));
  const sig = createHmac('sha256', SECRET).update(body).digest('hex');
  const headers = id === undefined ? { sig } : { sig, id };
  return receiveDelivery({ database, now: clock() }, { headers, body }, receiving);
}

const work = () =>
  workOff(
    {
      database,
      clock,
      isHeld: () => Promise.resolve(held),
      async run(integration, named) {
        const how = named === undefined ? {} : { named };
        const run = await startSync(deps(), integration, { pageSize: 4, ...how });
        return { ...run, id: run.runId };
      },
    },
    'erp',
    signal,
  );

const party = (name: string) => ({ code: `C-${name}`, name });
const order = (supplier: string, price = '10.50') => ({
  name: `PO-${supplier}`,
  type: 'order',
  party: { id: supplier },
  day: '2026-01-31',
  total: price,
  lines: [{ text: 'Oil', quantity: '1', price, total: price }],
});

async function records(): Promise<Record<string, unknown>> {
  const found = await rows<{ kind: string; key: string; content: object }>(
    database.kysely,
    sql`select kind, key, content from records.record order by kind, key collate "C"`,
  );
  return Object.fromEntries(found.map(({ kind, key, content }) => [`${kind} ${key}`, content]));
}

const states = async () =>
  (await listDeliveries(database.kysely, { integration: 'erp', offset: 0, limit: 50 })).rows
    .toReversed()
    .map(({ deliveryId, state, repeats }) => [deliveryId, state, repeats]);

const openJobs = async () =>
  (await listJobs(database.kysely, { offset: 0, limit: 100 })).rows.filter(
    ({ state }) => state === 'waiting',
  );

test('a delivery names a document, and it comes in as it is now, whatever the delivery says', async () => {
  source.put('parties', 's1', party('One'));
  source.put('orders', 'o1', order('s1'));
  await sync();
  source.put('parties', 's1', party('Uno'));
  source.remove('orders', 'o1');
  source.put('orders', 'o2', order('s1'));
  const events = [
    { type: 'party', key: 's1', name: 'A lie' },
    { type: 'order', key: 'o1' },
    { type: 'order', key: 'o2' },
  ];
  expect(await deliver('d1', events)).toEqual({ kind: 'accepted' });
  expect(await work()).toEqual({ looked: 3 });
  expect(await records()).toMatchObject({
    'purchase-order o2': { number: 'PO-s1' },
    'supplier s1': { name: 'Uno' },
  });
  expect(Object.keys(await records())).toHaveLength(2);
  expect(await states()).toEqual([['d1', 'done', 0]]);
  expect(await sync()).toMatchObject({ message: 'Nothing changed.' });
});

test('a repeat does nothing; without an id of the sender the same words may be another change', async () => {
  await sync();
  source.put('parties', 's1', party('One'));
  const events = [{ type: 'party', key: 's1' }];
  expect(await deliver('d1', events)).toEqual({ kind: 'accepted' });
  expect(await deliver('d1', events)).toEqual({ kind: 'repeat' });
  await work();
  expect(await deliver('d1', events)).toEqual({ kind: 'repeat' });
  expect(await work()).toEqual({ looked: 0 });
  expect(await deliver(undefined, events)).toEqual({ kind: 'accepted' });
  source.put('parties', 's1', party('Uno'));
  expect(await deliver(undefined, events)).toEqual({ kind: 'accepted' });
  await work();
  expect(await records()).toMatchObject({ 'supplier s1': { name: 'Uno' } });
  expect(await states()).toMatchObject([
    ['d1', 'done', 2],
    [expect.stringMatching(/^sha256:/), 'done', 1],
  ]);
});

test('a forged, tampered or foreign delivery is refused alike, and leaves nothing', async () => {
  const body = Buffer.from('{"events":[]}');
  const sig = createHmac('sha256', SECRET).update(body).digest('hex');
  const ask = (headers: Record<string, string>, raw: Buffer, to?: Receiving) =>
    receiveDelivery({ database, now: clock() }, { headers, body: raw }, to);
  const refused = { kind: 'refused' };
  expect(await ask({ sig: 'no' }, body, receiving)).toEqual(refused);
  expect(await ask({ sig }, Buffer.from('{"events":[ ]}'), receiving)).toEqual(refused);
  expect(await ask({ sig }, body, undefined)).toEqual(refused);
  expect(await states()).toEqual([]);
  expect(await openJobs()).toEqual([]);
  const deep = Buffer.from(`${'['.repeat(100)}${']'.repeat(100)}`);
  const signed = createHmac('sha256', SECRET).update(deep).digest('hex');
  expect(await ask({ sig: signed }, deep, receiving)).toMatchObject({ kind: 'unreadable' });
});

test('a storm wakes one worker, and what comes while it looks wakes another', async () => {
  await sync();
  const storm = Array.from({ length: 40 }, (_, n) => {
    source.put('parties', `s${n % 5}`, party(`Supplier ${n}`));
    return deliver(`d${n}`, [{ type: 'party', key: `s${n % 5}` }]);
  });
  await Promise.all(storm);
  expect(await openJobs()).toHaveLength(1);
  expect(await work()).toEqual({ looked: 5 });
  await deliver('late', [{ type: 'party', key: 's1' }]);
  expect(await openJobs()).toHaveLength(2);
});

test('what comes in during a run waits until the run is over', async () => {
  source.put('parties', 's1', party('One'));
  await sync();
  await deliver('d1', [{ type: 'party', key: 's1' }]);
  source.put('parties', 's1', party('Uno'));
  let during: unknown;
  const before = adapter;
  adapter = {
    ...adapter,
    async *pull(entity, from, stop) {
      const read = await Array.fromAsync(before.pull(entity, from, stop)); // Read, and not yet brought in.
      during ??= await work();
      yield* read;
    },
  };
  await sync();
  expect(during).toEqual({ looked: 0, waits: 'a run is under way' });
  adapter = source.adapter(ENTITIES);
  expect(await work()).toEqual({ looked: 1 });
  expect(await records()).toMatchObject({ 'supplier s1': { name: 'Uno' } });
});

test('what a held integration is told is kept for later', async () => {
  await sync();
  held = true;
  source.put('parties', 's1', party('One'));
  await deliver('d1', [{ type: 'party', key: 's1' }]);
  expect(await work()).toEqual({ looked: 0, kept: 'it is held or paused' });
  expect(await states()).toEqual([['d1', 'waiting', 0]]);
  held = false;
  expect(await work()).toEqual({ looked: 1 });
  expect(Object.keys(await records())).toEqual(['supplier s1']);
});

test('before a first read, and for what it cannot name, everything that changed is read', async () => {
  source.put('parties', 's1', party('One'));
  source.put('orders', 'o1', order('s1'));
  await deliver('d1', [{ type: 'order', key: 'o1' }]);
  await work();
  expect(Object.keys(await records())).toEqual(['purchase-order o1', 'supplier s1']);
  source.put('parties', 's2', party('Two'));
  await deliver('d2', [{ type: 'who knows', key: '?' }]);
  await work();
  expect(Object.keys(await records())).toContain('supplier s2');
});

test('a document that cannot be read fails its delivery after some tries, and stops no other', async () => {
  await sync();
  source.put('parties', 's1', party('One'));
  const before = adapter;
  adapter = {
    ...adapter,
    fetch: (entity, key, stop) =>
      key === 'bad'
        ? Promise.reject(new RialtoError('invalid', 'test.bad', 'reading it'))
        : before.fetch(entity, key, stop),
  };
  await deliver('d1', [{ type: 'party', key: 'bad' }]);
  await deliver('d2', [{ type: 'party', key: 's1' }]);
  for (let tries = 1; tries <= 5; tries += 1) {
    await expect(work()).rejects.toMatchObject({ code: 'sync.not-all-fetched' });
    expect((await states())[1]).toEqual(['d2', 'done', 0]);
  }
  expect(await work()).toEqual({ looked: 0 });
  expect((await states())[0]).toEqual(['d1', 'failed', 0]);
});

test('a system that calls everything gone deletes nothing without a person', async () => {
  for (let n = 0; n < 20; n += 1) source.put('parties', `s${n}`, party(`Supplier ${n}`));
  await sync();
  adapter = { ...adapter, fetch: () => Promise.resolve(undefined) };
  const events = Array.from({ length: 12 }, (_, n) => ({ type: 'party', key: `s${n}` }));
  await deliver('d1', events);
  await work();
  expect(Object.keys(await records())).toHaveLength(20);
});

test('whatever is told, how often and in which order, the records are those of one pull', async () => {
  const change = fc.record({
    key: fc.constantFrom('1', '2', '3', '4'),
    what: fc.constantFrom('party', 'order', 'gone'),
    times: fc.integer({ min: 0, max: 3 }), // 0: the delivery is lost; a pull would find it.
    workNow: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 12 }),
      fc.infiniteStream(fc.nat(9)),
      async (all, dice) => {
        await database.close();
        database = await testDatabase(MODULES);
        source = new MemorySource();
        adapter = source.adapter(ENTITIES);
        const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
        await createIntegration(database, wanted);
        for (const key of ['1', '2']) source.put('parties', `s${key}`, party(key));
        await sync();
        const waiting: { id: string; event: Event }[] = [];
        for (const [at, { key, what, times, workNow }] of all.entries()) {
          if (what === 'party') source.put('parties', `s${key}`, party(`Name ${at}`));
          if (what === 'order') source.put('orders', `o${key}`, order('s1', `${at + 1}.50`));
          if (what === 'gone') source.remove('orders', `o${key}`);
          const event =
            what === 'party'
              ? { type: 'party', key: `s${key}` }
              : { type: 'order', key: `o${key}` };
          for (let n = 0; n < Math.max(times, 1); n += 1) waiting.push({ id: `d${at}`, event });
          // Some arrive now, out of order; the others later.
          for (const one of waiting.splice(dice.next().value ?? 0, 2))
            await deliver(one.id, [one.event]);
          if (workNow) await work();
        }
        for (const one of waiting.toReversed()) await deliver(one.id, [one.event]);
        await work();
        const told = await records();
        expect(await sync()).toMatchObject({ message: 'Nothing changed.' });
        expect(told).toEqual(await records());
        const present = [...source.present('parties').keys(), ...source.present('orders').keys()];
        expect(new Set(Object.keys(told).map((name) => name.split(' ')[1]))).toEqual(
          new Set(present),
        );
      },
    ),
    { numRuns: 12 },
  );
}, 300_000);
