/** What is made, over HTTP: planned, released, issued, confirmed, made outside, received, closed; refused with a reason. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Answer, Body, Books } from './testing.ts';

let books: Books;
let warehouse: string;
let supplier: string;
let steel: string;
let gear: string;
let saw: string;

const DAYS = { plannedStartOn: TODAY, plannedEndOn: '2025-10-15' };
const HOUR = { startedAt: '2025-10-09T08:00:00Z', endedAt: '2025-10-09T09:00:00Z' };

beforeAll(async () => {
  books = await openBooks();
  const post = async (path: string, body: object) => idOf(await books.post(path, body));
  supplier = await post('parties', { role: 'supplier', name: 'Härterei Nord' });
  warehouse = await post('warehouses', { code: 'WH1', name: 'Plant', kind: 'plant' });
  await books.ask('POST', '/v1/erp/item-groups', { code: 'finished', name: 'Finished' });
  steel = await post('items', { name: 'Steel', kind: 'raw', baseUnit: 'KGM' });
  const standard = { costing: 'standard', standardCost: '20.00' };
  gear = await post('items', { name: 'Gear', kind: 'finished', baseUnit: 'C62', ...standard });
  const rates = [{ validFrom: '2025-01-01', machineRate: '60.00', labourRate: '30.00' }];
  saw = await post('work-centres', { code: 'SAW', name: 'Saw', kind: 'machine', rates });
  await books.post(`items/${gear}/boms`, {
    version: '1',
    baseQuantity: '1',
    validFrom: '2025-01-01',
    lines: [{ line: '1', component: steel, quantity: '2', scrapPercent: '0', operation: '10' }],
  });
  await post('routings', routing());
  await books.post('stock-adjustments', {
    postedOn: TODAY,
    text: 'opening stock',
    lines: [{ item: steel, warehouse, quantity: '1000', unitCost: '2.00' }],
  });
});
afterAll(() => books.close());

const routing = (more: object = {}) => ({
  item: gear,
  version: '1',
  baseQuantity: '1',
  validFrom: '2025-01-01',
  operations: [
    {
      number: 10,
      name: 'Saw',
      kind: 'inside',
      workCentre: saw,
      setupSeconds: 600,
      runSeconds: '60',
    },
    { number: 20, name: 'Harden', kind: 'outside', supplier, unitPrice: '1.50' },
  ],
  ...more,
});
const plan = (quantity: string, more: object = {}, headers = {}) =>
  books.post('work-orders', { item: gear, quantity, warehouse, ...DAYS, ...more }, headers);
const act = (id: string, what: string, body: object, headers = {}) =>
  books.post(`work-orders/${id}/${what}`, body, headers);
const released = async (quantity: string) => {
  const id = idOf(await plan(quantity));
  expect(await act(id, 'release', { version: 1 })).toMatchObject({ status: 200 });
  return id;
};
const confirm = (id: string, good: string, more: object = {}, headers = {}) =>
  act(id, 'confirmations', { operation: 10, good, ...HOUR, postedOn: TODAY, ...more }, headers);
const shown = async (id: string): Promise<Body> => (await books.read(`work-orders/${id}`)).body;
const wipOf = async (): Promise<number> => {
  const { body } = await books.read(`trial-balance?to=${TODAY}`);
  const accounts = Object.values(Object(body['rows']) as Record<string, Body>);
  return Number(accounts.find((row) => row['account'] === '1240')?.['closing'] ?? 0);
};
const entryOf = ({ body }: Answer) => String(body['entry']);

test('an order is planned once by its key, planned anew, and released from the version seen', async () => {
  const first = await plan('10', {}, once('wo-1'));
  expect(first).toMatchObject({ status: 200, body: { number: 'WO-2025-000001' } });
  expect((await plan('10', {}, once('wo-1'))).body).toEqual(first.body);
  expect(await plan('11', {}, once('wo-1'))).toMatchObject(refused(409, 'company.key-reused'));
  const id = idOf(first);
  const change = { version: 1, quantity: '12', plannedEndOn: '2025-10-20', reason: 'more asked' };
  expect((await books.put(`work-orders/${id}`, change)).body).toEqual({
    id,
    version: 2,
    status: 'planned',
  });
  expect(await books.put(`work-orders/${id}`, change)).toMatchObject(
    refused(409, 'production.moved-on'),
  );
  expect((await act(id, 'release', { version: 2 })).body).toMatchObject({
    version: 3,
    shortages: [],
  });
  expect(await books.put(`work-orders/${id}`, { version: 3, quantity: '5' })).toMatchObject(
    refused(409, 'production.not-in-this-state'),
  );
  expect(await shown(id)).toMatchObject({
    status: 'released',
    unit: 'C62',
    components: [{ item: steel, required: '24.000000', unit: 'KGM', issued: '0' }],
    operations: [{ kind: 'inside' }, { kind: 'outside', supplier }],
    outsideOrders: [],
  });
  const history = rowsOf(await books.read(`work-orders/${id}/history`));
  expect(history).toMatchObject([
    { action: 'changed', detail: { reason: 'more asked' } },
    { action: 'released' },
  ]);
  expect((await act(id, 'cancel', { version: 3 })).body).toMatchObject({ status: 'cancelled' });
});

test('what a released order needs is changed from the version seen, with the reason', async () => {
  const id = await released('10'); // 20 steel.
  const change = (version: number, more: object) =>
    act(id, 'components', { version, reason: 'thicker sheets', ...more });
  const less = { changed: [{ component: 10, required: '15' }] };
  expect((await change(2, less)).body).toMatchObject({ version: 3 });
  expect(await change(2, less)).toMatchObject(refused(409, 'production.moved-on'));
  expect(await change(3, { removed: [90] })).toMatchObject(
    refused(404, 'production.no-such-component'),
  );
  expect(await change(3, { reason: 'x', removed: [10] })).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  expect(await shown(id)).toMatchObject({ components: [{ required: '15', issued: '0' }] });
  expect((await act(id, 'cancel', { version: 3 })).status).toBe(200);
});

test('what cannot be planned or set up says where and why', async () => {
  expect(await plan('0')).toMatchObject(refused(400, 'production.bad-quantity'));
  expect(await plan('1', { item: 'none' })).toMatchObject(refused(404, 'production.no-such-item'));
  expect(await plan('1', { plannedEndOn: '2025-01-01' })).toMatchObject(
    refused(400, 'production.bad-order'),
  );
  expect(await plan('1', { salesOrder: { id: 'none', line: 10 } })).toMatchObject(
    refused(404, 'api.no-such-record'),
  );
  expect(await plan('1', { item: 'a\u0000' })).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await plan('1', { text: 'a\u0000' })).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await books.read('work-orders?number=%00')).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  expect(await plan('1e3')).toMatchObject(refused(400, 'api.invalid-request'));
  expect(await books.post('routings', routing())).toMatchObject(
    refused(409, 'production.code-taken'),
  );
  const outside = { number: 10, name: 'Harden', kind: 'outside', supplier, unitPrice: '1' };
  const other = (operation: object) => routing({ version: '2', operations: [operation] });
  expect(await books.post('routings', other({ ...outside, supplier: steel }))).toMatchObject(
    refused(404, 'production.no-such-supplier'),
  );
  const away = { ...outside, supplierWarehouse: 'none' };
  expect(await books.post('routings', other(away))).toMatchObject(
    refused(404, 'production.no-such-warehouse'),
  );
  expect(await books.post('routings', other({ ...outside, number: 99_999 }))).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  const centre = { code: 'MILL', name: 'Mill', kind: 'machine', costCentre: 'none' };
  const rates = [{ validFrom: '2025-01-01', machineRate: '1', labourRate: '1' }];
  expect(await books.post('work-centres', { ...centre, rates })).toMatchObject(
    refused(404, 'production.no-such-cost-centre'),
  );
});

test('an order is made in parts with scrap and times, outside, received, closed and opened again', async () => {
  const id = await released('100');
  expect(await confirm(id, '101')).toMatchObject(refused(409, 'production.more-than-passed-on'));
  const scrap = { scrap: '4' };
  expect(await confirm(id, '50', scrap)).toMatchObject(refused(400, 'production.reason-missing'));
  const told = { ...scrap, scrapReason: 'crack', runSeconds: 3600, employee: 'emma' };
  const first = await confirm(id, '50', told, once('c-1'));
  expect(first).toMatchObject({ status: 200, body: { entry: expect.any(String) as unknown } });
  expect((await confirm(id, '50', told, once('c-1'))).body).toEqual(first.body);
  expect((await confirm(id, '46')).status).toBe(200);
  const lines = [{ component: 10, quantity: '5' }];
  const issue = await act(id, 'issues', { postedOn: TODAY, reason: 'spilt', lines });
  expect(issue.status).toBe(200);
  expect(
    (await books.post(`production-postings/${idOf(issue)}/reverse`, { on: TODAY })).status,
  ).toBe(200);

  const asked = { operation: 20, quantity: '96', issuedOn: TODAY };
  const ordered = await act(id, 'outside-orders', asked, once('oo-1'));
  expect(ordered.body).toMatchObject({ status: 'issued' });
  expect((await act(id, 'outside-orders', asked, once('oo-1'))).body).toEqual(ordered.body);
  const ship = (quantity: string) =>
    act(id, 'outside-shipments', { operation: 20, quantity, postedOn: TODAY });
  expect(await ship('97')).toMatchObject(refused(409, 'production.more-than-passed-on'));
  expect((await ship('96')).status).toBe(200);
  const back = { operation: 20, ...HOUR, receivedOn: TODAY, postedOn: TODAY };
  expect(await act(id, 'outside-receipts', { ...back, good: '97' })).toMatchObject(
    refused(409, 'production.more-than-passed-on'),
  );
  expect((await act(id, 'outside-receipts', { ...back, good: '96' })).status).toBe(200);
  expect((await books.read(`purchase-orders/${idOf(ordered)}`)).body).toMatchObject({
    status: 'received',
  });

  expect(await act(id, 'close', { version: 2, on: TODAY })).toMatchObject(
    refused(409, 'production.not-received'),
  );
  const receive = (quantity: string) => act(id, 'receipts', { quantity, postedOn: TODAY });
  expect(await receive('97')).toMatchObject(refused(409, 'production.more-than-made'));
  const made = await receive('96');
  expect(made.status).toBe(200);
  expect(await shown(id)).toMatchObject({
    status: 'completed',
    good: '96',
    received: '96',
    operations: [
      { good: '96', scrap: '4', runDone: 3600 },
      { shipped: '96', good: '96' },
    ],
    outsideOrders: [{ purchaseOrder: idOf(ordered), quantity: '96' }],
  });
  const version = Number((await shown(id))['version']);
  const closed = await act(id, 'close', { version, on: TODAY });
  expect(closed.status).toBe(200);
  expect(await shown(id)).toMatchObject({ status: 'closed' });
  expect(await wipOf()).toBe(0);
  const settlement = await books.read(`production-postings/${idOf(closed)}`);
  expect(settlement.body).toMatchObject({ kind: 'settlement', entry: entryOf(closed) });
  const stillThere = await books.post(`production-postings/${idOf(made)}/reverse`, { on: TODAY });
  expect(stillThere).toMatchObject(refused(409, 'production.not-in-this-state'));
  const reopen = () => books.post(`production-postings/${idOf(closed)}/reverse`, { on: TODAY });
  expect((await reopen()).status).toBe(200);
  expect(await reopen()).toMatchObject(refused(409, 'production.already-reversed'));
  expect(await shown(id)).toMatchObject({ status: 'completed' });
});

test('lists are filtered, sorted and read by cursor; a cursor of another order is refused', async () => {
  const ids = [await released('3'), await released('1'), await released('2')];
  const sorted = 'work-orders?status=released&sort=quantity';
  const page = await books.read(`${sorted}&limit=2`);
  expect(rowsOf(page).map((row) => row['quantity'])).toEqual(['1', '2']);
  const next = encodeURIComponent(String(page.body['next']));
  const rest = await books.read(`${sorted}&limit=2&after=${next}`);
  expect(rowsOf(rest).map((row) => row['id'])).toEqual([ids[0]]);
  expect(rest.body['next']).toBeUndefined();
  const other = 'work-orders?status=released&sort=-quantity';
  expect(await books.read(`${other}&after=${next}`)).toMatchObject(
    refused(400, 'api.unknown-cursor'),
  );
  expect(await books.read(`work-orders?after=${next}`)).toMatchObject(
    refused(400, 'api.unknown-cursor'),
  );
  expect(await books.read('work-orders?sort=createdBy')).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  const postings = await books.read('production-postings?kind=settlement&sort=-number');
  expect(rowsOf(postings)).toHaveLength(1);
  const routings = await books.read(`routings?item=${gear}&limit=1`);
  expect(rowsOf(routings)).toMatchObject([{ version: '1', operations: [{}, { supplier }] }]);
  expect(routings.body['next']).toBeUndefined();
});

test('a work centre changes, stands still, and tells its load; the plan tells what is short', async () => {
  const id = await released('900');
  const update = (version: number) =>
    books.put(`work-centres/${saw}`, { version, set: { machines: 2 } });
  expect((await update(1)).body).toEqual({ id: saw, version: 2 });
  expect(await update(1)).toMatchObject(refused(409, 'production.moved-on'));
  const rate = { validFrom: '2026-01-01', machineRate: '65.00', labourRate: '31.00' };
  expect((await books.post(`work-centres/${saw}/rates`, rate)).status).toBe(200);
  expect(rowsOf(await books.read('work-centres'))).toMatchObject([
    { code: 'SAW', machines: 2, rates: [{ machineRate: '65.00' }, { validFrom: '2025-01-01' }] },
  ]);
  const load = rowsOf(await books.read(`capacity-load?from=${TODAY}&to=2025-10-15`));
  expect(load).toHaveLength(7);
  expect(load[0]).toMatchObject({ day: TODAY, capacitySeconds: 57_600 });
  expect(Number(load[0]?.['loadSeconds'])).toBeGreaterThan(0);
  expect(await books.read('capacity-load?from=2025-01-01&to=2026-01-01')).toMatchObject(
    refused(400, 'api.invalid-request'),
  );
  const needs = await books.read(`material-plan?order=${id}&short=true`);
  expect(rowsOf(needs)).toMatchObject([{ order: id, item: steel }]);
  expect(needs.body['delays']).toMatchObject([{ order: id }]);
  const stop = { workCentre: saw, reason: 'blade', startedAt: HOUR.startedAt };
  const down = await books.post('downtimes', stop);
  expect(await books.post('downtimes', stop)).toMatchObject(
    refused(409, 'production.downtime-lasts'),
  );
  const end = (endedAt: string) => books.post(`downtimes/${idOf(down)}/end`, { endedAt });
  expect(await end('2025-10-09T07:00:00Z')).toMatchObject(refused(400, 'production.bad-times'));
  for (const moment of ['2025-10-09', '2025-10-09T07:00Z', '2025-13-09T07:00:00Z']) {
    expect(await end(moment)).toMatchObject(refused(400, 'api.invalid-request'));
  }
  expect((await end(HOUR.endedAt)).status).toBe(200);
  expect(rowsOf(await books.read('downtimes?lasting=true'))).toEqual([]);
  expect(rowsOf(await books.read('downtimes?lasting=false'))).toMatchObject([{ reason: 'blade' }]);
});

const MAY: readonly (readonly [Role, readonly number[]])[] = [
  ['planner', [200, 200, 400]],
  ['buyer', [200, 403, 403]],
  ['auditor', [200, 403, 403]],
  ['viewer', [403, 403, 403]],
];
test.each(MAY)('a %s lists, plans and confirms: %j', async (role, expected) => {
  const who = await books.someone(role);
  const id = idOf(await plan('1'));
  const nothing = { operation: 10, ...HOUR, postedOn: TODAY };
  await act(id, 'release', { version: 1 });
  expect([
    (await books.read('work-orders', who)).status,
    (await plan('1', {}, who)).status,
    (await act(id, 'confirmations', nothing, who)).status,
  ]).toEqual(expected);
});

test('another legal entity sees and touches none of it', async () => {
  const id = await released('1');
  const other = await books.elsewhere();
  expect(await books.ask('GET', `${other}/work-orders/${id}`)).toMatchObject(
    refused(404, 'api.no-such-record'),
  );
  expect(
    await books.ask('POST', `${other}/work-orders/${id}/cancel`, { version: 2 }),
  ).toMatchObject(refused(404, 'production.no-such-order'));
  expect(await books.ask('GET', `${other}/work-orders/${id}/history`)).toMatchObject({
    status: 404,
  });
});
