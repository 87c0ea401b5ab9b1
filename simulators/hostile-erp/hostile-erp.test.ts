/** The ERP does what its README says, and its ledger is what it really booked. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '#kernel';
import type { Faults } from './faults.ts';
import { textIn } from './make-fields.ts';
import { startHostileErp } from './start.ts';
import type { HostileErp } from './start.ts';

let folder: string;
let erp: HostileErp;
let token: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-erp-'));
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 7 });
  token = await signIn();
});
afterEach(async () => {
  await erp.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(client = 'rialto'): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: 'secret',
  });
  const reply = await fetch(`${erp.url}/oauth/token`, { method: 'POST', body });
  const { access_token: given } = (await reply.json()) as { access_token: string };
  return given;
}

type Reply = { status: number; headers: Headers; body: JsonObject & { data?: JsonObject[] } };

async function call(method: string, path: string, body?: object, etag?: string): Promise<Reply> {
  const reply = await fetch(path.startsWith('http') ? path : `${erp.url}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(etag === undefined ? {} : { 'if-match': etag }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: reply.status,
    headers: reply.headers,
    body: (await reply.json()) as Reply['body'],
  };
}

const order = (reference: string, more: object = {}): object => ({
  supplierId: 'S0000001',
  orderDate: '2026-03-01',
  currency: 'EUR',
  lines: [
    { itemId: 'I0000001', quantity: '3', unit: 'C62', unitPrice: '10.3350' },
    { itemId: 'I0000002', quantity: '2', unit: 'C62', unitPrice: '0.01' },
  ],
  externalReference: reference,
  ...more,
});

test('an order is booked once it is answered, totals exact, and found by our reference', async () => {
  const made = await call('POST', 'purchase-orders', order('RI-1'));
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ netAmount: '31.0250', status: 'OPEN', version: '1' });
  expect(made.headers.get('etag')).toBe('"1"');
  const found = await call('GET', 'purchase-orders?reference=RI-1');
  expect(found.body.data).toEqual([made.body]);
  expect(erp.bookings()).toMatchObject([
    { number: 1, action: 'create', reference: 'RI-1', amount: '31.0250' },
  ]);
});

test('the same reference twice is booked twice', async () => {
  await call('POST', 'purchase-orders', order('RI-1'));
  await call('POST', 'purchase-orders', order('RI-1'));
  expect((await call('GET', 'purchase-orders?reference=RI-1')).body.data).toHaveLength(2);
});

test('a receipt and its reversal change the order; a change wants the version it saw', async () => {
  const made = await call('POST', 'purchase-orders', order('RI-1'));
  const id = textIn(made.body, 'id');
  const receipt = await call('POST', 'goods-receipts', {
    purchaseOrderId: id,
    receivedOn: '2026-03-09',
    lines: [{ orderLine: 10, quantity: '3' }],
    externalReference: 'RI-2',
  });
  expect(receipt.status).toBe(201);
  const part = await call('GET', `purchase-orders/${id}`);
  expect(part.body).toMatchObject({ status: 'PARTIALLY_RECEIVED', version: '2' });
  expect((await call('PATCH', `purchase-orders/${id}`, {}, '"1"')).status).toBe(412);
  const changed = await call(
    'PATCH',
    `purchase-orders/${id}`,
    { orderDate: '2026-03-02', externalReference: 'RI-3' },
    '"2"',
  );
  expect(changed.body).toMatchObject({ orderDate: '2026-03-02', changeReferences: ['RI-3'] });
  const cancel = `goods-receipts/${textIn(receipt.body, 'id')}/cancel`;
  expect((await call('POST', cancel, { externalReference: 'RI-4' })).status).toBe(200);
  expect((await call('POST', cancel, {})).body).toMatchObject({
    error: { code: 'ALREADY_CANCELLED' },
  });
  expect((await call('GET', `purchase-orders/${id}`)).body).toMatchObject({ status: 'OPEN' });
});

test.each([
  [{ supplierId: 'S9' }, 'supplierId'],
  [{ netAmount: '31.03' }, 'netAmount'],
  [{ lines: [{ quantity: '0', unit: 'C62', unitPrice: '1' }] }, 'lines.0.quantity'],
  [{ lines: [{ quantity: 3, unit: 'C62', unitPrice: '1' }] }, 'lines.0.quantity'],
])('a wrong order is refused with its field: %j', async (more, field) => {
  const reply = await call('POST', 'purchase-orders', order('RI-1', more));
  expect(reply.status).toBe(422);
  expect(reply.body).toMatchObject({ error: { code: 'VALIDATION', field } });
  expect(erp.bookings()).toEqual([]);
});

test('a batch is booked whole or not at all', async () => {
  const documents = [order('RI-1'), order('RI-2', { supplierId: 'S9' }), order('RI-3')];
  expect((await call('POST', 'purchase-orders/batch', { documents })).status).toBe(422);
  expect(erp.bookings()).toEqual([]);
  const good = { documents: [order('RI-1'), order('RI-3')] };
  expect((await call('POST', 'purchase-orders/batch', good)).body.data).toHaveLength(2);
});

test('a reader may not write, and a void token is told', async () => {
  token = await signIn('reader');
  expect((await call('POST', 'suppliers', { name: 'New' })).status).toBe(403);
  erp.expireTokens();
  expect((await call('GET', 'suppliers')).body).toMatchObject({
    error: { code: 'TOKEN_EXPIRED' },
  });
});

test.each(['cursor', 'offset=0', 'page=1'])('every row comes by %s', async (style) => {
  const ids: string[] = [];
  let url = `${erp.url}/api/v1/purchase-orders?limit=30${style === 'cursor' ? '' : `&${style}`}`;
  for (let pages = 0; url !== ''; pages += 1) {
    const { body, headers } = await call('GET', url);
    ids.push(...(body.data ?? []).map((document) => textIn(document, 'id')));
    url = /<(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect(url).toBe(body['@odata.nextLink'] ?? '');
    expect(body['total']).toBe(100);
    expect(pages).toBeLessThan(4);
  }
  expect(ids).toHaveLength(100);
  expect(new Set(ids).size).toBe(100);
});

test('repeated, short and shuffled pages lose no row to who follows the cursor', async () => {
  erp.setFaults({ repeatRows: 0.5, shortPage: 0.5, shuffle: 0.5 });
  const ids: string[] = [];
  let cursor = '';
  do {
    const { body } = await call('GET', `items?limit=7${cursor}`);
    ids.push(...(body.data ?? []).map((document) => textIn(document, 'id')));
    cursor = body['nextCursor'] === undefined ? '' : `&cursor=${textIn(body, 'nextCursor')}`;
  } while (cursor !== '');
  expect(new Set(ids).size).toBe(50);
  expect(ids.length).toBeGreaterThan(50);
});

test('what was changed since is told, the oldest change first', async () => {
  await call('POST', 'suppliers', { name: 'New one' });
  erp.edit('suppliers', 'S0000003', { name: 'Renamed' });
  const { changedAt } = erp.bookings()[0]?.document ?? { changedAt: '' };
  const { body } = await call('GET', `suppliers?changedSince=${changedAt}`);
  expect(body.data?.map(({ id }) => id)).toEqual(['S0000021', 'S0000003']);
});

test.each<[Faults, number | 'cut', number]>([
  [{ loseAnswer: 1 }, 'cut', 1],
  [{ dropBefore: 1 }, 'cut', 0],
  [{ bookLate: 1, bookLateMs: 20 }, 'cut', 1],
  [{ errorBefore: 1 }, 500, 0],
  [{ errorAfter: 1 }, 500, 1],
  [{ okWithError: 1 }, 200, 0],
  [{ throttle: 1 }, 429, 0],
  [{ unavailable: 1 }, 503, 0],
  [{ expireTokens: 1 }, 401, 0],
])('%j: answer %s, booked %i', async (faults, answer, booked) => {
  erp.setFaults(faults);
  const reply = await call('POST', 'purchase-orders', order('RI-1')).catch(() => undefined);
  expect(reply?.status ?? 'cut').toBe(answer);
  expect(reply === undefined || 'error' in reply.body).toBe(true);
  expect(reply?.headers.get('retry-after') ?? '').toBe(faults.throttle === undefined ? '' : '1');
  expect(erp.bookings()).toHaveLength(booked);
});

test('more at once than it bears are refused', async () => {
  erp.setFaults({ concurrencyMax: 2, latencyMs: [30, 30] });
  const replies = await Promise.all(Array.from({ length: 6 }, () => call('GET', 'items?limit=1')));
  const statuses = replies.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
});

test('the schema drifts in four ways', async () => {
  const first = async (path: string): Promise<JsonObject> =>
    (await call('GET', `${path}?limit=1`)).body.data?.[0] ?? {};
  erp.setFaults({ schema: 'renamed' });
  expect(await first('suppliers')).toHaveProperty('title');
  erp.setFaults({ schema: 'added' });
  expect(await first('suppliers')).toHaveProperty('sustainabilityScore');
  erp.setFaults({ schema: 'missing' });
  expect(await first('purchase-orders')).not.toHaveProperty('currency');
  erp.setFaults({ schema: 'retyped' });
  expect(typeof (await first('purchase-orders'))['netAmount']).toBe('number');
});

test('one seed makes one company', async () => {
  const twin = await startHostileErp({ ledger: join(folder, 'twin.jsonl'), seed: 7 });
  const other = await startHostileErp({ ledger: join(folder, 'other.jsonl'), seed: 8 });
  expect(twin.documents('purchase-orders')).toEqual(erp.documents('purchase-orders'));
  expect(other.documents('purchase-orders')).not.toEqual(erp.documents('purchase-orders'));
  await Promise.all([twin.stop(), other.stop()]);
});

test('down, it refuses connections; up again, it is at the same address', async () => {
  await erp.goDown();
  await expect(call('GET', 'health')).rejects.toThrow('fetch failed');
  await erp.comeBack();
  expect((await call('GET', 'health')).status).toBe(200);
});

test('killed, it comes back with what its ledger says, less a torn line', async () => {
  const ledger = join(folder, 'process.jsonl');
  let [child, url] = await startProcess(ledger);
  const own = erp.url;
  Object.assign(erp, { url });
  token = await signIn();
  await call('POST', 'purchase-orders', order('RI-1'));
  child.kill('SIGKILL');
  await once(child, 'exit');
  appendFileSync(ledger, '{"number":2,"action":"cre');
  [child, url] = await startProcess(ledger);
  Object.assign(erp, { url });
  token = await signIn();
  expect((await call('GET', 'purchase-orders?reference=RI-1')).body.data).toHaveLength(1);
  const second = await call('POST', 'purchase-orders', order('RI-2'));
  expect(second.body).toMatchObject({ id: 'PO0000102' });
  const told = await call('GET', `${url}/control/ledger`);
  expect(told.body['bookings']).toHaveLength(2);
  expect(readFileSync(ledger, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  child.kill('SIGKILL');
  await once(child, 'exit');
  Object.assign(erp, { url: own });
});

async function startProcess(ledger: string): Promise<[ChildProcess, string]> {
  const script = join(import.meta.dirname, 'serve.ts');
  const child = spawn(process.execPath, [script, '--ledger', ledger], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(text.toString()) as { url: string };
  return [child, url];
}
