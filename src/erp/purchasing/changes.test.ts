import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { createAgreements, listAgreements } from '#erp/items';
import { describeError } from '#kernel';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  changeOrders,
  createOrders,
  noteInvoiced,
  orderHistory,
  postReceipts,
  setApprovalLimit,
  statusOf,
  steerOrders,
} from './index.ts';
import type { LineChange, OrderChange, OrderDraft, Step } from './index.ts';
import {
  createRequisitions,
  findRequisitions,
  orderRequisitions,
  steerRequisitions,
} from './requisitions.ts';
import { books, context, issued, march, openBench, orderNow, screws, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_PURCHASING_RUNS'] ?? 12);
const TIMEOUT_MS = 240_000; // On a machine that has much else to do.

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const now = (id: string) => bench.run((tx) => orderNow(tx, id));
const change = async (id: string, what: Omit<OrderChange, 'id' | 'version'>, by = 'ada') => {
  const { version } = await now(id);
  const [result] = await bench.run((tx) =>
    changeOrders(tx, { ...context, by }, [{ id, version, ...what }]),
  );
  return result;
};
const receive = (id: string, quantity: string, kind: 'receipt' | 'return' = 'receipt') =>
  bench.run((tx) =>
    postReceipts(tx, context, [
      {
        kind,
        receivedOn: march(9),
        postedOn: march(9),
        lines: [{ order: id, line: 10, quantity: decimal(quantity) }],
      },
    ]),
  );
const charge = (id: string, quantity: string, invoice: string) =>
  bench.run((tx) =>
    noteInvoiced(tx, [
      {
        invoice,
        invoiceLine: 1,
        order: id,
        orderLine: 10,
        quantity: decimal(quantity),
        value: decimal('1'),
        net: decimal('1'),
      },
    ]),
  );
const codeOf = (result: Awaited<ReturnType<typeof change>>) =>
  result?.ok === false ? result.problem.code : 'ok';

test('an agreement is called off by what is issued, never beyond it, and given back', async () => {
  const { supplier, screw: item } = bench;
  const draft = {
    side: 'purchase' as const,
    party: supplier,
    kind: 'blanket' as const,
    currency: 'EUR',
    validFrom: march(1),
    lines: [{ line: '1', item, quantityLimit: decimal('1000') }],
  };
  const [made] = await bench.run((tx) => createAgreements(tx, context, [draft]));
  const agreement = valueOf(made).id;
  const calledOff = async () => {
    const [found] = await listAgreements(bench.database.kysely, { ids: [agreement], limit: 1 });
    return Number(found?.lines[0]?.releasedQuantity);
  };
  // Two boxes of 200, and a hundred pieces.
  const lines = [{ ...screws(bench, '2', '10.00'), unit: 'BX' }, screws(bench, '100', '0.05')];
  const order = await issued(bench, lines, { agreement });
  expect(await calledOff()).toBe(500);
  const asked = async (quantity: string, more: Partial<OrderDraft> = {}) => {
    const one = {
      supplier,
      issuedOn: march(1),
      agreement,
      lines: [screws(bench, quantity, '0.05')],
    };
    const [created] = await bench.run((tx) => createOrders(tx, context, [{ ...one, ...more }]));
    const { id } = valueOf(created);
    const [result] = await bench.run((tx) => steerOrders(tx, context, [{ id, step: 'issue' }]));
    return result?.ok === false ? result.problem.code : 'ok';
  };
  expect(await asked('501')).toBe('purchasing.agreement-refused');
  expect(await asked('1', { issuedOn: localDate('2026-02-01') })).toBe(
    'purchasing.agreement-refused',
  );
  expect(await asked('1', { supplier: bench.foreign })).toBe('purchasing.agreement-refused');
  const both = await Promise.all([asked('300'), asked('300')]);
  expect(both.toSorted()).toEqual(['ok', 'purchasing.agreement-refused']);
  expect(await calledOff()).toBe(800);
  const more = (quantity: string) =>
    change(order.id, { lines: [{ line: 20, quantity: decimal(quantity) }] });
  expect(codeOf(await more('301'))).toBe('purchasing.agreement-refused');
  expect(codeOf(await more('300'))).toBe('ok');
  expect(await calledOff()).toBe(1000);
  await receive(order.id, '1');
  await bench.run((tx) => steerOrders(tx, context, [{ id: order.id, step: 'close' }]));
  expect(await calledOff()).toBe(500); // A box has come.
});

test('what is said of an order as a whole is changed while it is open', async () => {
  const order = await issued(bench, [screws(bench, '10', '1.00')]);
  const set = { paymentTerms: 'NET60', incoterm: 'DAP', text: 'to gate 3' };
  expect(codeOf(await change(order.id, { set }))).toBe('ok');
  expect(await now(order.id)).toMatchObject({ ...set, decision: order.decision });
  expect(codeOf(await change(order.id, { set }))).toBe('purchasing.empty-document');
  expect(codeOf(await change(order.id, { set: { paymentTerms: 'NEVER' } }))).toBe(
    'purchasing.no-such-terms',
  );
  const history = await orderHistory(bench.database.kysely, order.id);
  expect(history.at(-1)?.detail).toMatchObject({
    header: { incoterm: [null, 'DAP'], text: ['', 'to gate 3'] },
  });
});

test('a change keeps what was before and after, and the first promise', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50'), screws(bench, '5', '1.00')]);
  const changed = await change(order.id, {
    reason: 'the supplier wrote',
    lines: [
      { line: 10, quantity: decimal('80'), unitPrice: decimal('0.60'), promisedOn: march(20) },
      { line: 20, isCancelled: true },
    ],
    added: [{ item: bench.service, quantity: decimal('2'), unitPrice: decimal('75.00') }],
  });
  expect(valueOf(changed)).toEqual({ id: order.id, version: 3, status: 'issued' });
  const after = await now(order.id);
  expect(after.net).toBe('198.00');
  expect(after.lines[0]).toMatchObject({ promisedOn: march(20), firstPromisedOn: march(10) });
  expect(after.lines.map(({ number, isCancelled }) => [number, isCancelled])).toEqual([
    [10, false],
    [20, true],
    [30, false],
  ]);
  const history = await orderHistory(bench.database.kysely, order.id);
  expect(history.map(({ action }) => action)).toEqual(['issued', 'changed']);
  expect(history[1]).toMatchObject({
    by: 'ada',
    detail: {
      version: 3,
      reason: 'the supplier wrote',
      net: ['55.00', '198.00'],
      lines: {
        10: {
          ordered: ['100', '80'],
          unitPrice: ['0.50', '0.60'],
          net: ['50.00', '48.00'],
          promisedOn: [march(10), march(20)],
        },
        20: { isCancelled: [false, true] },
      },
      added: [{ number: 30, quantity: '2', net: '150.00' }],
    },
  });
});

test('nothing goes below what has come or was charged', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  await receive(order.id, '40');
  const line = (what: Omit<LineChange, 'line'>) =>
    change(order.id, { lines: [{ line: 10, ...what }] });
  expect(codeOf(await line({ quantity: decimal('39') }))).toBe('purchasing.below-received');
  expect(codeOf(await line({ isCancelled: true }))).toBe('purchasing.below-received');
  await charge(order.id, '50', 'si_ahead');
  expect(codeOf(await line({ quantity: decimal('49') }))).toBe('purchasing.below-received');
  expect(codeOf(await line({ unitPrice: decimal('0.60') }))).toBe('purchasing.already-charged');
  expect(codeOf(await line({ quantity: decimal('0') }))).toBe('purchasing.quantity-not-positive');
  expect(codeOf(await line({ promisedOn: march(10) }))).toBe('purchasing.empty-document');
  expect(codeOf(await change(order.id, { lines: [{ line: 99 }] }))).toBe(
    'purchasing.no-such-order-line',
  );
  expect(codeOf(await line({ quantity: decimal('50') }))).toBe('ok');
  const refusal = (set: string) =>
    bench
      .run((tx) =>
        rows(
          tx,
          sql.raw(`update erp_purchasing.purchase_order_line set ${set}
            where order_id = '${order.id}' and number = 10`),
        ),
      )
      .then(() => 'done', describeError);
  expect(await refusal('ordered = 49')).toContain('never below');
  expect(await refusal('is_cancelled = true')).toContain('never below');
  expect(await refusal('unit_price = 9')).toContain('keeps its price');
  expect(await refusal('first_promised_on = null')).toContain('only reversed');
});

test('what goes back is worth what it came at, though the price has changed since', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')], { supplier: bench.foreign });
  const before = await books(bench);
  const worth = async () => {
    const [line] = (await now(order.id)).lines;
    return [line?.receivedValue, line?.receivedNet]; // In euros, and as it was ordered in dollars.
  };
  await receive(order.id, '30');
  expect(await worth()).toEqual(['12.00', '15.00']);
  valueOf(await change(order.id, { lines: [{ line: 10, unitPrice: decimal('0.80') }] }));
  await receive(order.id, '10', 'return');
  expect(await worth()).toEqual(['8.00', '10.00']);
  await receive(order.id, '20', 'return');
  expect(await worth()).toEqual(['0.00', '0.00']);
  expect(await books(bench)).toEqual(before);
});

test('a line delivered short is closed, and waited for again', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  await receive(order.id, '97');
  const close = (isFinal: boolean) => change(order.id, { lines: [{ line: 10, isFinal }] });
  expect(valueOf(await close(true)).status).toBe('received');
  expect(valueOf(await close(false)).status).toBe('partly-received');
  await receive(order.id, '3');
  expect(codeOf(await close(true))).toBe('purchasing.not-in-this-state');
  expect(valueOf(await change(order.id, { added: [screws(bench, '1', '1.00')] })).status).toBe(
    'partly-received',
  );
});

test('who makes an order worth more than the limit needs another again', async () => {
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', decimal('1000')));
  const order = await issued(bench, [screws(bench, '1000', '1.00')]);
  const worth = (quantity: string, by: string) =>
    change(order.id, { lines: [{ line: 10, quantity: decimal(quantity) }] }, by);
  expect(valueOf(await worth('900', 'bob')).status).toBe('issued');
  expect(valueOf(await worth('2000', 'bob')).status).toBe('awaiting-approval');
  const step = async (name: Step, by: string) => {
    const [result] = await bench.run((tx) =>
      steerOrders(tx, { ...context, by }, [{ id: order.id, step: name }]),
    );
    return result?.ok === true ? result.value.status : result?.problem.code;
  };
  expect(await step('approve', 'bob')).toBe('purchasing.four-eyes');
  expect(await step('approve', 'ada')).toBe('purchasing.four-eyes');
  expect(await step('approve', 'cleo')).toBe('issued');
  expect(valueOf(await worth('1500', 'cleo')).status).toBe('issued');
  await receive(order.id, '1');
  expect(valueOf(await worth('1600', 'cleo')).status).toBe('awaiting-approval');
  expect(await step('reject', 'dan')).toBe('purchasing.not-in-this-state');
  await bench.run((tx) => setApprovalLimit(tx, 'DE01', undefined));
});

test('a requisition follows the order lines that came of it', async () => {
  const made = await bench.run(async (tx) => {
    const line = { ...screws(bench, '100', '0'), neededOn: march(9), supplier: bench.supplier };
    const { unitPrice: _price, promisedOn: _promised, ...wanted } = line;
    const [created] = await createRequisitions(tx, context, [
      { issuedOn: march(1), lines: [wanted] },
    ]);
    const { id } = valueOf(created);
    await steerRequisitions(tx, context, [{ id, step: 'submit' }]);
    await steerRequisitions(tx, { ...context, by: 'bob' }, [{ id, step: 'approve' }]);
    const wish = { requisition: id, line: 10, issuedOn: march(2), unitPrice: decimal('1.00') };
    const [ordered] = await orderRequisitions(tx, context, [{ ...wish, quantity: decimal('60') }]);
    return { requisition: id, order: valueOf(ordered).order };
  });
  const ordered = async () =>
    (await findRequisitions(bench.database.kysely, [made.requisition])).get(made.requisition)
      ?.lines[0]?.ordered;
  const line = (what: Omit<LineChange, 'line'>) =>
    change(made.order, { lines: [{ line: 10, ...what }] });
  valueOf(await line({ quantity: decimal('100') }));
  expect(await ordered()).toBe('100');
  expect(codeOf(await line({ quantity: decimal('101') }))).toBe('purchasing.above-requisition');
  valueOf(await line({ quantity: decimal('30') }));
  expect(await ordered()).toBe('30');
  valueOf(await line({ isCancelled: true }));
  expect(await ordered()).toBe('0');
});

test('of eight people who change the same version one does', async () => {
  const order = await issued(bench, [screws(bench, '100', '0.50')]);
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      bench.run((tx) =>
        changeOrders(tx, context, [
          {
            id: order.id,
            version: order.version,
            lines: [{ line: 10, quantity: decimal(String(50 + at)) }],
          },
        ]),
      ),
    ),
  );
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(1);
  const codes = new Set(results.flat().map(codeOf));
  expect(codes).toEqual(new Set(['ok', 'purchasing.moved-on']));
});

test(
  'whatever is changed and received, an order is the sum of its lines and tells its history',
  async () => {
    const quantity = fc.integer({ min: 1, max: 60 }).map((each) => decimal(String(each)));
    const deed = fc.oneof(
      fc.record({ kind: fc.constant('receive' as const), quantity }),
      fc.record({ kind: fc.constant('quantity' as const), quantity }),
      fc.record({ kind: fc.constant('price' as const), quantity }),
      fc.record({ kind: fc.constant('add' as const), quantity }),
      fc.record({ kind: fc.constant('cancel' as const), quantity }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 5 }), async (deeds) => {
        const order = await issued(bench, [
          screws(bench, '50', '0.50'),
          screws(bench, '5', '1.00'),
        ]);
        for (const { kind, quantity: much } of deeds) {
          if (kind === 'receive') await receive(order.id, much);
          if (kind === 'quantity')
            await change(order.id, { lines: [{ line: 10, quantity: much }] });
          if (kind === 'price') await change(order.id, { lines: [{ line: 10, unitPrice: much }] });
          if (kind === 'add') await change(order.id, { added: [screws(bench, much, '2.00')] });
          if (kind === 'cancel')
            await change(order.id, { lines: [{ line: 20, isCancelled: true }] });
        }
        const after = await now(order.id);
        const kept = after.lines.filter(({ isCancelled }) => !isCancelled);
        const net = sumDecimals(kept.map((line) => line.net));
        expect(compareDecimals(after.net, net)).toBe(0);
        for (const { ordered, received } of after.lines) {
          expect(compareDecimals(ordered, received)).toBeGreaterThanOrEqual(0);
        }
        const history = await orderHistory(bench.database.kysely, order.id);
        const changes = history.filter(({ action }) => action === 'changed');
        const worth = changes.map(({ detail }) => detail['net']);
        expect(
          worth
            .flat()
            .slice(1, -1)
            .filter((_, at) => at % 2 === 0),
        ).toEqual(
          worth
            .flat()
            .slice(1, -1)
            .filter((_, at) => at % 2 === 1),
        );
        expect(after.version).toBe(2 + changes.length);
        expect(statusOf(after)).not.toBe('draft');
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
