/** What is bought and paid, over HTTP: ordered, received, charged, matched, paid; refused with a reason. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { listEvents } from '#audit';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Answer, Books } from './testing.ts';

let books: Books;
let supplier: string;
let bolt: string;
let warehouse: string;
let invoices = 0;

beforeAll(async () => {
  books = await openBooks();
  supplier = idOf(await books.post('parties', { role: 'supplier', name: 'Schrauben Albrecht' }));
  bolt = idOf(await books.post('items', { name: 'Bolt', kind: 'raw', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
});
afterAll(() => books.close());

const line = (quantity: string, unitPrice: string, more: object = {}) => ({
  item: bolt,
  quantity,
  unitPrice,
  warehouse,
  ...more,
});
const order = (...lines: object[]) =>
  books.post('purchase-orders', { supplier, issuedOn: TODAY, lines });
const step = (id: string, version: number, name: string, headers = {}) =>
  books.post(`purchase-orders/${id}/steps`, { step: name, version }, headers);
const issued = async (...lines: object[]) => {
  const id = idOf(await order(...lines));
  expect(await step(id, 1, 'issue')).toMatchObject({ status: 200 });
  return id;
};
const receive = (id: string, quantity: string, more: object = {}, headers = {}) => {
  const lines = [{ order: id, line: 10, quantity }];
  const days = { receivedOn: TODAY, postedOn: TODAY };
  return books.post('goods-receipts', { ...days, lines, ...more }, headers);
};
const charge = (lines: object[], more: object = {}, headers = {}) => {
  invoices += 1;
  const days = { issuedOn: TODAY, postedOn: TODAY };
  const said = { supplier, supplierNumber: `RE ${invoices}`, ...days };
  return books.post('supplier-invoices', { ...said, lines, ...more }, headers);
};
const ofOrder = (id: string, quantity: string, net: string) => ({
  order: { id, line: 10 },
  quantity,
  net,
  taxCode: 'IN-STD',
});
const textOf = ({ body }: Answer, name: string) => String(body[name]);

test('an order is written once by its key, issued from the version seen, and shown as it stands', async () => {
  const lines = [line('10', '2.50'), line('5', '0.333', { text: 'special', overPercentMax: '10' })];
  const draft = { supplier, issuedOn: TODAY, lines };
  const first = await books.post('purchase-orders', draft, once('po-1'));
  expect(first).toMatchObject({ status: 200, body: { number: 'PO-2025-000001' } });
  expect((await books.post('purchase-orders', draft, once('po-1'))).body).toEqual(first.body);
  const other = { ...draft, text: 'another' };
  expect(await books.post('purchase-orders', other, once('po-1'))).toMatchObject(
    refused(409, 'company.key-reused'),
  );
  const id = idOf(first);
  expect((await books.read(`purchase-orders/${id}`)).body).toMatchObject({
    status: 'draft',
    net: '26.665',
    version: 1,
    lines: [{ number: 10, net: '25.00', received: '0' }, { text: 'special' }],
  });
  expect(await step(id, 7, 'issue')).toMatchObject(refused(409, 'purchasing.moved-on'));
  expect((await step(id, 1, 'issue')).body).toEqual({ id, version: 2, status: 'issued' });
  expect(await step(id, 2, 'reopen')).toMatchObject(refused(409, 'purchasing.not-in-this-state'));
  expect(await step(id, 2, 'approve')).toMatchObject(refused(400, 'api.invalid-request'));
  await step(id, 2, 'close');
  const closed = await books.read(`purchase-orders/${id}`);
  expect(closed.body).toMatchObject({ status: 'closed', isClosed: true });
  expect((await step(id, 3, 'reopen')).body).toMatchObject({ status: 'issued' });
  expect((await books.read(`purchase-orders/${id}`)).body).toMatchObject({ isClosed: false });
  expect((await books.read('purchase-orders/po_none')).status).toBe(404);
  const elsewhere = await books.ask('GET', `/v1/erp/legal-entities/XX/purchase-orders/${id}`);
  expect(elsewhere).toMatchObject(refused(404, 'api.no-such-record'));
});

test('what cannot be ordered says where and why', async () => {
  expect(await order(line('0', '1'))).toMatchObject(
    refused(400, 'purchasing.quantity-not-positive'),
  );
  expect(await order(line('1', '1', { item: 'none' }))).toMatchObject(
    refused(404, 'purchasing.no-such-item'),
  );
  const { status, body } = await order(line('1', '1', { warehouse: undefined }));
  expect({ status, detail: body['detail'] }).toMatchObject({ status: 400 });
  expect(String(body['detail'])).toContain('lines.0');
  expect(await order(line('1.5e3', '1'))).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await order()).toMatchObject(refused(400, 'api.invalid-request'));
});

test('an order above the limit waits for another, who may reject it', async () => {
  const set = await books.ask('PUT', '/v1/erp/legal-entities/DE01/purchasing-settings', {
    approvalLimit: '1000.00',
  });
  expect(set.body).toEqual({ approvalLimit: '1000.00' });
  const buyer = await books.someone('buyer');
  const controller = await books.someone('controller');
  const draft = { supplier, issuedOn: TODAY, lines: [line('500', '2.50')] };
  const id = idOf(await books.post('purchase-orders', draft, buyer));
  expect((await step(id, 1, 'issue', buyer)).body).toMatchObject({ status: 'awaiting-approval' });
  const decide = (name: string, who: Readonly<Record<string, string>>) =>
    books.post(`purchase-orders/${id}/decision`, { step: name, version: 2, reason: 'seen' }, who);
  expect(await decide('approve', buyer)).toMatchObject(refused(403, 'api.not-allowed'));
  expect((await decide('approve', controller)).body).toMatchObject({ status: 'issued' });
  const own = idOf(await order(line('500', '2.50')));
  await step(own, 1, 'issue');
  const itself = { step: 'approve', version: 2 };
  expect(await books.post(`purchase-orders/${own}/decision`, itself)).toMatchObject(
    refused(403, 'purchasing.four-eyes'),
  );
  const waiting = await books.read('purchase-orders?status=awaiting-approval,draft');
  expect(rowsOf(waiting).map((row) => row['id'])).toEqual([own]);
  await books.put('purchasing-settings', { approvalLimit: null });
  expect((await books.read('purchasing-settings')).body).toEqual({ approvalLimit: null });
});

test('receipts come in parts, go back, and are taken back; the list is read by cursor', async () => {
  const id = await issued(line('10', '2.50'));
  const key = once('gr-1');
  const first = await receive(id, '4', { deliveryNote: 'LS 1' }, key);
  expect(first).toMatchObject({ status: 200, body: { entry: expect.any(String) as unknown } });
  expect((await receive(id, '4', { deliveryNote: 'LS 1' }, key)).body).toEqual(first.body);
  expect(await receive(id, '7')).toMatchObject(refused(409, 'purchasing.over-delivery'));
  expect((await receive(id, '6')).status).toBe(200);
  expect((await receive(id, '1', { kind: 'return' })).status).toBe(200);
  const late = { postedOn: '2031-01-01' };
  expect(await receive(id, '1', late)).toMatchObject(refused(409, 'purchasing.journal-refused'));
  const reverse = () => books.post(`goods-receipts/${idOf(first)}/reverse`, { on: TODAY });
  expect((await reverse()).status).toBe(200);
  expect(await reverse()).toMatchObject(refused(409, 'purchasing.already-reversed'));
  expect((await books.read(`purchase-orders/${id}`)).body).toMatchObject({
    status: 'partly-received',
    lines: [{ received: '5', receivedValue: '12.50' }],
  });
  const page = await books.read(`goods-receipts?order=${id}&limit=3`);
  expect(rowsOf(page)).toMatchObject([{ kind: 'reversal' }, { kind: 'return' }, {}]);
  const next = await books.read(`goods-receipts?order=${id}&after=${textOf(page, 'next')}`);
  expect(rowsOf(next)).toMatchObject([{ id: idOf(first), deliveryNote: 'LS 1' }]);
  const shown = await books.read(`goods-receipts/${idOf(first)}`);
  expect(shown.body).toMatchObject({ lines: [{ quantity: '4', value: '10.00' }] });
  expect(shown.body['reversedBy']).not.toBeNull();
});

test('an invoice above price is posted, blocked with its reason, freed by who may, and cancelled', async () => {
  const id = await issued(line('10', '2.50'));
  await receive(id, '10');
  const lines = [ofOrder(id, '10', '30.00')];
  expect(await charge(lines, { gross: '36.00' })).toMatchObject(
    refused(400, 'payables.totals-differ'),
  );
  const posted = await charge(lines, { gross: '35.70', supplierNumber: 'RE-77' }, once('si-1'));
  expect(posted.body).toMatchObject({ blocks: ['price'], entry: expect.any(String) as unknown });
  expect(await charge(lines, { supplierNumber: 're 77' })).toMatchObject(
    refused(409, 'payables.duplicate'),
  );
  const shown = await books.read(`supplier-invoices/${idOf(posted)}`);
  expect(shown.body).toMatchObject({
    invoice: {
      matchStatus: 'deviating',
      deviations: [{ line: 1, kind: 'price-above', by: '5.00' }],
      lines: [{ taken: '25.00', variance: '5.00' }],
    },
    items: [{ open: '35.70', blocks: ['price'], version: 1 }],
  });
  const item = textOf(posted, 'item');
  const free = (who = {}) => books.post(`payables/${item}/marks`, { version: 1, blocks: [] }, who);
  expect(await free(await books.someone('buyer'))).toMatchObject(refused(403, 'api.not-allowed'));
  expect((await free()).body).toMatchObject({ version: 2 });
  expect(await free()).toMatchObject(refused(409, 'open-items.moved-on'));
  const deviating = await books.read(`supplier-invoices?matchStatus=deviating&order=${id}`);
  expect(rowsOf(deviating)).toHaveLength(1);
  const cancel = () =>
    books.post(`supplier-invoices/${idOf(posted)}/cancel`, { on: TODAY, reason: 'wrong price' });
  expect((await cancel()).status).toBe(200);
  expect(await cancel()).toMatchObject(refused(409, 'payables.already-cancelled'));
});

test('what is ordered in dollars is known in dollars; charged at another rate, that is no price', async () => {
  const rate = { from: 'EUR', to: 'USD', type: 'spot' };
  const later = '2025-10-10';
  const rates = [
    { ...rate, validOn: TODAY, rate: '1.25' },
    { ...rate, validOn: later, rate: '1.00' },
  ];
  await books.ask('POST', '/v1/erp/exchange-rates', { items: rates });
  const lines = [line('10', '2.50')];
  const draft = { supplier, issuedOn: TODAY, currency: 'USD', lines };
  const id = idOf(await books.post('purchase-orders', draft));
  await step(id, 1, 'issue');
  const receipt = await books.read(`goods-receipts/${idOf(await receive(id, '10'))}`);
  expect(receipt.body).toMatchObject({ lines: [{ value: '20.00', net: '25.00' }] });
  const dollars = { currency: 'USD', postedOn: later };
  const charged = { ...ofOrder(id, '4', '11.00'), taxCode: 'IN-ZERO' };
  const posted = await charge([charged], dollars);
  const shown = await books.read(`supplier-invoices/${idOf(posted)}`);
  const told = { taken: '8.00', variance: '1.00', exchangeDifference: '2.00' };
  expect(shown.body).toMatchObject({ invoice: { lines: [told] } });
  const entry = await books.read(`journal-entries/${textOf(posted, 'entry')}`);
  const accounts = [
    { account: '2050', amount: '10.00', companyAmount: '8.00' },
    { account: '5010', amount: '1.00', companyAmount: '1.00' },
    { account: '6330', amount: '0.00', companyAmount: '2.00' },
    { account: '2000', amount: '-11.00', companyAmount: '-11.00' },
  ];
  expect(entry.body).toMatchObject({ lines: accounts });
  const ordered = { receivedNet: '25.00', invoicedValue: '8.00', invoicedNet: '10.00' };
  const now = () => books.read(`purchase-orders/${id}`);
  expect((await now()).body).toMatchObject({ lines: [ordered] });
  const wrong = { on: later, reason: 'wrong price' };
  await books.post(`supplier-invoices/${idOf(posted)}/cancel`, wrong);
  const back = { receivedNet: '25.00', invoicedValue: '0.00', invoicedNet: '0.00' };
  expect((await now()).body).toMatchObject({ lines: [back] });
});

test('a payment settles an invoice; what is left over is allocated later, and taken back', async () => {
  const bill = { text: 'consulting', net: '100.00', taxCode: 'IN-STD', account: '6250' };
  const invoice = await charge([bill]);
  const item = textOf(invoice, 'item');
  const paid = { supplier, paidOn: TODAY, bankAccount: 'MAIN', currency: 'EUR' };
  const pay = (amount: string, parts: object[]) =>
    books.post('supplier-payments', { ...paid, amount, parts });
  const first = await pay('100.00', [{ item, amount: '60.00' }]);
  expect(first).toMatchObject({ status: 200 });
  expect(await pay('100.00', [{ item, amount: '100.00' }])).toMatchObject(
    refused(409, 'payables.settled'),
  );
  const items = rowsOf(await books.read(`payables?party=${supplier}&state=open`));
  const advance = items.find((row) => row['documentId'] === idOf(first));
  expect(advance).toMatchObject({ effect: 'lowers', open: '40.00' });
  const allocation = await books.post('payables-allocations', {
    raising: item,
    lowering: advance?.['id'],
    amount: '40.00',
    on: TODAY,
  });
  expect(allocation.status).toBe(200);
  const settled = await books.read(`payables/${item}`);
  expect(settled.body).toMatchObject({
    item: { open: '19.00' },
    allocations: [{ amount: '60.00' }, { amount: '40.00' }],
  });
  const back = { allocation: idOf(allocation), on: TODAY };
  expect((await books.post(`payables/${item}/reverse-allocation`, back)).status).toBe(200);
  expect(await books.post(`payables/${item}/reverse-allocation`, back)).toMatchObject(
    refused(409, 'open-items.already-reversed'),
  );
  const aging = rowsOf(await books.read(`payables-aging?asOf=2026-02-01&party=${supplier}`));
  expect(aging).toMatchObject([
    { party: supplier, overdue: [{}, {}, {}, {}].map(() => expect.any(String) as unknown) },
  ]);
  const payments = rowsOf(await books.read(`supplier-payments?supplier=${supplier}`));
  expect(payments).toHaveLength(1);
  const shown = await books.read(`supplier-payments/${String(Object(payments[0]).id)}`);
  expect(shown.body).toEqual(payments[0]);
});

test('a payment run is proposed by one, changed, approved by another, and paid once', async () => {
  const payee = idOf(await books.post('parties', { role: 'supplier', name: 'Payee AG' }));
  const iban = { iban: 'DE89370400440532013000', holder: 'Payee', validFrom: '2025-01-01' };
  const account = await books.post(`parties/${payee}/bank-accounts`, iban);
  await books.post(`bank-accounts/${idOf(account)}/verify`, {});
  const bill = { text: 'rent', net: '100.00', account: '6200' };
  const more = { supplier: payee, paymentTerms: '2-10-NET30' };
  const [one, two] = [await charge([bill], more), await charge([bill], more)];
  const criteria = {
    payOn: TODAY,
    nextRunOn: '2025-12-01',
    bankAccount: 'MAIN',
    currency: 'EUR',
    suppliers: [payee],
  };
  const run = idOf(await books.post('payment-runs', criteria));
  const shown = await books.read(`payment-runs/${run}`);
  expect(shown.body).toMatchObject({
    status: 'proposed',
    items: [
      { amount: '98.00', discount: '2.00', isLeftOut: false },
      { amount: '98.00', discount: '2.00' },
    ],
  });
  const leave = { version: 1, items: [{ item: textOf(two, 'item'), isLeftOut: true }] };
  expect((await books.put(`payment-runs/${run}`, leave)).body).toEqual({ version: 2 });
  const decide = (who = {}) =>
    books.post(`payment-runs/${run}/decision`, { version: 2, decision: 'approve' }, who);
  const execute = (version: number) => books.post(`payment-runs/${run}/execute`, { version });
  expect(await decide()).toMatchObject(refused(403, 'payables.four-eyes'));
  expect(await execute(2)).toMatchObject(refused(409, 'payables.not-in-this-state'));
  expect((await decide(await books.someone('controller'))).body).toEqual({ version: 3 });
  expect(await execute(3)).toMatchObject({
    status: 200,
    body: { payments: [{ id: expect.any(String) as unknown }], refused: [] },
  });
  expect(await execute(4)).toMatchObject(refused(409, 'payables.not-in-this-state'));
  expect((await books.read(`payables/${textOf(one, 'item')}`)).body).toMatchObject({
    item: { open: '0.00' },
    allocations: [{ amount: '98.00', discount: '2.00' }],
  });
  expect(rowsOf(await books.read(`supplier-payments?run=${run}`))).toHaveLength(1);
});

test('the flow of a document is the whole graph, from wherever it is asked', async () => {
  const id = await issued(line('3', '1.00'));
  const receipt = idOf(await receive(id, '3'));
  const invoice = idOf(await charge([ofOrder(id, '3', '3.00')]));
  const from = async (kind: string, of: string) =>
    (await books.ask('GET', `/v1/erp/documents/${kind}/${of}/flow`)).body['links'];
  const whole = await from('purchase-order', id);
  expect(whole).toHaveLength(4); // To receipt and invoice, and from each to its entry.
  expect(await from('goods-receipt', receipt)).toEqual(whole);
  expect(await from('supplier-invoice', invoice)).toEqual(whole);
});

test.each<[Role, readonly number[]]>([
  ['buyer', [200, 200, 403]],
  ['controller', [200, 403, 200]],
  ['auditor', [200, 403, 403]],
  ['seller', [403, 403, 403]],
])('%s: reading orders, ordering and charging answer %j', async (role, expected) => {
  const who = await books.someone(role);
  const draft = { supplier, issuedOn: TODAY, lines: [line('1', '1')] };
  const answers = [
    await books.read('purchase-orders', who),
    await books.post('purchase-orders', draft, who),
    await charge([{ text: 'rent', net: '1.00', account: '6200' }], {}, who),
  ];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});

test('every change is in the audit log under its document', async () => {
  const events = await listEvents(books.database.kysely, { limit: 500, offset: 0 });
  const named = events.rows.map(({ action, subject }) => `${action} ${subject}`);
  expect(named).toEqual(
    expect.arrayContaining([
      'purchasing.order-created PO-2025-000001',
      'purchasing.receipt-posted GR-2025-000001',
      'payables.invoice-posted SI-2025-000001',
      expect.stringContaining('payables.run-paid run_') as unknown,
    ]),
  );
});
