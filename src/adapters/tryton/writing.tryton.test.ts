/** What a real server makes of our commands, and what it leaves when it refuses one. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DocumentAdapter, WriteOutcome, Writer } from '#adapter-kit';
import { assert } from '#kernel';
import type { JsonObject } from '#kernel';
import { startTryton, TRYTON_START_MS_MAX } from './testing.ts';
import type { RunningTryton } from './testing.ts';
import {
  commandOf,
  invoicePayload,
  itemPayload,
  movementPayload,
  noticePayload,
  orderLine,
  orderPayload,
  receiptPayload,
  supplierPayload,
  workOrderPayload,
} from './testing/commands.ts';
import { connectAsRialto, writerAsRialto } from './testing/connect.ts';
import { listOf } from './testing/remote.ts';
import { todayText } from './testing/trade.ts';

vi.setConfig({ testTimeout: 120_000 });

let tryton: RunningTryton;
let adapter: DocumentAdapter;
let writer: Writer;
let day: string;

beforeAll(async () => {
  tryton = await startTryton();
  adapter = connectAsRialto(tryton);
  writer = writerAsRialto(tryton);
  day = await todayText(tryton.admin);
}, TRYTON_START_MS_MAX);
afterAll(async () => tryton.stop());

const patience = (): AbortSignal => AbortSignal.timeout(60_000);
const write = async (...asked: Parameters<typeof commandOf>): Promise<WriteOutcome> =>
  await writer.write(commandOf(...asked), patience());

async function accepted(...asked: Parameters<typeof commandOf>): Promise<string> {
  const outcome = await write(...asked);
  assert(outcome.outcome === 'accepted', JSON.stringify(outcome));
  return outcome.key;
}

async function contentOf(entity: string, key: string): Promise<JsonObject> {
  const document = await adapter.fetch(entity, key, patience());
  assert(document !== undefined, `${entity} ${key} is there`);
  return document.content;
}

/** An order of 100 at 4.35, and its line. */
async function order(): Promise<{ order: string; orderLine: string }> {
  const key = await accepted('create-purchase-order', orderPayload(tryton.company, day));
  const domain = [['purchase', '=', Number(key)]];
  return {
    order: key,
    orderLine: String(await tryton.admin.one('purchase.line', 'search', domain)),
  };
}

const count = async (model: string): Promise<unknown> =>
  await tryton.admin.model(model, 'search_count', []);

test('an announced shipment is the one that is received, with less than was announced', async () => {
  const { company } = tryton;
  const line = await order();
  const notice = await accepted(
    'create-shipment-notice',
    noticePayload(company, day, { ...line, quantity: '60' }),
  );
  const receipt = await accepted(
    'post-goods-receipt',
    receiptPayload(company, day, { ...line, quantity: '50' }),
  );
  expect(receipt).toBe(notice);
  expect(await contentOf('supplier-shipments', receipt)).toMatchObject({
    state: 'done',
    moves: [{ quantity: '50.0' }],
  });
  expect(await contentOf('purchases', line.order)).toMatchObject({
    shipment_state: 'waiting',
    lines: [{ received: '50.0' }],
  });
});

test('a cancelled notice leaves its goods open for a receipt of all of them', async () => {
  const { company } = tryton;
  const line = { ...(await order()), quantity: '100' };
  const key = await accepted('create-shipment-notice', noticePayload(company, day, line));
  await accepted('cancel-shipment-notice', {}, { key });
  expect(await contentOf('supplier-shipments', key)).toMatchObject({ state: 'cancelled' });
  await accepted('post-goods-receipt', receiptPayload(company, day, line));
  expect(await contentOf('purchases', line.order)).toMatchObject({ shipment_state: 'received' });
});

test('a receipt that Tryton would ask a person about is taken back; the goods stay open', async () => {
  const { company } = tryton;
  const line = { ...(await order()), quantity: '30' };
  const payload = receiptPayload(company, day, line);
  const unasked = {
    number: '2',
    item: String(company.items[1]),
    quantity: { value: '3', unit: 'EA' },
  };
  const both = { ...payload, lines: [...listOf(payload['lines'] ?? null), unasked] };
  expect(await write('post-goods-receipt', both)).toMatchObject({
    outcome: 'rejected',
    why: 'invalid',
    code: 'UserWarning',
  });
  await accepted('post-goods-receipt', receiptPayload(company, day, { ...line, quantity: '100' }));
  expect(await contentOf('purchases', line.order)).toMatchObject({ shipment_state: 'received' });
});

test('an order is invoiced in parts at another price, and a wrong total leaves nothing', async () => {
  const { company } = tryton;
  const line = await order();
  const part = { ...line, quantity: '60', price: '4.40', amount: '264.00' };
  const payload = invoicePayload(company, day, part);
  const before = await count('account.invoice');
  const wrong = { ...payload, grossAmount: '264.01' };
  expect(await write('post-supplier-invoice', wrong)).toMatchObject({
    outcome: 'rejected',
    reason: 'in Tryton the invoice comes to 264.00, not 264.01',
  });
  expect(await count('account.invoice')).toBe(before);
  const key = await accepted('post-supplier-invoice', payload);
  expect(await contentOf('supplier-invoices', key)).toMatchObject({
    state: 'posted',
    reference: 'NF-9001',
    total_amount: '264.00',
  });
  const rest = { ...line, quantity: '40', price: '4.35', amount: '174.00' };
  await accepted('post-supplier-invoice', invoicePayload(company, day, rest));
  expect(await write('post-supplier-invoice', invoicePayload(company, day, rest))).toMatchObject({
    outcome: 'rejected',
    reason: `nothing of order ${line.order} waits to be invoiced in Tryton`,
  });
});

test('what is not on stock is not moved, and holds no stock back', async () => {
  const { company } = tryton;
  await accepted('post-stock-movement', movementPayload(company, day, '10'));
  expect(
    await write('post-stock-movement', movementPayload(company, day, '-999999')),
  ).toMatchObject({ outcome: 'rejected', why: 'invalid' });
  const scrapped = await accepted('post-stock-movement', {
    ...movementPayload(company, day, '-10'),
    kind: 'scrap',
  });
  expect(await contentOf('stock-moves', scrapped)).toMatchObject({
    state: 'done',
    quantity: '10.0',
    to_location: { type: 'lost_found' },
  });
});

test('a price keeps its digits; one finer than Tryton keeps is refused, not rounded', async () => {
  const { company } = tryton;
  const priced = (unitPrice: string) =>
    orderPayload(company, day, { status: 'draft', lines: [orderLine(company, { unitPrice })] });
  const key = await accepted('create-purchase-order', priced('4.3525'));
  expect(await contentOf('purchases', key)).toMatchObject({ lines: [{ unit_price: '4.3525' }] });
  expect(await write('create-purchase-order', priced('4.352501'))).toMatchObject({
    outcome: 'rejected',
    why: 'invalid',
    code: 'UserError',
  });
});

test.each([
  ['an item that is not there', { item: '999999' }, 'lines.0.item'],
  ['a unit that is not there', { ordered: { value: '1', unit: 'XYZ' } }, 'lines.0.ordered.unit'],
  [
    'a quantity of more digits than are kept',
    { ordered: { value: '1234567890.1234567', unit: 'EA' } },
    'lines.0.ordered.value',
  ],
])('an order of %s is refused before anything is sent, and the field is named', async (...row) => {
  const [, change, field] = row;
  const before = await count('purchase.purchase');
  const payload = orderPayload(tryton.company, day, { lines: [orderLine(tryton.company, change)] });
  const outcome = await write('create-purchase-order', payload);
  expect(outcome).toMatchObject({ outcome: 'rejected', why: 'invalid', field });
  expect(await count('purchase.purchase')).toBe(before);
});

test('a draft is changed and cancelled; what is processing is neither', async () => {
  const { company, admin } = tryton;
  const key = await accepted(
    'create-purchase-order',
    orderPayload(company, day, { status: 'draft' }),
  );
  const line = await admin.one('purchase.line', 'search', [['purchase', '=', Number(key)]]);
  const changed = orderPayload(company, day, {
    status: 'draft',
    lines: [
      orderLine(company, { number: String(line), ordered: { value: '90', unit: 'EA' } }),
      orderLine(company, { number: 'new', ordered: { value: '5', unit: 'EA' } }),
    ],
  });
  await accepted('update-purchase-order', changed, { key });
  expect(await contentOf('purchases', key)).toMatchObject({
    untaxed_amount: '413.25',
    lines: [{ quantity: '90.0' }, { quantity: '5.0' }],
  });
  await accepted('cancel-purchase-order', {}, { key });
  const running = await order();
  expect(await write('cancel-purchase-order', {}, { key: running.order })).toMatchObject({
    outcome: 'rejected',
    why: 'invalid',
  });
});

test('an item, a supplier and a work order are as they were sent', async () => {
  const { company } = tryton;
  const item = await accepted('create-item', itemPayload({ number: 'W-8' }));
  expect(await contentOf('products', item)).toMatchObject({ code: 'W-8', cost_price: '0.0125' });
  const supplier = await accepted('create-supplier', supplierPayload({ number: 'S-9' }));
  await accepted('update-supplier', supplierPayload({ number: 'S-9', status: 'inactive' }), {
    key: supplier,
  });
  expect(await contentOf('parties', supplier)).toMatchObject({ code: 'S-9', active: false });
  const made = await accepted('create-work-order', workOrderPayload(company, day));
  expect(await contentOf('productions', made)).toMatchObject({
    state: 'waiting',
    inputs: [{ quantity: '10.0' }],
    outputs: [{ quantity: '5.0' }],
  });
  await accepted('cancel-work-order', {}, { key: made });
});

test('a user without rights is told what is missing, and books nothing', async () => {
  const { admin, company } = tryton;
  await admin.model('res.user', 'create', [
    {
      name: 'Nobody',
      login: 'nobody',
      password: 'nobody-pw-1',
      companies: [['add', [company.company]]],
      company: company.company,
    },
  ]);
  const poor = connectAsRialto(tryton, { username: 'nobody', password: 'nobody-pw-1' });
  const checks = await poor.test(patience());
  expect(checks[0]).toMatchObject({ check: 'sign in', ok: true });
  const purchases = checks.find(({ check }) => check === 'read purchases');
  expect(purchases).toMatchObject({ ok: false });
  expect(purchases?.detail).toContain('Put the user into the groups');
  const before = await count('purchase.purchase');
  const command = commandOf('create-purchase-order', orderPayload(company, day));
  const outcome = await poor.writer?.write(command, patience());
  expect(outcome).toMatchObject({ outcome: 'rejected', why: 'forbidden' });
  expect(await count('purchase.purchase')).toBe(before);
});
