/**
 * A company's day between Rialto and a real Tryton, each step on what the one before left: suppliers
 * and items come in; an order made here appears there and one made there appears here; part of the
 * goods, the rest, the invoice, a count; prices changed on both sides, one decided by a person, one by a
 * rule; the server goes and comes back.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { assert } from '#kernel';
import { TRYTON_START_MS_MAX } from '../../src/adapters/tryton/testing.ts';
import {
  countPayload,
  invoicePayload,
  orderLine,
  orderPayload,
  receiptPayload,
  supplierPayload,
} from '../../src/adapters/tryton/testing/commands.ts';
import { decimalOfTryton } from '../../src/adapters/tryton/testing/remote.ts';
import { orderGoods, todayText } from '../../src/adapters/tryton/testing/trade.ts';
import { openCompany } from './company.ts';
import type { Company } from './company.ts';

vi.setConfig({ testTimeout: 180_000 });

let company: Company;
let day: string;
let ordered: { readonly order: string; readonly orderLine: string };

beforeAll(async () => {
  company = await openCompany();
  day = await todayText(company.tryton.admin);
}, TRYTON_START_MS_MAX);
afterAll(async () => company.close());

const inTryton = (model: string, key: string, fields: readonly string[]) =>
  company.tryton.admin.read(model, Number(key), fields);

test('suppliers, items and warehouses are read in, and nothing is left out', async () => {
  const { tryton, records, sync, quarantine } = company;
  expect(await sync()).toMatchObject({ status: 'done' });
  expect(await quarantine()).toEqual([]);
  const suppliers = await records('supplier');
  const items = await records('item');
  expect(suppliers.get(String(tryton.company.supplier))).toMatchObject({
    name: 'Nordic Fasteners AB',
    city: 'Malmö',
    paymentTerms: '30 days',
  });
  expect(items.get(String(tryton.company.items[0]))).toMatchObject({
    number: 'BRG6204',
    baseUnit: 'EA',
    standardCost: { amount: '4.20', currency: 'EUR' },
  });
  const count = await tryton.admin.model('party.party', 'search_count', []);
  expect([suppliers.size, items.size]).toEqual([count, 2]);
  expect((await records('warehouse')).size).toBe(1);
});

test('a supplier made here is there, and comes back as it was sent', async () => {
  const { ask, settled, sync, records } = company;
  const payload = supplierPayload({ number: 'S-100' });
  const asked = await ask({ operation: 'create-supplier', businessKey: 'S-100', payload });
  const { progress } = await settled(asked);
  expect(progress.state).toBe('accepted');
  await sync();
  const supplier = (await records('supplier')).get(progress.result?.key ?? '');
  expect(supplier).toMatchObject({ number: 'S-100', name: 'Bolt & Söhne', city: 'Köln' });
});

test('an order made here appears there, and is read back as issued', async () => {
  const { tryton, ask, settled, sync, records } = company;
  const payload = orderPayload(tryton.company, day, { number: 'PO-7' });
  const draft = { operation: 'create-purchase-order', businessKey: 'PO-7', payload } as const;
  const asked = await ask(draft);
  expect((await ask(draft)).id).toBe(asked.id); // Asking twice is asking once.
  const { progress } = await settled(asked);
  const key = progress.result?.key ?? '';
  const there = await inTryton('purchase.purchase', key, ['state', 'reference', 'total_amount']);
  expect(there).toMatchObject({ state: 'processing', reference: asked.reference });
  expect(there['total_amount']).toMatchObject({ decimal: '435.00' });
  await sync();
  const order = (await records('purchase-order')).get(key);
  expect(order).toMatchObject({ status: 'issued', netAmount: '435.00', currency: 'EUR' });
  const line = await tryton.admin.one('purchase.line', 'search', [['purchase', '=', Number(key)]]);
  expect(order).toMatchObject({
    lines: [{ number: String(line), ordered: { value: '100.0', unit: 'EA' }, received: '0' }],
  });
  ordered = { order: key, orderLine: String(line) };
});

test('an order made there appears here', async () => {
  const { tryton, sync, records } = company;
  const made = await orderGoods(tryton.admin, tryton.company, { quantity: 12, price: '4.2525' });
  const run = await sync();
  expect(run.entities.find(({ kind }) => kind === 'purchase-order')).toMatchObject({ created: 1 });
  expect((await records('purchase-order')).get(String(made))).toMatchObject({
    status: 'issued',
    netAmount: '51.03',
    lines: [{ unitPrice: '4.2525', ordered: { value: '12.0', unit: 'EA' } }],
  });
});

test('a part of the goods comes, then the rest; stock and order say so on both sides', async () => {
  const { tryton, ask, settled, sync, records, quarantine } = company;
  const balance = `${tryton.company.warehouse}-${tryton.company.items[0]}`;
  for (const [quantity, status, onHand] of [
    ['60', 'partly-received', '60.0'],
    ['40', 'received', '100.0'],
  ] as const) {
    const payload = receiptPayload(tryton.company, day, { ...ordered, quantity });
    const businessKey = `GR-${quantity}`;
    const posted = await settled(
      await ask({ operation: 'post-goods-receipt', businessKey, payload }),
    );
    expect(posted.progress).toMatchObject({ state: 'accepted' });
    await sync();
    expect((await records('purchase-order')).get(ordered.order)).toMatchObject({
      status,
      lines: [{ received: onHand }],
    });
    const receipt = (await records('goods-receipt')).get(posted.progress.result?.key ?? '');
    expect(receipt).toMatchObject({
      status: 'posted',
      deliveryNote: 'DN-4',
      lines: [{ ...ordered, quantity: { value: `${quantity}.0`, unit: 'EA' } }],
    });
    expect((await records('stock-balance')).get(balance)).toMatchObject({
      quantity: { value: onHand, unit: 'EA' },
    });
  }
  const there = await inTryton('purchase.purchase', ordered.order, ['shipment_state']);
  expect(there).toMatchObject({ shipment_state: 'received' });
  expect(await quarantine()).toEqual([]);
});

test("the supplier's invoice is posted there, to the cent; a wrong total is not", async () => {
  const { tryton, ask, settled, sync, records } = company;
  const charge = { ...ordered, quantity: '100', price: '4.35', amount: '435.00' };
  const payload = invoicePayload(tryton.company, day, charge);
  const wrong = { ...payload, grossAmount: '435.01' };
  const operation = 'post-supplier-invoice';
  const refused = await settled(await ask({ operation, businessKey: 'NF-0', payload: wrong }));
  expect(refused.progress).toMatchObject({ state: 'dead', refusal: { why: 'invalid' } });
  const posted = await settled(await ask({ operation, businessKey: 'NF-9001', payload }));
  expect(posted.progress).toMatchObject({ state: 'accepted' });
  await sync();
  const key = posted.progress.result?.key ?? '';
  expect((await records('supplier-invoice')).get(key)).toMatchObject({
    number: 'NF-9001',
    status: 'posted',
    grossAmount: '435.00',
    openAmount: '435.00',
    lines: [{ ...ordered, netAmount: '435.00' }],
  });
  expect(await inTryton('account.invoice', key, ['state'])).toMatchObject({ state: 'posted' });
});

test('a count sets the stock, and the difference is a movement', async () => {
  const { tryton, ask, settled, sync, records } = company;
  const payload = countPayload(tryton.company, day, '98');
  const counted = await settled(
    await ask({ operation: 'post-stock-count', businessKey: 'C-1', payload }),
  );
  expect(counted.progress).toMatchObject({ state: 'accepted' });
  await sync();
  const balance = `${tryton.company.warehouse}-${tryton.company.items[0]}`;
  expect((await records('stock-balance')).get(balance)).toMatchObject({
    quantity: { value: '98.0' },
  });
  expect((await records('stock-count')).get(counted.progress.result?.key ?? '')).toMatchObject({
    status: 'posted',
    lines: [{ expected: '100.0', counted: '98.0' }],
  });
  const lost = [...(await records('stock-movement')).values()].filter(
    ({ kind }) => kind === 'adjustment',
  );
  expect(lost).toMatchObject([{ quantity: { value: '-2.0', unit: 'EA' }, status: 'posted' }]);
});

/** A draft is here and there; somebody changes its price there, and somebody here wants another. */
async function priceOnBothSides(order: string, prices: { ours: string; theirs: string }) {
  const { tryton, adapter, ask, settled, sync } = company;
  const payload = orderPayload(tryton.company, day, { number: order, status: 'draft' });
  const made = await settled(
    await ask({ operation: 'create-purchase-order', businessKey: order, payload }),
  );
  const key = made.progress.result?.key ?? '';
  await sync();
  const seen = await adapter.fetch('purchases', key, AbortSignal.timeout(60_000));
  assert(seen?.version !== undefined, 'a purchase has a version');
  const { lines } = await inTryton('purchase.purchase', key, ['lines']);
  const number = Array.isArray(lines) ? String(lines[0]) : '';
  const theirs = ['write', [Number(number)], { unit_price: decimalOfTryton(prices.theirs) }];
  await tryton.admin.model('purchase.purchase', 'write', [Number(key)], { lines: [theirs] });
  const line = orderLine(tryton.company, { number, unitPrice: prices.ours });
  const ours = await settled(
    await ask({
      operation: 'update-purchase-order',
      businessKey: `${order} ${prices.ours}`,
      payload: { ...payload, lines: [line] },
      target: { key, version: seen.version },
    }),
  );
  expect(ours.progress).toMatchObject({ state: 'conflict' });
  return { key, price: `lines[${number}].unitPrice` };
}

test('a price changed on both sides stands in the queue with both, until a person picks', async () => {
  const { conflicts, decide, sync, records, look, settled } = company;
  const { key, price } = await priceOnBothSides('PO-8', { ours: '4.50', theirs: '4.40' });
  const [conflict] = await conflicts();
  assert(conflict !== undefined, 'what met is a conflict');
  const theirs = { netAmount: '440.00', lines: [{ unitPrice: '4.40' }] };
  expect(conflict).toMatchObject({ state: 'open', asks: 1, theirs });
  await sync();
  expect((await records('purchase-order')).get(key)).toMatchObject(theirs);
  const asked = conflict.fields.filter(({ verdict }) => verdict.take === 'ask');
  expect(asked).toMatchObject([{ field: price, base: '4.35', ours: '4.50', theirs: '4.40' }]);
  const decided = await decide(conflict.id, { [price]: { take: 'ours' } });
  const sent = await settled(await look({ id: decided.sentAs ?? '' }));
  expect(sent.progress).toMatchObject({ state: 'accepted' });
  await sync();
  expect((await records('purchase-order')).get(key)).toMatchObject({
    netAmount: '450.00',
    lines: [{ unitPrice: '4.5', netAmount: '450.00' }],
  });
});

test('with a rule that theirs wins the next price is settled by itself', async () => {
  const { rule, conflicts, sync, records } = company;
  await rule('lines.unitPrice', 'theirs');
  const { key, price } = await priceOnBothSides('PO-10', { ours: '4.70', theirs: '4.60' });
  const settled = (await conflicts()).at(-1);
  expect(settled).toMatchObject({ state: 'settled', key, rulesVersion: 1 });
  expect(settled?.decision?.[price]).toMatchObject({ because: 'rule', rule: 'lines.unitPrice' });
  await sync();
  expect((await records('purchase-order')).get(key)).toMatchObject({
    netAmount: '460.00',
    lines: [{ unitPrice: '4.60' }],
  });
});

test('while the server is away a reading fails and an order waits; then both are made good', async () => {
  const { tryton, ask, look, settled, sync, records } = company;
  await tryton.kill();
  const payload = orderPayload(tryton.company, day, { number: 'PO-9' });
  const asked = await ask({ operation: 'create-purchase-order', businessKey: 'PO-9', payload });
  expect(await sync()).toMatchObject({ status: 'failed' });
  expect((await look(asked)).progress.state).not.toBe('accepted');
  await tryton.startAgain();
  const { progress } = await settled(asked);
  expect(progress).toMatchObject({ state: 'accepted' });
  expect(await sync()).toMatchObject({ status: 'done' });
  expect((await records('purchase-order')).get(progress.result?.key ?? '')).toMatchObject({
    status: 'issued',
    extensions: { description: 'PO-9' },
  });
  const domain = [['reference', '=', asked.reference]];
  expect(await tryton.admin.model('purchase.purchase', 'search_count', domain)).toBe(1);
});
