/**
 * People work in the ERP and in Rialto at the same time, while the ERP loses answers, throttles and
 * repeats rows. Whatever they do, both come to rest: equal, with nothing going to and fro, and no
 * change of one side alone is lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HttpAdapter } from '#adapters/http';
import { auditMigrations } from '#audit';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { decimal, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import { systemClock } from '#kernel/time';
import {
  intend,
  listPostings,
  POSTING_POLICY,
  postingsMigrations,
  recordExchange,
  runPoster,
} from '#postings';
import { findRecord, recordIdOf, recordsMigrations } from '#records';
import { documentReader, loadIntegration, syncMigrations } from '#sync';
import {
  decideConflict,
  keepBase,
  lastSeen,
  listConflicts,
  saveRules,
  settleConflicts,
} from '#sync/conflicts';
import { COLLECTION_OF, connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import type { Collection, ErpDocument } from '../../simulators/hostile-erp/document.ts';
import { idOf } from '../../simulators/hostile-erp/document.ts';
import { linesOf } from '../../simulators/hostile-erp/make-fields.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import type { HostileErp } from '../../simulators/hostile-erp/start.ts';
import { compareRecords } from './compare-records.ts';
import { makeIntegration, pullIn } from './pull-in.ts';
import { INTEGRATION } from './wanted.ts';

const SEND_MS_MAX = 2_000;
const ROUNDS_MAX = 30;
const FAULTS = { loseAnswer: 0.15, throttle: 0.1, repeatRows: 0.2, errorAfter: 0.1 };
const SIZE = { suppliers: 2, items: 5, orders: 2 };
const RUNS = 6;

let folder: string;
let erp: HostileErp;
let adapter: HttpAdapter;
let database: Database;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-two-way-'));
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 4, ...SIZE });
  adapter = connectHostileErp({ url: erp.url, log: recordExchange });
  database = await testDatabase([
    recordsMigrations,
    syncMigrations,
    postingsMigrations,
    auditMigrations,
  ]);
  await makeIntegration(database, erp.url);
  const entityOf = (kind: string): string | undefined => COLLECTION_OF[kind];
  const poster = await runPoster(
    {
      database,
      clock: systemClock,
      random: Math.random,
      worker: 'worker-1',
      sendMsMax: SEND_MS_MAX,
      destinationOf: () => Promise.resolve({ adapter, policy: POLICY, entityOf }),
    },
    { atOnce: 2, pollMs: 30 },
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

const POLICY = {
  ...POSTING_POLICY,
  sendMsMax: SEND_MS_MAX,
  settleMs: 1_500, // On a busy machine the ERP, in this process, books that late.
  retryBaseMs: 20,
  retryMsMax: 200,
};

type Kind = 'supplier' | 'purchase-order';
const COLLECTIONS = { supplier: 'suppliers', 'purchase-order': 'purchase-orders' } as const;

const found = (collection: Collection, id: string): ErpDocument => {
  const document = erp.documents(collection).find((each) => each.id === id);
  assert(document !== undefined, `${id} is there`);
  return document;
};

/** Sets a field there: of a supplier, or the price of an order's first line with its totals. */
function editThere(kind: Kind, key: string, field: string, value: string): void {
  if (kind === 'supplier') return erp.edit('suppliers', key, { [field]: value });
  const { fields } = found('purchase-orders', key);
  const lines = priced(linesOf(fields), 'quantity', value);
  erp.edit('purchase-orders', key, { lines, netAmount: totalOf(lines) });
}

/**
 * The same here, made against what was last read; a whole line, as people send it. Answers whether it
 * is a wish at all: a price within a line that is as its author saw it is none.
 */
async function wishHere(kind: Kind, key: string, field: string, value: string): Promise<boolean> {
  wishes += 1;
  const document = { integration: INTEGRATION, entity: COLLECTIONS[kind], kind, key } as const;
  const seen = await lastSeen(database.kysely, document);
  assert(seen?.content !== undefined, `${key} was read`);
  const base = seen.content;
  const payload = kind === 'supplier' ? { [field]: value } : { lines: repriced(base, value) };
  const operation = kind === 'supplier' ? 'update-supplier' : 'update-purchase-order';
  const businessKey = `wish ${wishes}`;
  const draft = { integration: INTEGRATION, operation, businessKey, payload } as const;
  await transact(database, async (tx) => {
    const wish = { ...draft, target: seen.target, cause: { by: 'Ada' } };
    const { posting } = await intend(tx, wish, systemClock());
    await keepBase(tx, posting, base, systemClock());
  });
  return kind === 'supplier' || !isPriced(base, value);
}
let wishes = 0;

function priced(
  lines: readonly JsonObject[],
  quantity: string,
  unitPrice: string,
): readonly JsonObject[] {
  const [first, ...others] = lines;
  const amount = first?.[quantity];
  assert(first !== undefined && typeof amount === 'string', 'an order has lines');
  const netAmount = multiplyDecimals(decimal(amount), decimal(unitPrice));
  return [{ ...first, unitPrice, netAmount }, ...others];
}

/** Whether the first line has this price. */
function isPriced({ lines }: JsonObject, unitPrice: string): boolean {
  const list: readonly Json[] = Array.isArray(lines) ? lines : [];
  return JSON.stringify(list[0] ?? {}).includes(`"unitPrice":"${unitPrice}"`);
}

function repriced({ lines }: JsonObject, unitPrice: string): readonly JsonObject[] {
  assert(Array.isArray(lines), 'an order has lines');
  const list: readonly Json[] = lines;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a line is an object by its schema.
  const [first, ...others] = list as readonly JsonObject[];
  const { ordered } = first ?? {};
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise.
  const { value } = ordered as { readonly value: string };
  const [line = {}] = priced([{ ...first, quantity: value }], 'quantity', unitPrice);
  const { quantity: _, ...whole } = line;
  return [whole, ...others];
}

const totalOf = (lines: readonly JsonObject[]): string =>
  sumDecimals(
    lines.flatMap(({ netAmount }) => (typeof netAmount === 'string' ? decimal(netAmount) : [])),
  );

async function settle(): Promise<void> {
  const { pack } = await loadIntegration(database, INTEGRATION);
  assert(!('layout' in pack), 'the ERP hands over whole documents');
  const { canonicalOf, entityOf } = documentReader(pack);
  const fetch: HttpAdapter['fetch'] = (...wanted) => adapter.fetch(...wanted);
  const placeOf = () => Promise.resolve({ fetch, canonicalOf, entityOf });
  await settleConflicts({ database, clock: systemClock, placeOf });
}

async function open(): Promise<readonly { readonly state: string; readonly lane: string }[]> {
  const { rows } = await listPostings(database.kysely, { offset: 0, limit: 2_000 });
  return rows
    .map(({ progress: { state }, lane }) => ({ state, lane }))
    .filter(({ state }) => state !== 'accepted' && state !== 'dismissed');
}

/** Waits until all that can go out is out. */
async function quiet(): Promise<void> {
  for (;;) {
    const waiting = await open();
    const held = new Set(waiting.flatMap(({ state, lane }) => (state === 'conflict' ? lane : [])));
    if (waiting.every(({ lane }) => held.has(lane))) return;
    await pause(20);
  }
}

/** Goes round until nothing is left to be done; a person takes ours of what is asked. */
async function comeToRest(): Promise<void> {
  for (let round = 0; ; round += 1) {
    assert(round < ROUNDS_MAX, 'it comes to rest');
    await quiet();
    await settle();
    const query = { states: ['open'], offset: 0, limit: 100 };
    for (const { id } of (await listConflicts(database.kysely, query)).rows) {
      const decision = {
        id,
        whole: 'ours',
        by: 'Bea',
        at: systemClock(),
        check: () => [],
      } as const;
      await transact(database, (tx) => decideConflict(tx, decision));
    }
    if ((await open()).length === 0) break;
  }
  await read();
}

/** Until a reading gets through. */
async function read(): Promise<void> {
  for (;;) if ((await pullIn(database, adapter)).status === 'done') return;
}

const change = fc.record({
  what: fc.constantFrom('ours' as const, 'theirs' as const),
  at: fc.constantFrom(1, 2),
  place: fc.oneof(
    fc.record({
      kind: fc.constant('supplier' as const),
      field: fc.constantFrom('name', 'city'),
      value: fc.constantFrom('A', 'B', 'C'),
    }),
    fc.record({
      kind: fc.constant('purchase-order' as const),
      field: fc.constant('unitPrice'),
      value: fc.constantFrom('1.50', '2.25', '3.10'),
    }),
  ),
});
const step = fc.oneof(
  { weight: 5, arbitrary: change },
  fc.record({ what: fc.constantFrom('read' as const, 'quiet' as const, 'settle' as const) }),
);
const DO = { read, quiet, settle };

test('both sides come to rest and are equal, and no lone change is lost', async () => {
  await read();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 16 }),
      fc.constantFrom('ours', 'theirs', 'newest', 'ask'),
      async (steps, wins) => {
        const rules = [{ field: '*', wins }];
        for (const kind of ['supplier', 'purchase-order']) {
          const edit = { integration: INTEGRATION, kind, rules, author: 'Ada', at: systemClock() };
          await saveRules(database, edit);
        }
        erp.setFaults(FAULTS);
        const last = { ours: new Map<string, string>(), theirs: new Map<string, string>() };
        for (const each of steps) {
          if (each.what !== 'ours' && each.what !== 'theirs') {
            await DO[each.what]();
            continue;
          }
          const { kind, field, value } = each.place;
          const key = idOf(COLLECTIONS[kind], each.at);
          const isChange = each.what === 'theirs' || (await wishHere(kind, key, field, value));
          if (each.what === 'theirs') editThere(kind, key, field, value);
          if (isChange) last[each.what].set(`${kind}/${key}/${field}`, value);
        }
        await comeToRest();
        await expectKept(last);
        await expectEqual();
        const booked = erp.bookings().length;
        await comeToRest();
        expect(erp.bookings()).toHaveLength(booked); // Nothing goes to and fro.
        await expectEqual();
      },
    ),
    { numRuns: RUNS },
  );
}, 300_000);

async function expectEqual(): Promise<void> {
  const held = (['supplier', 'item', 'purchase-order'] as const).map((kind) => ({
    kind,
    documents: erp.documents(COLLECTIONS_BY[kind]),
  }));
  expect(await compareRecords(database, held)).toMatchObject({
    missing: 0,
    surplus: 0,
    different: 0,
    heldBack: 0,
    wrongHistory: 0,
  });
}
const COLLECTIONS_BY = { ...COLLECTIONS, item: 'items' } as const;

/** What only one side has touched is as that side last had it. */
async function expectKept(last: Record<'ours' | 'theirs', Map<string, string>>): Promise<void> {
  for (const place of new Set([...last.ours.keys(), ...last.theirs.keys()])) {
    const [ours, theirs] = [last.ours.get(place), last.theirs.get(place)];
    if (ours !== undefined && theirs !== undefined) continue;
    const [kind = '', key = '', field = ''] = place.split('/');
    const isKind = kind === 'supplier' || kind === 'purchase-order';
    assert(isKind, `${kind} is one of those that were changed`);
    const record = await findRecord(database.kysely, recordIdOf(INTEGRATION, kind, key));
    const text = JSON.stringify(record?.content);
    const said = `"${field}":"${ours ?? theirs ?? ''}"`;
    assert(text.includes(said), `${place} is not ${said}: ${text}`);
  }
}
