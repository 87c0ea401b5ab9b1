import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { itemsOfDocuments } from '#erp/open-items';
import { listChargeable } from '#erp/sales';
import { confirmed } from '#erp/sales/testing';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  cancelInvoices,
  findInvoices,
  listInvoices,
  postCreditNotes,
  postInvoices,
} from './index.ts';
import type { CreditNoteDraft, InvoiceDraft } from './index.ts';
import {
  context,
  deliver,
  delivered,
  gained,
  march,
  openBench,
  openNow,
  orderNow,
  pumps,
  statusNow,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const days = { issuedOn: march(10), postedOn: march(10) };
const charge = async (draft: Partial<InvoiceDraft>) =>
  (await bench.run((tx) => postInvoices(tx, context, [{ ...days, ...draft }])))[0];
const credit = async (draft: Partial<CreditNoteDraft>) =>
  (
    await bench.run((tx) => postCreditNotes(tx, context, [{ ...days, reason: 'wrong', ...draft }]))
  )[0];
const cancel = async (id: string) =>
  (await bench.run((tx) => cancelInvoices(tx, context, [{ id, on: march(12), reason: 'x' }])))[0];
const found = async (id: string) => (await findInvoices(bench.database.kysely, [id])).get(id);
const problem = (code: string) => ({ ok: false, problem: { code: `receivables.${code}` } });
const pump = (quantity: string, unitPrice: string) => ({
  text: 'Pump',
  quantity: decimal(quantity),
  unitPrice: decimal(unitPrice),
  taxCode: 'OUT-STD',
});

test('a delivery is charged: books, due days, open item, order and document flow', async () => {
  const { order, delivery } = await delivered(bench, '10');
  let id = '';
  const change = await gained(bench, async () => {
    const posted = valueOf(await charge({ deliveries: [delivery] }));
    expect(posted.number).toBe('CI-2026-000001');
    id = posted.id;
  });
  expect(change).toEqual({
    'Trade receivables': '142.80',
    'Output tax': '-22.80',
    'Revenue, merchandise': '-120.00',
  });
  expect(await statusNow(bench, order)).toBe('closed');
  expect(await found(id)).toMatchObject({
    dueOn: localDate('2026-04-09'),
    net: '120.00',
    gross: '142.80',
    taxes: [{ code: 'OUT-STD', base: '120.00', amount: '22.80' }],
    lines: [{ order, orderLine: 10, delivery, deliveryLine: 1, quantity: '10', tax: '22.80' }],
  });
  const [item] = (await itemsOfDocuments(bench.database.kysely, [id])).get(id) ?? [];
  expect(item).toMatchObject({
    effect: 'raises',
    amount: '142.80',
    discounts: [{ percent: '2', until: march(20) }],
    taxShares: [{ code: 'OUT-STD', net: '120.00', tax: '22.80' }],
  });
  const flow = await bench.run((tx) => documentFlow(tx, 'sales-order', order));
  const pairs = flow.map(({ from, to }) => `${from.kind} ${to.kind}`);
  expect(new Set(pairs)).toEqual(
    new Set([
      'sales-order delivery',
      'delivery journal-entry',
      'delivery customer-invoice',
      'customer-invoice journal-entry',
    ]),
  );
  expect(await charge({ deliveries: [delivery] })).toMatchObject(problem('nothing-to-charge'));
});

test('each delivery is charged for itself, and what came back before is not', async () => {
  const { order, delivery: first } = await delivered(bench, '4', { ordered: '10' });
  const second = await bench.run((tx) => deliver(tx, order, '6'));
  const posted = valueOf(await charge({ deliveries: [second] }));
  expect((await found(posted.id))?.lines[0]?.quantity).toBe('6');
  expect(await charge({ deliveries: [second] })).toMatchObject(problem('nothing-to-charge'));
  await bench.run((tx) => deliver(tx, order, '1', 'return'));
  const line = { delivery: { id: first, line: 1 }, quantity: decimal('4') };
  expect(await charge({ lines: [line] })).toMatchObject(problem('nothing-to-charge'));
  const rest = valueOf(await charge({ deliveries: [first, second] }));
  expect((await found(rest.id))?.lines.map(({ quantity }) => quantity)).toEqual(['3']);
});

test('what is waiting to be charged is listed, order by order', async () => {
  const customer = bench.foreign;
  const [{ order, delivery }, other] = [
    await delivered(bench, '5', { ordered: '8', customer }),
    await delivered(bench, '1', { customer }),
  ];
  const line = { delivery: { id: delivery, line: 1 }, quantity: decimal('2') };
  valueOf(await charge({ lines: [line] }));
  const filter = { legalEntity: 'DE01', customer, limit: 1 };
  const [first] = await listChargeable(bench.database.kysely, filter);
  const after = { customer, order: first?.order ?? '' };
  const rest = await listChargeable(bench.database.kysely, { ...filter, after });
  expect(new Map([first, ...rest].map((each) => [each?.order, each?.quantity]))).toEqual(
    new Map([
      [order, '3'],
      [other.order, '1'],
    ]),
  );
});

test('what has not left is charged only where the order line says so', async () => {
  const ahead = { ...pumps(bench, '5'), taxCode: 'OUT-STD' };
  const strict = await confirmed(bench, [ahead]);
  expect(await charge({ orders: [strict.id] })).toMatchObject(problem('nothing-to-charge'));
  const { id } = await confirmed(bench, [
    { ...ahead, isChargedAhead: true, discountPercent: decimal('10') },
    { text: 'Fitting', quantity: decimal('2'), unitPrice: decimal('80.00') },
  ]);
  const change = await gained(bench, async () => {
    expect((await charge({ orders: [id] }))?.ok).toBe(true);
  });
  expect(change).toMatchObject({ 'Trade receivables': '224.26', 'Output tax': '-10.26' });
  expect(await statusNow(bench, id)).toBe('confirmed');
  await bench.run((tx) => deliver(tx, id, '5'));
  expect(await statusNow(bench, id)).toBe('closed');
  const over = { order: { id, line: 10 }, quantity: decimal('1') };
  expect(await charge({ lines: [over] })).toMatchObject(problem('nothing-to-charge'));
});

test('free lines go to an account, a posting key, or revenue; taxes round once', async () => {
  const change = await gained(bench, async () => {
    const lines = [
      { text: 'Rent', unitPrice: decimal('0.333'), taxCode: 'OUT-STD', account: '4300' },
      { text: 'Freight', unitPrice: decimal('0.333'), taxCode: 'OUT-STD' },
      { text: 'Fee', unitPrice: decimal('0.334'), posting: { key: 'dunning-fee' } as const },
    ];
    const posted = valueOf(await charge({ customer: bench.customer, lines }));
    const invoice = await found(posted.id);
    expect(invoice).toMatchObject({ net: '1.00', tax: '0.13', gross: '1.13' });
    expect(invoice?.lines.map(({ net, tax }) => [net, tax])).toEqual([
      ['0.33', '0.06'],
      ['0.34', '0.07'],
      ['0.33', '0'],
    ]);
  });
  expect(change).toEqual({
    'Trade receivables': '1.13',
    'Output tax': '-0.13',
    'Other operating income': '-0.33',
    'Revenue, merchandise': '-0.34',
    'Dunning fees': '-0.33',
  });
});

test('a cancelled invoice leaves books, order and open items as they were', async () => {
  const { order, delivery } = await delivered(bench, '3', { price: '3.33' });
  const change = await gained(bench, async () => {
    const { id, item } = valueOf(await charge({ deliveries: [delivery] }));
    expect((await cancel(id))?.ok).toBe(true);
    expect(await cancel(id)).toMatchObject(problem('already-cancelled'));
    expect([await openNow(bench, item), (await found(id))?.cancelledOn]).toEqual([
      '0.00',
      march(12),
    ]);
  });
  expect([change, await statusNow(bench, order)]).toEqual([{}, 'delivered']);
  expect((await charge({ deliveries: [delivery] }))?.ok).toBe(true);
  expect(await cancel('ci_nothing')).toMatchObject(problem('no-such-invoice'));
});

test('credit notes give an invoice back in parts, to the last coin, and settle it', async () => {
  const { order, delivery } = await delivered(bench, '7', { price: '1.43' });
  const change = await gained(bench, async () => {
    const { id, item } = valueOf(await charge({ deliveries: [delivery] }));
    expect((await found(id))?.gross).toBe('11.91');
    const part = { invoice: id, line: 1 };
    const two = valueOf(await credit({ corrections: [{ ...part, quantity: decimal('2') }] }));
    expect([two.number, await openNow(bench, item), await openNow(bench, two.item)]).toEqual([
      'CN-2026-000001',
      '8.51',
      '0.00',
    ]);
    expect(await cancel(id)).toMatchObject(problem('corrected'));
    valueOf(await credit({ corrections: [{ ...part, net: decimal('0.15') }] })); // The price alone.
    expect((await bench.run((tx) => orderNow(tx, order))).lines[0]?.invoiced).toBe('5');
    const tooMany = { ...part, quantity: decimal('6') };
    expect(await credit({ corrections: [tooMany] })).toMatchObject(problem('nothing-to-credit'));
    valueOf(await credit({ invoice: id }));
    expect(await openNow(bench, item)).toBe('0.00');
    expect(await credit({ invoice: id })).toMatchObject(problem('nothing-to-credit'));
  });
  expect([change, await statusNow(bench, order)]).toEqual([{}, 'delivered']);
  expect((await charge({ deliveries: [delivery] }))?.ok).toBe(true);
});

test('what comes back is given back as far as it was charged', async () => {
  const { order, delivery } = await delivered(bench, '10');
  valueOf(
    await charge({ lines: [{ delivery: { id: delivery, line: 1 }, quantity: decimal('9') }] }),
  );
  const back = await bench.run((tx) => deliver(tx, order, '2', 'return'));
  const note = valueOf(await credit({ returns: [back] }));
  expect((await found(note.id))?.lines).toMatchObject([
    { quantity: '1', net: '12.00', tax: '2.28', delivery: back, deliveryLine: 1 },
  ]);
  expect(await statusNow(bench, order)).toBe('partly-delivered');
  expect(await credit({ returns: [back] })).toMatchObject(problem('nothing-to-credit'));
  expect(await credit({ returns: [delivery] })).toMatchObject(problem('no-such-delivery'));
  expect(await cancel(note.id)).toMatchObject(problem('nothing-to-charge'));
});

test('a credit note may be free, and a cancelled one opens its invoice again', async () => {
  const customer = bench.customer;
  const free = valueOf(await credit({ free: { customer, lines: [pump('1', '10.00')] } }));
  expect(await openNow(bench, free.item)).toBe('11.90');
  const invoice = valueOf(await charge({ customer, lines: [pump('2', '50.00')] }));
  const note = valueOf(await credit({ invoice: invoice.id }));
  expect((await cancel(note.id))?.ok).toBe(true);
  expect([await openNow(bench, invoice.item), await openNow(bench, note.item)]).toEqual([
    '119.00',
    '0.00',
  ]);
  expect((await cancel(invoice.id))?.ok).toBe(true);
});

test.each([
  ['an unknown customer', { customer: 'cus_x', lines: [pump('1', '1')] }, 'no-such-customer'],
  ['an unknown delivery', { deliveries: ['dn_x'] }, 'no-such-delivery'],
  ['an unknown order', { lines: [{ order: { id: 'so_x', line: 1 } }] }, 'no-such-order-line'],
  ['nothing asked for', { lines: [] }, 'nothing-to-charge'],
  ['nothing to pay', { lines: [pump('1', '0')] }, 'empty-document'],
  ['a quantity of nothing', { lines: [pump('0', '1')] }, 'bad-line'],
  ['an unknown tax', { lines: [{ ...pump('1', '1'), taxCode: 'NO' }] }, 'no-such-tax-code'],
  ['unknown terms', { lines: [pump('1', '1')], paymentTerms: 'NO' }, 'no-such-terms'],
  ['a currency without a rate', { lines: [pump('1', '1')], currency: 'CHF' }, 'no-rate'],
  ['a year without books', { lines: [pump('1', '1')], postedOn: '2031-01-01' }, 'journal-refused'],
])('%s is refused', async (_what, draft, code) => {
  const asked = { customer: bench.customer, ...draft } as Partial<InvoiceDraft>;
  expect(await charge(asked)).toMatchObject(problem(code));
});

test('a refused draft stops no other, and numbers have no gap', async () => {
  const good = { ...days, customer: bench.customer, lines: [pump('1', '1.00')] };
  const before = await listInvoices(bench.database.kysely, { kind: 'invoice', limit: 1000 });
  const drafts = [
    good,
    { ...good, postedOn: localDate('2031-01-01') },
    good,
    { ...good, lines: [] },
  ];
  const results = await bench.run((tx) => postInvoices(tx, context, drafts));
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true, false]);
  const after = await listInvoices(bench.database.kysely, { kind: 'invoice', limit: 1000 });
  const numbers = after.map(({ number }) => Number(number.slice(-6))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: before.length + 2 }, (_, at) => at + 1));
});

test('one delivery, six people: it is charged once', async () => {
  const { delivery } = await delivered(bench, '10');
  const all = await Promise.all(
    Array.from({ length: 6 }, () => charge({ deliveries: [delivery] })),
  );
  expect(all.filter((each) => each?.ok === true)).toHaveLength(1);
});

test('PostgreSQL refuses to change what is posted, and to charge more than has left', async () => {
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  for (const table of ['customer_invoice', 'customer_invoice_line', 'cancellation']) {
    expect(await refusal(`delete from erp_receivables.${table}`)).toContain('only taken back');
  }
  const { order } = await delivered(bench, '2', { ordered: '5' });
  const more = `insert into erp_sales.invoiced_line values ('x', 1, '${order}', 10, 3)`;
  expect(await refusal(more)).toContain('may be charged');
  const given = `insert into erp_receivables.customer_invoice_line
    (invoice_id, number, corrects, corrects_line, text, quantity, unit, unit_price, price_base,
      discount_percent, net, tax, posting)
    select n.id, 99, l.invoice_id, l.number, 'x', l.quantity + 1, 'C62', 1, 1, 0, 0, 0, '{}'
    from erp_receivables.customer_invoice n, erp_receivables.customer_invoice_line l
    where n.kind = 'credit-note' and l.corrects is null limit 1`;
  expect(await refusal(given)).toContain('no more is given back');
});
