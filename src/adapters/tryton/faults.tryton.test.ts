/**
 * What may happen between the adapter and a real server: answers lost at every call of a write, the
 * server killed, the session ended, somebody else faster. In the end each thing is there once.
 */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Command, Exchange, Writer } from '#adapter-kit';
import { assert, RialtoError } from '#kernel';
import { startTryton, TRYTON_START_MS_MAX } from './testing.ts';
import type { RunningTryton } from './testing.ts';
import {
  commandOf,
  invoicePayload,
  movementPayload,
  orderLine,
  orderPayload,
  receiptPayload,
  supplierPayload,
} from './testing/commands.ts';
import { connectAsRialto, writerAsRialto } from './testing/connect.ts';
import { books, startCuttingProxy } from './testing/cutting-proxy.ts';
import type { CuttingProxy, Fate } from './testing/cutting-proxy.ts';
import { orderGoods, todayText } from './testing/trade.ts';

vi.setConfig({ testTimeout: 180_000 });

let tryton: RunningTryton;
let proxy: CuttingProxy;
let day: string;

beforeAll(async () => {
  tryton = await startTryton();
  proxy = await startCuttingProxy(tryton.url);
  day = await todayText(tryton.admin);
}, TRYTON_START_MS_MAX);
afterAll(async () => {
  await proxy.stop();
  await tryton.stop();
});

const patience = (): AbortSignal => AbortSignal.timeout(60_000);
const throughProxy = () => writerAsRialto(tryton, { url: proxy.url });

/** An order of the test's own that goods can come for, and its line. */
async function openOrder(): Promise<{ order: string; orderLine: string }> {
  const order = await orderGoods(tryton.admin, tryton.company, { quantity: 100, price: '4.35' });
  const { lines } = await tryton.admin.read('purchase.purchase', order, ['lines']);
  assert(Array.isArray(lines), 'an order has lines');
  return { order: String(order), orderLine: String(lines[0]) };
}

/** Something to book, how to find what is booked, and the state it must come to. */
type Case = {
  readonly command: () => Promise<Command>;
  readonly model: string;
  readonly field: string;
  readonly state: string;
  readonly fates: readonly Fate[];
};

const CASES: Readonly<Record<string, Case>> = {
  'an order': {
    command: async () =>
      Promise.resolve(commandOf('create-purchase-order', orderPayload(tryton.company, day))),
    model: 'purchase.purchase',
    field: 'reference',
    state: 'processing',
    fates: ['answer-lost', 'never-arrives'],
  },
  'a part of what was ordered': {
    command: async () => {
      const line = { ...(await openOrder()), quantity: '60' };
      return commandOf('post-goods-receipt', receiptPayload(tryton.company, day, line));
    },
    model: 'stock.shipment.in',
    field: 'reference',
    state: 'done',
    fates: ['answer-lost'],
  },
  'an invoice': {
    command: async () => {
      const line = { ...(await openOrder()), quantity: '100' };
      const receipt = commandOf('post-goods-receipt', receiptPayload(tryton.company, day, line));
      await writerAsRialto(tryton).write(receipt, patience());
      const charge = { ...line, price: '4.35', amount: '435.00' };
      return commandOf('post-supplier-invoice', invoicePayload(tryton.company, day, charge));
    },
    model: 'account.invoice',
    field: 'description',
    state: 'posted',
    fates: ['answer-lost'],
  },
  'a movement of stock': {
    command: async () =>
      Promise.resolve(commandOf('post-stock-movement', movementPayload(tryton.company, day, '7'))),
    model: 'stock.shipment.internal',
    field: 'reference',
    state: 'done',
    fates: ['answer-lost'],
  },
};

/** Cuts the nth call that books; all others pass. */
function cutting(nth: number, fate: Fate): (method: string) => Fate {
  let booked = 0;
  return (method) => {
    if (!books(method)) return 'passes';
    booked += 1;
    return booked === nth ? fate : 'passes';
  };
}

/** What the poster does after an uncertain outcome: looks, and sends again what is not there. */
async function settle(writer: Writer, command: Command): Promise<string> {
  if ((await writer.lookup(command, patience())) !== undefined) return 'booked';
  const again = await writer.write(command, patience());
  return again.outcome === 'accepted' ? 'booked' : JSON.stringify(again);
}

/** What the poster does when a host that did not answer is left alone: it comes again when told. */
async function onceAsked<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isOpen = error instanceof RialtoError && error.code === 'adapter-kit.circuit-open';
      if (!isOpen) throw error;
      await setTimeout(error.retryAfterMs);
    }
  }
}

describe.each(Object.entries(CASES))('%s', (_, { command, model, field, state, fates }) => {
  test.each(fates)('is booked once, whichever call of it is cut: %s', async (fate) => {
    let cuts = 0;
    for (let nth = 1; ; nth += 1) {
      const wanted = await command();
      proxy.decide(cutting(nth, fate));
      const outcome = await throughProxy().write(wanted, patience());
      if (outcome.outcome === 'accepted') break; // It has fewer calls than that.
      expect(outcome).toMatchObject({ outcome: 'uncertain' });
      cuts += 1;
      proxy.decide(() => 'passes');
      const writer = throughProxy();
      expect(await settle(writer, wanted)).toBe('booked');
      const found = await tryton.admin.model(
        model,
        'search_read',
        [[field, 'like', `%${wanted.reference}%`]],
        0,
        null,
        null,
        ['state'],
      );
      expect(found).toMatchObject([{ state }]);
      assert(Array.isArray(found) && found.length === 1, 'it is there once');
    }
    expect(cuts).toBeGreaterThan(1);
  });
});

test('a server killed in the middle of a write and started again has booked it once', async () => {
  const command = commandOf('create-purchase-order', orderPayload(tryton.company, day));
  proxy.decide(async (method): Promise<Fate> => {
    if (method.endsWith('.confirm')) await tryton.kill();
    return 'passes';
  });
  const writer = throughProxy();
  expect(await writer.write(command, patience())).toMatchObject({ outcome: 'uncertain' });
  // Stopped while it tried again, or given up before: in no case does it say "not there".
  const looked = await writer.lookup(command, AbortSignal.timeout(3000)).then(
    () => 'an answer',
    (error: unknown) => (error instanceof Error ? error.name : 'no error'),
  );
  expect(['TimeoutError', 'RialtoError']).toContain(looked);
  expect(await writer.write(command, AbortSignal.timeout(3000))).not.toMatchObject({
    outcome: 'accepted',
  });
  await tryton.startAgain();
  proxy.decide(() => 'passes');
  const standing = await onceAsked(() => writer.lookup(command, patience()));
  expect(standing).toBeUndefined(); // Quoted, but not confirmed.
  const again = await writer.write(command, patience());
  expect(again).toMatchObject({ outcome: 'accepted', detail: { state: 'processing' } });
  const domain = [['reference', '=', command.reference]];
  expect(await tryton.admin.model('purchase.purchase', 'search_count', domain)).toBe(1);
});

test('a create that arrives only after it was given up leaves a draft, never a second order', async () => {
  const command = commandOf('create-purchase-order', orderPayload(tryton.company, day));
  const givenUp = new AbortController();
  const late = Promise.withResolvers<undefined>();
  proxy.decide(async (method): Promise<Fate> => {
    if (method !== 'model.purchase.purchase.create' || givenUp.signal.aborted) return 'passes';
    givenUp.abort();
    await late.promise;
    return 'passes';
  });
  const writer = throughProxy();
  expect(await writer.write(command, givenUp.signal)).toMatchObject({ outcome: 'uncertain' });
  expect(await settle(writer, command)).toBe('booked');
  const before = await keyOf(writer, command);
  late.resolve(undefined);
  const states = (): Promise<unknown> =>
    tryton.admin.model(
      'purchase.purchase',
      'search_read',
      [['reference', '=', command.reference]],
      0,
      null,
      [['id', 'ASC']],
      ['state'],
    );
  await expect
    .poll(states, { timeout: 30_000 })
    .toMatchObject([{ state: 'processing' }, { state: 'draft' }]);
  expect(await writer.lookup(command, patience())).toMatchObject({ key: before });
  const again = await writer.write(command, patience());
  expect(again).toMatchObject({ outcome: 'accepted', key: before });
  expect(await states()).toMatchObject([{ state: 'processing' }, { state: 'draft' }]);
});

/** What Tryton calls what was booked. */
async function keyOf(writer: Writer, command: Command): Promise<string | undefined> {
  const seen = await writer.lookup(command, patience());
  return seen !== undefined && 'key' in seen ? seen.key : undefined;
}

test('a receipt that arrives only after it was given up takes nothing from what is received', async () => {
  const line = { ...(await openOrder()), quantity: '100' };
  const command = commandOf('post-goods-receipt', receiptPayload(tryton.company, day, line));
  const givenUp = new AbortController();
  const late = Promise.withResolvers<undefined>();
  const arrived = Promise.withResolvers<undefined>();
  proxy.decide(async (method): Promise<Fate> => {
    if (method !== 'model.stock.shipment.in.create' || givenUp.signal.aborted) return 'passes';
    givenUp.abort();
    await late.promise;
    return 'passes';
  });
  const writer = throughProxy();
  expect(await writer.write(command, givenUp.signal)).toMatchObject({ outcome: 'uncertain' });
  expect(await settle(writer, command)).toBe('booked');
  const received = await keyOf(writer, command);
  proxy.onAnswer(() => arrived.resolve(undefined));
  late.resolve(undefined);
  await arrived.promise;
  const domain = [['reference', 'like', `%${command.reference}%`]];
  const { admin } = tryton;
  expect(await admin.model('stock.shipment.in', 'search_count', domain)).toBe(1);
  const shipment = await admin.read('stock.shipment.in', Number(received), ['incoming_moves']);
  expect(shipment['incoming_moves']).toHaveLength(1);
});

test('a session that has ended is renewed, and what was asked is done once', async () => {
  const { admin, company } = tryton;
  const writer = writerAsRialto(tryton);
  const first = commandOf('create-supplier', supplierPayload());
  expect(await writer.write(first, patience())).toMatchObject({ outcome: 'accepted' });
  const user = await admin.one('res.user', 'search', [['login', '=', company.user.name]]);
  await admin.model('res.user', 'write', [user], { password: company.user.password }); // Ends it.
  const second = commandOf('create-supplier', supplierPayload());
  expect(await writer.write(second, patience())).toMatchObject({ outcome: 'accepted' });
  const domain = [['identifiers.code', '=', second.reference]];
  expect(await admin.model('party.party', 'search_count', domain)).toBe(1);
});

test('neither password nor session key stands in the log of what was sent and heard', async () => {
  const log: Exchange[] = [];
  const adapter = connectAsRialto(tryton, { log: (exchange) => log.push(exchange) });
  expect(await adapter.fetch('parties', '1', patience())).toMatchObject({ key: '1' });
  expect(log.length).toBeGreaterThan(2);
  const text = JSON.stringify(log);
  expect(text).toContain('common.db.login');
  expect(text).not.toContain(tryton.company.user.password);
  expect(text).not.toMatch(/[0-9a-f]{64}/);
  expect(text).not.toMatch(/Session \w/);
});

test('a wrong password is said; after many, Tryton locks the user out for a while', async () => {
  const stranger = connectAsRialto(tryton, { username: 'ghost', password: 'not this one' });
  const [check] = await stranger.test(patience());
  expect(check).toMatchObject({ check: 'sign in', ok: false });
  expect(check?.detail).toContain('Check user and password');
  let last: unknown;
  for (let at = 0; at < 8; at += 1) {
    last = await stranger.fetch('parties', '1', patience()).catch((error: unknown) => error);
  }
  expect(last).toMatchObject({ kind: 'limited', code: 'tryton.too-many-sign-ins' });
  const outcome = await stranger.writer?.write(
    commandOf('create-supplier', supplierPayload()),
    patience(),
  );
  expect(outcome).toMatchObject({ outcome: 'rejected', why: 'limited', retryAfterMs: 60_000 });
});

test('who is faster wins: a change between our look and our write is a conflict', async () => {
  const { admin, company } = tryton;
  const writer = throughProxy();
  const draft = commandOf('create-purchase-order', orderPayload(company, day, { status: 'draft' }));
  proxy.decide(() => 'passes');
  const made = await writer.write(draft, patience());
  assert(made.outcome === 'accepted', 'a draft is made');
  const { lines } = await admin.read('purchase.purchase', Number(made.key), ['lines']);
  const number = Array.isArray(lines) ? String(lines[0]) : '';
  const change = commandOf(
    'update-purchase-order',
    orderPayload(company, day, {
      status: 'draft',
      lines: [orderLine(company, { number, unitPrice: '4.50' })],
    }),
    { key: made.key, ...(made.version === undefined ? {} : { version: made.version }) },
  );
  proxy.decide(async (method): Promise<Fate> => {
    if (method === 'model.purchase.purchase.write') {
      await admin.model('purchase.purchase', 'write', [Number(made.key)], { comment: 'faster' });
    }
    return 'passes';
  });
  expect(await writer.write(change, patience())).toMatchObject({
    outcome: 'rejected',
    why: 'conflict',
    code: 'ConcurrencyException',
  });
  proxy.decide(() => 'passes');
  const stands = await admin.read('purchase.line', Number(number), ['unit_price']);
  expect(stands).toMatchObject({ unit_price: { decimal: '4.35' } });
});
