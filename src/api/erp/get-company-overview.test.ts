/** A company as a whole, over HTTP: each figure is what its list proves, and nobody sees what they may not read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, openBooks, rowsOf, TODAY } from './testing.ts';
import type { Body, Books } from './testing.ts';

let books: Books;
let customer: string;
let supplier: string;
let lamp: string;
let warehouse: string;

beforeAll(async () => {
  books = await openBooks([2025]);
  customer = idOf(await books.post('parties', { role: 'customer', name: 'Kiosk' }));
  supplier = idOf(await books.post('parties', { role: 'supplier', name: 'Glassworks' }));
  lamp = idOf(await books.post('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' }));
  const house = { code: 'MAIN', name: 'Main', kind: 'store' };
  warehouse = idOf(await books.post('warehouses', house));
});
afterAll(() => books.close());

const overview = async (): Promise<Body> => (await books.read('overview')).body;
const countOf = async (path: string): Promise<number> => rowsOf(await books.read(path)).length;

/** A confirmed sales order over some lamps of 10.00 each, promised for a day. */
async function order(quantity: string, promisedOn: string): Promise<string> {
  const lines = [
    { item: lamp, quantity, unitPrice: '10', warehouse, taxCode: 'OUT-STD', promisedOn },
  ];
  const id = idOf(await books.post('sales-orders', { customer, issuedOn: '2025-09-01', lines }));
  await books.post(`sales-orders/${id}/steps`, { step: 'confirm', version: 1 });
  return id;
}

test('a company that has booked nothing has no figures above zero', async () => {
  expect(await overview()).toMatchObject({
    on: TODAY,
    currency: 'EUR',
    sales: { open: 0, openAmount: '0.00', late: 0, lateAmount: '0.00' },
    receivables: { open: '0', overdueItems: 0, byAge: ['0', '0', '0', '0'] },
    stock: { value: '0', positions: 0, none: 0 },
    cash: { accounts: 0, balance: '0' },
    decisions: { ordersOnHold: 0, purchaseOrders: 0, paymentRuns: 0 },
  });
});

test('orders that should have left are late, until all of them has', async () => {
  const lines = [{ item: lamp, warehouse, quantity: '10', unitCost: '4.00' }];
  await books.post('stock-adjustments', { postedOn: TODAY, text: 'opening', lines });
  const late = await order('3', '2025-10-08');
  await order('2', '2025-10-09'); // Today: there is time until the evening.
  expect(await overview()).toMatchObject({
    sales: { open: 2, openAmount: '50.00', late: 1, lateAmount: '30.00' },
    stock: { value: '40.00', positions: 1, none: 0 },
  });
  expect(rowsOf(await books.read(`sales-orders?lateOn=${TODAY}`))).toMatchObject([{ id: late }]);
  expect(await countOf('sales-orders?status=confirmed,partly-delivered')).toBe(2);
  await books.post('deliveries', {
    shippedOn: TODAY,
    postedOn: TODAY,
    lines: [{ order: late, line: 10, quantity: '3' }],
  });
  expect(await overview()).toMatchObject({ sales: { open: 1, late: 0, lateAmount: '0.00' } });
  expect(await countOf(`sales-orders?lateOn=${TODAY}`)).toBe(0);
});

test('what suppliers should have sent is late, and a requisition waits for a decision', async () => {
  const buy = async (quantity: string): Promise<string> => {
    const lines = [{ item: lamp, quantity, unitPrice: '4', warehouse, promisedOn: '2025-10-01' }];
    const body = { kind: 'standard', supplier, issuedOn: '2025-09-01', lines };
    return idOf(await books.post('purchase-orders', body));
  };
  const small = await buy('5');
  await books.post(`purchase-orders/${small}/steps`, { step: 'issue', version: 1 });
  expect(await overview()).toMatchObject({
    purchasing: { open: 1, openAmount: '20.00', late: 1, lateAmount: '20.00' },
  });
  expect(await countOf(`purchase-orders?lateOn=${TODAY}`)).toBe(1);
  const wish = {
    requester: 'p1',
    issuedOn: TODAY,
    lines: [{ item: lamp, quantity: '1', neededOn: TODAY }],
  };
  const requisition = idOf(await books.post('requisitions', wish));
  await books.post(`requisitions/${requisition}/steps`, { step: 'submit', version: 1 });
  expect(await overview()).toMatchObject({ decisions: { requisitions: 1 } });
  expect(await countOf('requisitions?status=submitted')).toBe(1);
});

test('what is owed stands by its age, and what is due soon is named by its days', async () => {
  const charge = (issuedOn: string, dueOn: string, unitPrice: string) =>
    books.post('customer-invoices', {
      customer,
      issuedOn,
      postedOn: issuedOn,
      lines: [{ text: `due on ${dueOn}`, unitPrice, taxCode: 'OUT-STD' }],
    });
  expect(await charge('2025-08-01', '2025-08-31', '100')).toMatchObject({ status: 200 }); // NET30
  expect(await charge('2025-09-12', '2025-10-12', '200')).toMatchObject({ status: 200 });
  const { receivables, months } = await overview();
  expect(receivables).toMatchObject({
    open: '357.00',
    overdue: '119.00',
    overdueItems: 1,
    soon: '238.00',
    soonItems: 1,
    notDue: '238.00',
    byAge: ['0', '119.00', '0', '0'],
  });
  expect(rowsOf(await books.read('receivables?state=overdue'))).toMatchObject([{ open: '119.00' }]);
  const soon = await books.read('receivables?from=2025-10-09&to=2025-10-16');
  expect(rowsOf(soon)).toMatchObject([{ open: '238.00', dueOn: '2025-10-12' }]);
  expect(months).toContainEqual(expect.objectContaining({ period: 8, revenue: '100.00' }));
  expect(months).toContainEqual(expect.objectContaining({ period: 9, revenue: '200.00' }));
  expect(await overview()).toMatchObject({ unclosed: { periods: 9, first: '1 / 2025' } });
});

test('changes of plans wait for a decision, and their list says of which projects', async () => {
  const plan = {
    startsOn: TODAY,
    endsOn: TODAY,
    tasks: [{ number: '1', name: 'Plan', months: [{ month: '2025-10-01', cost: '100' }] }],
  };
  const hall = { name: 'New hall', kind: 'internal', plan };
  const project = idOf(await books.post('projects', hall));
  await books.post(`projects/${project}/steps`, { step: 'release', version: 1 });
  const ask = async (title: string, cost: string): Promise<string> => {
    const change = { tasks: [{ number: '1', months: [{ month: '2025-10-01', cost }] }] };
    return idOf(await books.post('project-change-orders', { project, on: TODAY, title, change }));
  };
  const [roof, doors] = [await ask('A better roof', '70'), await ask('Wider doors', '30')];
  expect(await overview()).toMatchObject({ decisions: { changeOrders: 2 } });
  const waiting = 'project-change-orders?status=draft';
  expect(rowsOf(await books.read(`${waiting}&sort=costChange`))).toMatchObject([
    { id: doors, costChange: '30', projectName: 'New hall' },
    { id: roof, costChange: '70', projectNumber: 'PJ-2025-000001' },
  ]);
  const number = 'number=CO-2025-000002';
  expect(rowsOf(await books.read(`${waiting}&${number}`))).toMatchObject([{ id: doors }]);
  const first = (await books.read(`${waiting}&sort=title&limit=1`)).body;
  expect(first).toMatchObject({ items: [{ id: roof }] });
  const next = `after=${encodeURIComponent(String(first['next']))}`;
  expect(rowsOf(await books.read(`${waiting}&sort=title&limit=1&${next}`))).toMatchObject([
    { id: doors },
  ]);
  const no = { decision: 'rejected', version: 1 };
  await books.post(`project-change-orders/${roof}/decision`, no);
  expect(await overview()).toMatchObject({ decisions: { changeOrders: 1 } });
  expect(await countOf(waiting)).toBe(1);
});

test('nobody sees figures of what they may not read', async () => {
  const seen = await books.read('overview', await books.someone('viewer'));
  expect(seen.status).toBe(200);
  expect(Object.keys(seen.body).toSorted()).toEqual([
    'currency',
    'decisions',
    'on',
    'stock',
    'until',
  ]);
  expect(seen.body['decisions']).toEqual({});
  const planner = await books.read('overview', await books.someone('planner'));
  expect(planner.body).not.toHaveProperty('receivables');
  expect(planner.body).toHaveProperty('sales.open');
});

test('of a company that is not there nothing is shown', async () => {
  const answer = await books.ask('GET', '/v1/erp/legal-entities/NONE/overview');
  expect(answer).toMatchObject({ status: 404, body: { code: 'api.no-such-record' } });
});
