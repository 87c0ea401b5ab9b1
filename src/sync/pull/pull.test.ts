import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { RialtoError } from '#kernel';
import { instantOf } from '#kernel/time';
import { readChanges, recordsMigrations } from '#records';
import { createIntegration, listQuarantine, startSync, syncMigrations } from '../index.ts';
import type { RunSummary, SyncOptions } from '../index.ts';
import { saveMapping } from '../mapping-versions/index.ts';
import { DOCUMENT_PACK, MemorySource } from './testing.ts';

let database: Database;
let source: MemorySource;
let now = 1_700_000_000_000;
const clock = () => instantOf((now += 1_000));

beforeEach(async () => {
  database = await testDatabase([recordsMigrations, syncMigrations]);
  source = new MemorySource();
  const wanted = { name: 'erp', adapter: 'memory', settings: {}, mapping: DOCUMENT_PACK };
  await createIntegration(database, wanted);
});
afterEach(() => database.close());

function sync(options: SyncOptions = {}): Promise<RunSummary> {
  const adapters = () => source.adapter(['parties', 'orders']);
  return startSync({ database, clock, adapters }, 'erp', { pageSize: 4, ...options });
}

const party = (name: string) => ({ code: `C-${name}`, name });
const order = (supplier: string, price = '10.50') => ({
  name: `PO-${supplier}`,
  type: 'order',
  party: { id: supplier },
  day: '2026-01-31',
  total: price,
  lines: [{ text: 'Oil', quantity: '1', price, total: price }],
});

async function keys(kind: string): Promise<string[]> {
  const found = await rows<{ key: string }>(
    database.kysely,
    sql`select key from records.record where kind = ${kind} order by key collate "C"`,
  );
  return found.map(({ key }) => key);
}

const of = (run: RunSummary, kind: string) => run.entities.find((entity) => entity.kind === kind);

describe('pulling documents', () => {
  test('a first run reads everything, the next only what has changed', async () => {
    for (let n = 1; n <= 9; n += 1) source.put('parties', `s${n}`, party(`Supplier ${n}`));
    for (let n = 1; n <= 5; n += 1) source.put('orders', `o${n}`, order(`s${n}`));
    const first = await sync();
    expect(first).toMatchObject({ status: 'done', notReady: [] });
    expect(of(first, 'supplier')).toMatchObject({ read: 9, created: 9 });
    expect(of(first, 'purchase-order')).toMatchObject({ read: 5, created: 5 });
    source.pagesAsked = 0;
    source.put('orders', 'o2', order('s2', '11.00'));
    const second = await sync();
    expect(of(second, 'purchase-order')).toMatchObject({ read: 1, changed: 1, created: 0 });
    expect(source.pagesAsked).toBe(2);
    expect(await sync()).toMatchObject({ status: 'done', message: 'Nothing changed.' });
  });

  test('a change knows whether it is news, and what differs', async () => {
    source.put('parties', 's1', party('One'));
    await sync();
    source.put('parties', 's1', party('Uno'));
    await sync();
    const changes = await readChanges(database.kysely, { after: 0n, limit: 10 });
    expect(changes.map(({ cause }) => cause)).toEqual(['snapshot', 'change']);
    expect(changes[1]?.changedFields.map(({ field }) => field)).toEqual(['name', 'number']);
    expect(changes[1]?.source).toMatchObject({ integration: 'erp', key: 's1', file: 'parties' });
  });

  test('what the source reports as deleted is deleted, and its log entry stays', async () => {
    source.put('parties', 's1', party('One'));
    source.put('parties', 's2', party('Two'));
    await sync();
    source.remove('parties', 's1');
    expect(of(await sync(), 'supplier')).toMatchObject({ deleted: 1 });
    expect(await keys('supplier')).toEqual(['s2']);
  });

  test('what a document no longer is, by the mapping, is removed', async () => {
    source.put('parties', 's1', party('One'));
    source.put('orders', 'o1', order('s1'));
    await sync();
    source.put('orders', 'o1', { ...order('s1'), type: 'template' });
    expect(of(await sync(), 'purchase-order')).toMatchObject({ deleted: 1 });
  });

  test('a document that is wrong waits, and comes in when it is corrected', async () => {
    source.put('parties', 's1', party('One'));
    source.put('orders', 'o1', { ...order('s1'), total: '12.00' });
    const run = await sync();
    expect(of(run, 'purchase-order')).toMatchObject({ created: 0, quarantined: 1 });
    const { rows: items } = await listQuarantine(database, { offset: 0, limit: 10 });
    expect(items).toMatchObject([
      {
        kind: 'purchase-order',
        key: 'o1',
        file: 'orders',
        field: 'netAmount',
        reason: 'the header says 12.00, its lines add up to 10.50',
      },
    ]);
    source.put('orders', 'o1', order('s1'));
    expect(of(await sync(), 'purchase-order')).toMatchObject({
      created: 1,
      released: 1,
      quarantined: 0,
    });
  });

  test('an order whose supplier comes later is tried again without the source telling it again', async () => {
    source.put('orders', 'o1', order('s1'));
    expect(of(await sync(), 'purchase-order')).toMatchObject({ created: 0, quarantined: 1 });
    source.put('parties', 's1', party('One'));
    const run = await sync();
    expect(of(run, 'purchase-order')).toMatchObject({ read: 0, created: 1, quarantined: 0 });
    expect(await keys('purchase-order')).toEqual(['o1']);
  });

  test('another mapping reads everything again and changes what it maps otherwise', async () => {
    source.put('parties', 's1', party('One'));
    source.put('orders', 'o1', order('s1'));
    await sync();
    const [first, second] = DOCUMENT_PACK.mappings;
    if (first === undefined || second === undefined) throw new Error('the pack has two mappings');
    const fields = { ...second.fields, city: { column: 'name' } };
    const pack = { ...DOCUMENT_PACK, version: 2, mappings: [first, { ...second, fields }] };
    await saveMapping(database, { integration: 'erp', pack, author: 'per_1', at: clock() });
    const run = await sync();
    expect(of(run, 'supplier')).toMatchObject({ read: 1, changed: 1 });
    expect(of(run, 'purchase-order')).toMatchObject({ read: 0 });
  });
});

test('a source of which nothing can be read fails the run, with what to do', async () => {
  const why = new RialtoError('forbidden', 'test.no-right', 'reading parties', {
    remedy: 'Give the user the right to read.',
  });
  const adapter = {
    ...source.adapter(['parties', 'orders']),
    // oxlint-disable-next-line require-yield -- it fails before the first page.
    async *pull() {
      await Promise.resolve();
      throw why;
    },
  };
  const run = await startSync({ database, clock, adapters: () => adapter }, 'erp');
  expect(run).toMatchObject({
    status: 'failed',
    message: 'reading parties. Give the user the right to read.',
    notReady: [],
  });
});

describe('deletions that the source does not report', () => {
  beforeEach(() => {
    source.deletions = 'found-by-snapshot';
    source.incremental = false;
    for (let n = 1; n <= 30; n += 1) {
      source.put('parties', `s${String(n).padStart(2, '0')}`, party(`Supplier ${n}`));
    }
  });

  test('are found when a snapshot is complete', async () => {
    await sync();
    source.remove('parties', 's07');
    expect(of(await sync(), 'supplier')).toMatchObject({ deleted: 1, unchanged: 29 });
    expect(await keys('supplier')).not.toContain('s07');
  });

  test('do not happen when too much would go, until a person accepts it', async () => {
    await sync();
    for (let n = 10; n <= 30; n += 1) source.remove('parties', `s${n}`);
    const run = await sync();
    expect(of(run, 'supplier')).toMatchObject({ deleted: 0 });
    expect(run.message).toContain('21 of 30 parties are no longer in erp');
    expect(of(await sync({ acceptDeletions: true }), 'supplier')).toMatchObject({ deleted: 21 });
    expect(await keys('supplier')).toHaveLength(9);
  });

  test('do not happen when a snapshot was cut short and resumed', async () => {
    await sync();
    let answers = 0;
    source.mischief = { fails: () => (answers += 1) === 5 };
    expect(await sync()).toMatchObject({ status: 'failed' });
    source.mischief = {};
    expect(await sync()).toMatchObject({ status: 'done' });
    expect(await keys('supplier')).toHaveLength(30);
  });

  test('do not happen when the source hands over fewer than it counts', async () => {
    await sync();
    const adapter = source.adapter(['parties', 'orders']);
    const short = {
      ...adapter,
      async *pull(...args: Parameters<typeof adapter.pull>) {
        for await (const page of adapter.pull(...args)) {
          yield { ...page, documents: page.documents.slice(1), expected: 30 };
        }
      },
    };
    const run = await startSync({ database, clock, adapters: () => short }, 'erp', {});
    expect(run.message).toContain('the source counts 30 and handed over 20');
    expect(await keys('supplier')).toHaveLength(30);
  });
});

type Event =
  | { readonly what: 'put-party'; readonly n: number; readonly name: string }
  | {
      readonly what: 'put-order';
      readonly n: number;
      readonly supplier: number;
      readonly price: number;
    }
  | { readonly what: 'remove-order'; readonly n: number }
  | { readonly what: 'sync'; readonly full: boolean };

const small = fc.integer({ min: 0, max: 7 });
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ what: fc.constant('put-party' as const), n: small, name: fc.constantFrom('A', 'B') }),
  fc.record({
    what: fc.constant('put-order' as const),
    n: small,
    supplier: small,
    price: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ what: fc.constant('remove-order' as const), n: small }),
  fc.record({ what: fc.constant('sync' as const), full: fc.boolean() }),
);

function happen(one: Event): void {
  if (one.what === 'put-party') source.put('parties', `s${one.n}`, party(one.name));
  if (one.what === 'put-order') {
    source.put('orders', `o${one.n}`, order(`s${one.supplier}`, `${one.price}.00`));
  }
  if (one.what === 'remove-order') source.remove('orders', `o${one.n}`);
}

test('whatever the business does and the network loses, in the end both sides say the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 25 }),
      fc.array(event, { maxLength: 25 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      async (events, during, dice) => {
        await rows(database.kysely, sql`truncate sync.pulled, sync.pull cascade`);
        await rows(database.kysely, sql`truncate sync.quarantine, records.record`);
        source = new MemorySource();
        const roll = (): number => dice.next().value ?? 0;
        const later = [...during];
        source.meanwhile = () => {
          const next = later.shift();
          if (next !== undefined) happen(next);
        };
        source.mischief = { fails: () => roll() === 0, repeats: () => roll() === 1, pageSize: 2 };
        for (const one of events) {
          if (one.what === 'sync') await sync({ full: one.full, pageSize: 3 });
          else happen(one);
        }
        source.mischief = {};
        source.meanwhile = () => undefined;
        await sync();
        const parties = source.present('parties');
        expect(await keys('supplier')).toEqual([...parties.keys()].toSorted());
        const orders = source.present('orders');
        const pointing = [...orders].filter(([, content]) => {
          const { id } = content['party'] as { id: string };
          return parties.has(id);
        });
        const found = await rows<{ key: string; net: string }>(
          database.kysely,
          sql`select key, content ->> 'netAmount' as net from records.record
            where kind = 'purchase-order' order by key collate "C"`,
        );
        // One that points nowhere now is held: it stays what it was, or is not there yet.
        const whole = new Set(pointing.map(([key]) => key));
        expect(found.flatMap(({ key, net }) => (whole.has(key) ? [[key, net]] : []))).toEqual(
          pointing
            .map(([key, content]) => [key, content['total']])
            .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        );
        expect(found.filter(({ key }) => !orders.has(key))).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
