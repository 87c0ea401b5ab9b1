/** Each shipped profile writes a full example of every kind, and works with a server of its shape. */
import { expect, test } from 'vitest';
import { OPERATIONS } from '#adapter-kit';
import type { Command, Operation } from '#adapter-kit';
import { startServer } from '#adapter-kit/testing';
import type { LocalServer, Reply, SeenRequest } from '#adapter-kit/testing';
import type { JsonObject } from '#kernel';
import { connectHttp, credentialsNeeded, SHIPPED_PROFILES, shippedProfile } from './index.ts';
import type { HttpProfile } from './index.ts';
import { connectTo } from './testing.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);
const quantity = { value: '2.50', unit: 'C62' };
const money = { amount: '0.10', currency: 'EUR' };
const line = { number: '10', order: 'PO1', orderLine: '10', item: 'I1', quantity };

const EXAMPLES: Readonly<Record<(typeof OPERATIONS)[Operation], JsonObject>> = {
  supplier: { number: 'S1', name: 'Castings', status: 'active', currency: 'EUR', country: 'DE' },
  item: {
    number: 'I1',
    name: 'Bolt',
    kind: 'stock',
    status: 'active',
    baseUnit: 'C62',
    standardCost: money,
  },
  'purchase-order': {
    number: 'PO1',
    kind: 'standard',
    supplier: 'S1',
    status: 'issued',
    issuedOn: '2026-11-21',
    currency: 'EUR',
    netAmount: '3.0875',
    lines: [
      {
        number: '10',
        item: 'I1',
        ordered: quantity,
        unitPrice: '1.2350',
        priceBase: '1',
        netAmount: '3.0875',
      },
    ],
  },
  'goods-receipt': { number: 'GR1', receivedOn: '2026-11-21', warehouse: 'W1', lines: [line] },
  'supplier-invoice': {
    number: 'INV-1',
    kind: 'invoice',
    supplier: 'S1',
    issuedOn: '2026-11-21',
    currency: 'EUR',
    netAmount: '10.00',
    grossAmount: '11.90',
    lines: [{ ...line, netAmount: '10.00' }],
  },
  'shipment-notice': {
    number: 'SN1',
    direction: 'inbound',
    supplier: 'S1',
    warehouse: 'W1',
    lines: [line],
  },
  'stock-movement': {
    number: 'M1',
    kind: 'scrap',
    movedOn: '2026-11-21',
    item: 'I1',
    quantity: { value: '-2.50', unit: 'C62' },
    warehouse: 'W1',
    unitCost: money,
  },
  'stock-count': {
    number: 'C1',
    countedOn: '2026-11-21',
    lines: [{ ...line, unit: 'C62', counted: '7' }],
  },
  'work-order': {
    number: 'WO1',
    status: 'released',
    item: 'I1',
    quantity,
    warehouse: 'W1',
    operations: [{ number: '10', kind: 'inside', runMinutes: '12.5' }],
    components: [{ number: '1', item: 'I2', required: quantity }],
  },
};

const commandOf = (operation: Operation): Command => ({
  operation,
  reference: `RIALTO-${operation.length}-${operation.slice(0, 3).toUpperCase()}`,
  payload: EXAMPLES[OPERATIONS[operation]],
  ...(operation.startsWith('create') || operation.startsWith('post')
    ? {}
    : { target: { key: '1', version: '1' } }),
});

const operationsOf = ({ operations }: HttpProfile): Operation[] =>
  (Object.keys(OPERATIONS) as Operation[]).filter((name) => Object.hasOwn(operations, name));

const credentialsOf = ({ auth }: HttpProfile): Record<string, string> =>
  Object.fromEntries(credentialsNeeded(auth).map((name) => [name, `${name}-secret`]));

test('there is a generic profile and one for Impact, which has every operation', () => {
  expect(SHIPPED_PROFILES).toEqual(['generic', 'impact']);
  expect(shippedProfile('constructor')).toBeUndefined();
  const impact = shippedProfile('impact');
  expect(impact && operationsOf(impact)).toEqual(Object.keys(OPERATIONS));
  expect(impact?.about).toContain('No product of this name was available');
});

test.each(SHIPPED_PROFILES)(
  '%s writes every operation of a full example with nothing amiss',
  (name) => {
    const profile = shippedProfile(name);
    if (profile === undefined) throw new Error(`there is no ${name}`);
    const credentials = credentialsOf(profile);
    const adapter = connectHttp({ profile, credentials, baseUrl: 'https://erp.test' });
    for (const operation of operationsOf(profile)) {
      const command = commandOf(operation);
      const preview = JSON.stringify(adapter.writer?.preview(command));
      expect(preview).toContain(command.reference);
      expect(preview).not.toContain('misfits');
    }
  },
);

/** A server with any collection: lists, details, creation, change, and actions on a document. */
async function anyServer(
  prefix: string,
): Promise<LocalServer & { books: Map<string, JsonObject[]> }> {
  const books = new Map<string, JsonObject[]>();
  const server = await startServer((request) => replyOf(request, prefix, books));
  return { ...server, books };
}

const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });

function replyOf(request: SeenRequest, prefix: string, books: Map<string, JsonObject[]>): Reply {
  const url = new URL(request.path, 'http://erp.test');
  if (url.pathname === '/oauth/token') return json({ access_token: 'token-1', expires_in: 3600 });
  const [collection = '', id, action] = url.pathname.slice(prefix.length + 1).split('/');
  if (collection === 'health') return json({ status: 'ok' });
  const rows = books.get(collection) ?? [];
  books.set(collection, rows);
  if (request.method === 'GET' && id === undefined) {
    const reference = url.searchParams.get('externalReference');
    const fits = (row: JsonObject) => reference === null || JSON.stringify(row).includes(reference);
    const offset = Number(url.searchParams.get('offset') ?? '0');
    return json({ data: rows.filter(fits).slice(offset) });
  }
  const given = JSON.parse(request.body === '' ? '{}' : request.body) as JsonObject;
  const fresh = { id: String(rows.length + 1), version: 1, number: `N${rows.length + 1}` };
  if (request.method === 'POST' && action === undefined) {
    rows.push({ ...given, ...fresh });
    return json(rows.at(-1), 201);
  }
  const at = rows.findIndex((row) => row['id'] === id);
  if (at < 0) return json({ error: { code: 'NOT_FOUND' } }, 404);
  const changed = { ...rows[at], changeReferences: [given['externalReference'] ?? ''], version: 2 };
  if (request.method !== 'GET') rows[at] = changed;
  return json(rows[at]);
}

test('every operation of Impact is booked, found again, and read back', async () => {
  const profile = shippedProfile('impact');
  if (profile === undefined) throw new Error('there is no impact');
  const server = await anyServer('/api/v1');
  const adapter = connectTo(server, {
    profile,
    baseUrl: server.url,
    credentials: credentialsOf(profile),
  });
  for (const operation of operationsOf(profile)) {
    const command = commandOf(operation);
    expect(await adapter.writer?.lookup(command, patience())).toBeUndefined();
    const outcome = await adapter.writer?.write(command, patience());
    expect(outcome).toMatchObject({ outcome: 'accepted', key: '1' });
    expect(await adapter.writer?.lookup(command, patience())).toMatchObject({ key: '1' });
  }
  expect((await adapter.test(patience())).filter(({ ok }) => !ok)).toEqual([]);
  const fetched = await adapter.fetch('purchase-orders', '1', patience());
  expect(fetched).toMatchObject({ key: '1', version: '2', content: { netAmount: '3.0875' } });
});
