/** Parties, items and stock through the API: kept, counted, refused with a reason, told apart by role. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { listEvents } from '#audit';
import { idOf, openBooks, refused, rowsOf, TODAY as day } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const read: Books['read'] = (...of) => books.read(...of);
const post: Books['post'] = (...of) => books.post(...of);
const put: Books['put'] = (...of) => books.put(...of);

const supplier = { role: 'supplier', name: 'Müller GmbH' };
const bolt = { name: 'Bolt', kind: 'raw', baseUnit: 'C62' };

test('a party is created once by its key, warned about, changed from its version, and shown', async () => {
  const key = { 'idempotency-key': 'muller-1' };
  const first = await post('parties', supplier, key);
  expect(first).toMatchObject({ status: 200, body: { number: 'S-2025-000001', warnings: [] } });
  expect((await post('parties', supplier, key)).body).toEqual(first.body);
  expect(await post('parties', { ...supplier, name: 'Other' }, key)).toMatchObject(
    refused(409, 'company.key-reused'),
  );
  const twin = await post('parties', { ...supplier, name: 'MULLER', creditLimit: '5.50' });
  expect(twin.body['warnings']).toMatchObject([{ because: 'same-name', number: 'S-2025-000001' }]);
  const change = (version: number, set: object) => put(`parties/${idOf(twin)}`, { version, set });
  expect(await change(1, { creditLimit: null, region: 'north' })).toMatchObject({ status: 200 });
  expect(await change(1, { region: 'south' })).toMatchObject(
    refused(409, 'parties.version-conflict'),
  );
  expect(await change(2, { blocks: ['sales'] })).toMatchObject(refused(400, 'parties.invalid'));
  const shown = await read(`parties/${idOf(twin)}`);
  expect(shown.body).toMatchObject({
    party: { name: 'MULLER', region: 'north', version: 2 },
    history: [{ version: 2, changes: { credit_limit: ['5.50', null], region: [null, 'north'] } }],
  });
  expect(shown.body['party']).not.toHaveProperty('creditLimit');
  expect((await read('parties/none')).status).toBe(404);
  const page = await read('parties?role=supplier&limit=1');
  expect(rowsOf(page)).toMatchObject([{ number: 'S-2025-000001' }]);
  const next = await read(`parties?role=supplier&limit=1&after=${String(page.body['next'])}`);
  expect(next.body).toMatchObject({ items: [{ number: 'S-2025-000002' }] });
  expect(next.body).not.toHaveProperty('next');
});

test('a bank account is entered, verified once, and ended', async () => {
  const party = idOf(await post('parties', { role: 'customer', name: 'Kiosk' }));
  const account = { iban: 'DE89 3704 0044 0532 0130 00', holder: 'Kiosk', validFrom: day };
  const entered = await post(`parties/${party}/bank-accounts`, account);
  expect(await post(`parties/${party}/bank-accounts`, account)).toMatchObject(
    refused(409, 'parties.account-there'),
  );
  const verify = () => post(`bank-accounts/${idOf(entered)}/verify`, {});
  expect((await verify()).status).toBe(200);
  expect(await verify()).toMatchObject(refused(409, 'parties.already-verified'));
  const end = await post(`bank-accounts/${idOf(entered)}/end`, { on: '2025-12-31' });
  expect(end.status).toBe(200);
  expect((await read(`parties/${party}`)).body['bankAccounts']).toMatchObject([
    { iban: 'DE89370400440532013000', validTo: '2025-12-31' },
  ]);
});

test('items have bills, suppliers, prices and agreements', async () => {
  await books.ask('POST', '/v1/erp/item-groups', { code: 'PARTS', name: 'Parts' });
  const units = [{ unit: 'BX', numerator: '12', denominator: '1' }];
  const made = await post('items', { ...bolt, number: 'B-1', itemGroup: 'PARTS', units });
  expect(await post('items', { ...bolt, number: 'B-1' })).toMatchObject(
    refused(409, 'items.number-taken'),
  );
  const item = idOf(made);
  const frame = idOf(await post('items', { ...bolt, name: 'Frame', kind: 'finished' }));
  const changed = { version: 1, set: { itemGroup: null, leadTimeDays: 5 } };
  expect(await put(`items/${item}`, changed)).toMatchObject({ body: { version: 2 } });
  const bom = (component: string) => ({
    version: '1',
    baseQuantity: '1',
    validFrom: day,
    lines: [{ line: '1', component, quantity: '4', scrapPercent: '0' }],
  });
  expect((await post(`items/${frame}/boms`, bom(item))).status).toBe(200);
  expect(await post(`items/${item}/boms`, bom(frame))).toMatchObject(refused(400, 'items.cycle'));
  const asks = { supplier: 'sup_1', price: '1.25', currency: 'EUR', validFrom: day };
  expect((await post(`items/${item}/supplier-items`, asks)).status).toBe(200);
  const agreed = await post('agreements', {
    side: 'sales',
    party: 'cust_1',
    kind: 'price',
    currency: 'EUR',
    validFrom: day,
    lines: [{ line: '1', item, price: '2.5', quantityLimit: '100' }],
  });
  expect(agreed).toMatchObject({ status: 200, body: { number: 'AGR-2025-000001' } });
  expect(rowsOf(await read('agreements?party=cust_1'))).toMatchObject([
    { lines: [{ releasedQuantity: '0', quantityLimit: '100' }] },
  ]);
  const price = (query: string) => read(`items/${item}/price?quantity=1&on=${day}&${query}`);
  expect((await price('side=purchase&party=sup_1')).body).toMatchObject({
    price: { price: '1.25', source: { kind: 'supplier-item' } },
  });
  expect((await price('side=sales&party=cust_1')).body).toMatchObject({ price: { price: '2.5' } });
  expect((await price('side=sales')).body).toEqual({ price: null });
  const shown = await read(`items/${item}`);
  expect(shown.body).toMatchObject({
    item: { number: 'B-1', leadTimeDays: 5, units },
    supplierItems: [{ price: '1.25' }],
    history: [{ version: 2 }],
  });
  expect(rowsOf(await read('items?search=bolt&kind=raw'))).toHaveLength(1);
});

test('stock is adjusted, moved, blocked, scrapped and taken back, each with its entry', async () => {
  const item = idOf(await post('items', bolt));
  const warehouse = idOf(
    await post('warehouses', {
      code: 'MAIN',
      name: 'Main',
      kind: 'plant',
      locations: [{ code: 'A1' }],
    }),
  );
  const said = { postedOn: day, text: 'test' };
  const line = (quantity: string, more: object = {}) => ({ item, warehouse, quantity, ...more });
  const adjust = (...lines: object[]) => post('stock-adjustments', { ...said, lines });
  const found = await adjust(line('10', { unitCost: '2' }));
  expect(found).toMatchObject({
    status: 200,
    body: { number: 'INV-2025-000001', moved: [{ value: '20.00' }] },
  });
  expect(await adjust(line('-11'))).toMatchObject(refused(409, 'inventory.not-enough-stock'));
  const late = { ...said, postedOn: '2031-01-01', lines: [line('-1')] };
  expect(await post('stock-adjustments', late)).toMatchObject(refused(409, 'inventory.not-booked'));
  const moved = await post('stock-transfers', {
    ...said,
    lines: [line('4', { toLocation: 'A1' })],
  });
  expect(moved).toMatchObject({ status: 200 });
  expect(moved.body).not.toHaveProperty('entry');
  const blocked = { ...said, lines: [line('4', { location: 'A1', to: 'blocked' })] };
  expect((await post('stock-status-changes', blocked)).status).toBe(200);
  const scrapped = await post('stock-scrappings', {
    ...said,
    lines: [line('1', { location: 'A1', status: 'blocked' })],
  });
  const stock = () => read(`stock?item=${item}`);
  expect(rowsOf(await stock())).toMatchObject([
    { owned: '9', value: '18.00', free: '6', available: '6', byStatus: { blocked: '3' } },
  ]);
  const reverse = () => post(`stock-documents/${idOf(scrapped)}/reverse`, said);
  expect((await reverse()).status).toBe(200);
  expect(await reverse()).toMatchObject(refused(409, 'inventory.already-reversed'));
  expect(rowsOf(await stock())).toMatchObject([{ owned: '10', value: '20.00' }]);
  const balances = rowsOf(await read(`warehouses/${warehouse}/balances?item=${item}`));
  expect(balances.map(({ location, status }) => `${String(location)} ${String(status)}`)).toEqual([
    ' free',
    'A1 blocked',
  ]);
  const page = await read(`stock-movements?item=${item}&limit=2`);
  expect(rowsOf(page)).toMatchObject([{ quantity: '1' }, { quantity: '-1', kind: 'scrap' }]);
  const older = await read(
    `stock-movements?item=${item}&kind=adjustment&after=${String(page.body['next'])}`,
  );
  expect(rowsOf(older)).toMatchObject([{ quantity: '10', source: { area: 'inventory' } }]);
});

test('a piece with a serial number is asked for by it, and refused where it is not', async () => {
  const item = idOf(await post('items', { ...bolt, name: 'Pump', serialManaged: true }));
  const warehouse = idOf(await post('warehouses', { code: 'PUMPS', name: 'Pumps', kind: 'store' }));
  const said = { postedOn: day, text: 'test' };
  const adjust = (quantity: string, ...serials: string[]) =>
    post('stock-adjustments', {
      ...said,
      lines: [
        { item, warehouse, quantity, serials, ...(quantity === '2' ? { unitCost: '5' } : {}) },
      ],
    });
  expect((await adjust('2', 'S-2', 'S-1')).status).toBe(200);
  expect(await adjust('1', 'S-1')).toMatchObject(refused(409, 'inventory.serial-taken'));
  expect(await adjust('-1', 'S-9')).toMatchObject(refused(409, 'inventory.serial-not-there'));
  expect((await adjust('-1', 'S-1')).status).toBe(200);
  expect(rowsOf(await read(`serial-numbers?item=${item}`))).toMatchObject([
    { serial: 'S-1', standing: 'left', lastMovement: { kind: 'adjustment' } },
    { serial: 'S-2', standing: 'in-stock', warehouse },
  ]);
  expect(rowsOf(await read(`serial-numbers?item=${item}&inStock=true&search=s-`))).toHaveLength(1);
  expect(rowsOf(await read(`serial-numbers?search=x&limit=5`))).toEqual([]);
  const first = await read(`serial-numbers?item=${item}&limit=1&sort=-serial`);
  const next = String(first.body['next']);
  expect(
    rowsOf(await read(`serial-numbers?item=${item}&limit=1&sort=-serial&after=${next}`)),
  ).toMatchObject([{ serial: 'S-1' }]);
  expect(rowsOf(await read(`stock-movements?item=${item}&serial=S-1`))).toHaveLength(2);
});

test('stock goes by what it is worth, page after page', async () => {
  const items = [
    idOf(await post('items', bolt)),
    idOf(await post('items', { ...bolt, number: 'B-2' })),
    idOf(await post('items', { ...bolt, number: 'B-3' })),
  ];
  const warehouse = idOf(await post('warehouses', { code: 'ALL', name: 'All', kind: 'store' }));
  const lines = items.map((item, at) => ({
    item,
    warehouse,
    quantity: '1',
    unitCost: ['5', '9', '7'][at],
  }));
  expect((await post('stock-adjustments', { postedOn: day, text: 'found', lines })).status).toBe(
    200,
  );
  const list = (more: string) => read(`stock?warehouse=${warehouse}&sort=-value&limit=2${more}`);
  const first = await list('');
  expect(rowsOf(first).map(({ value }) => value)).toEqual(['9.00', '7.00']);
  const next = `&after=${encodeURIComponent(String(first.body['next']))}`;
  expect(rowsOf(await list(next)).map(({ value }) => value)).toEqual(['5.00']);
  const asItCame = read(`stock?warehouse=${warehouse}&limit=2${next}`);
  expect(await asItCame).toMatchObject(refused(400, 'api.unknown-cursor'));
});

test('a stock count is opened, recorded and posted; another is given up', async () => {
  const item = idOf(await post('items', bolt));
  const warehouse = idOf(await post('warehouses', { code: 'CNT', name: 'Counted', kind: 'store' }));
  const lines = [{ item, warehouse, quantity: '5', unitCost: '1' }];
  await post('stock-adjustments', { postedOn: day, text: 'found', lines });
  const opened = await post('stock-counts', { warehouse });
  const count = `stock-counts/${idOf(opened)}`;
  expect(await post('stock-counts', { warehouse })).toMatchObject(
    refused(409, 'inventory.frozen-for-count'),
  );
  const postIt = (version: number) => post(`${count}/post`, { version, postedOn: day });
  expect(await postIt(1)).toMatchObject(refused(409, 'inventory.wrong-state'));
  const counted = { version: 1, countedOn: day, lines: [{ line: 1, counted: '3' }] };
  expect(await put(count, counted)).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await postIt(2)).toMatchObject({
    status: 200,
    body: { version: 3, document: { moved: [{ value: '-2.00' }] } },
  });
  expect(await read(count)).toMatchObject({
    body: { status: 'posted', lines: [{ counted: '3' }] },
  });
  const again = await post('stock-counts', { warehouse });
  expect((await post(`stock-counts/${idOf(again)}/cancel`, { version: 1 })).status).toBe(200);
  expect(rowsOf(await read('stock-counts?sort=-number&limit=1'))).toMatchObject([
    { status: 'cancelled' },
  ]);
  expect(rowsOf(await read(`stock-counts?warehouse=${warehouse}`))).toMatchObject([
    { status: 'posted', lines: [{ expected: '5', counted: '3' }] },
    { status: 'cancelled' },
  ]);
  const events = await listEvents(books.database.kysely, { limit: 100, offset: 0 });
  expect(events.rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['stock.count-posted', 'stock.adjusted', 'parties.created']),
  );
});

test('lines that agree with the books are taken over in one go, and say so', async () => {
  const warehouse = idOf(await post('warehouses', { code: 'AGR', name: 'Agreed', kind: 'store' }));
  const pump = { ...bolt, name: 'Pump', serialManaged: true };
  const items = [idOf(await post('items', bolt)), idOf(await post('items', pump))];
  const lines = items.map((item, at) => ({
    item,
    warehouse,
    quantity: '2',
    unitCost: '1',
    ...(at === 1 ? { serials: ['P1', 'P2'] } : {}),
  }));
  expect((await post('stock-adjustments', { postedOn: day, text: 'found', lines })).status).toBe(
    200,
  );
  const opened = await post('stock-counts', { warehouse });
  const count = `stock-counts/${idOf(opened)}`;
  const record = (version: number, said: object) =>
    put(count, { version, countedOn: day, ...said });
  const asBooked = true;
  expect(await record(1, { lines: [{ line: 1, asBooked, counted: '2' }] })).toMatchObject({
    status: 400, // Counted or taken over: not both.
  });
  const both = [1, 2].map((line) => ({ line, asBooked }));
  expect((await record(1, { lines: both })).status).toBe(200);
  expect((await read(count)).body).toMatchObject({
    status: 'counted',
    lines: [
      { counted: '2', asBooked },
      { counted: '2', asBooked, serials: null },
    ],
  });
  expect((await record(2, { lines: [{ line: 1, counted: '2' }] })).status).toBe(200);
  expect((await read(count)).body).toMatchObject({
    lines: [{ counted: '2', asBooked: false }, { asBooked }],
  });
  expect((await post(`${count}/post`, { version: 3, postedOn: day })).body).not.toHaveProperty(
    'document',
  );
});

test('what a warehouse owes is counted, and not taken over', async () => {
  const owing = { code: 'OWE', name: 'Owing', kind: 'store', negativeAllowed: true };
  const warehouse = idOf(await post('warehouses', owing));
  const item = idOf(await post('items', bolt));
  const lines = [{ item, warehouse, quantity: '-1' }];
  expect((await post('stock-adjustments', { postedOn: day, text: 'gone', lines })).status).toBe(
    200,
  );
  const count = `stock-counts/${idOf(await post('stock-counts', { warehouse }))}`;
  const taken = { version: 1, countedOn: day, lines: [{ line: 1, asBooked: true }] };
  expect(await put(count, taken)).toMatchObject({
    ...refused(400, 'inventory.invalid'),
  });
});

test.each<[Role, number, number, number]>([
  ['controller', 200, 403, 200],
  ['buyer', 200, 200, 403],
  ['auditor', 200, 403, 403],
  ['viewer', 403, 403, 403],
])('%s: reading parties is %i, creating one %i, moving stock %i', async (role, ...expected) => {
  const cookie = await books.someone(role);
  const item = idOf(await post('items', bolt));
  const house = { code: `W-${role}`, name: 'W', kind: 'store' };
  const warehouse = idOf(await post('warehouses', house));
  const lines = [{ item, warehouse, quantity: '1' }];
  const answers = [
    await read('parties?role=supplier', cookie),
    await post('parties', { role: 'supplier', name: `of ${role}` }, cookie),
    await post('stock-adjustments', { postedOn: day, text: 'found', lines }, cookie),
  ];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});
