/**
 * A system that speaks the Impact contract is connected from the command line by its profile, tested
 * and read: every kind comes in, and amounts written as JSON numbers keep every digit.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

// As text: a JSON number in this file would be a float.
const line = '"number":"10","purchaseOrderId":"11","purchaseOrderLine":"10","partId":"2"';
const DOCUMENTS: Readonly<Record<string, string>> = {
  suppliers: '{"id":1,"number":"S-1","name":"Nordic Castings","status":"active","country":"DE"}',
  warehouses: '{"id":9,"code":"W1","name":"Plant Ulm","kind":"plant"}',
  parts:
    '{"id":2,"number":"P-2","description":"Bolt","kind":"stock","status":"active","unit":"C62","standardCost":0.10,"costCurrency":"EUR"}',
  'purchase-orders': `{"id":11,"number":"PO-11","status":"issued","supplierId":1,"orderedOn":"2026-11-20","currency":"EUR","netAmount":1.23450,"lines":[{"number":"10","partId":2,"quantity":10,"unit":"C62","unitPrice":0.123450,"netAmount":1.23450}]}`,
  receipts: `{"id":12,"number":"GR-12","status":"posted","receivedOn":"2026-11-21","postedOn":"2026-11-21","warehouseId":9,"lines":[{${line},"quantity":4,"unit":"C62"}]}`,
  invoices: `{"id":13,"number":"I-13","supplierInvoiceNumber":"INV-7","kind":"invoice","status":"posted","supplierId":1,"issuedOn":"2026-11-21","currency":"EUR","netAmount":0.49,"grossAmount":0.58,"lines":[{${line},"netAmount":0.49}]}`,
  shipments: `{"id":14,"number":"ASN-1","direction":"inbound","status":"announced","supplierId":1,"warehouseId":9,"lines":[{${line},"quantity":6,"unit":"C62"}]}`,
  'inventory-transactions':
    '{"id":15,"number":"M-15","kind":"scrap","status":"posted","movedOn":"2026-11-21","partId":2,"quantity":-1,"unit":"C62","warehouseId":9}',
  'stock-counts':
    '{"id":16,"number":"C-16","status":"posted","countedOn":"2026-11-21","warehouseId":9,"lines":[{"number":"1","partId":2,"unit":"C62","expected":3,"counted":2.5}]}',
  'work-orders':
    '{"id":17,"number":"WO-17","status":"released","partId":2,"quantity":5,"unit":"C62","warehouseId":9}',
};

let impact: Server;
let rialto: RunningRialto;

beforeAll(async () => {
  impact = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://impact.test');
    const [, , , collection = ''] = url.pathname.split('/');
    response.setHeader('content-type', 'application/json');
    const asked = url.searchParams.get('externalReference');
    const document = asked === null ? DOCUMENTS[collection] : undefined;
    if (url.pathname === '/oauth/token') response.end('{"access_token":"t-1","expires_in":3600}');
    else if (request.headers.authorization !== 'Bearer t-1') response.writeHead(401).end('{}');
    else response.end(`{"data":[${document ?? ''}],"total":${document === undefined ? 0 : 1}}`);
  });
  await new Promise<void>((resolve) => {
    impact.listen(0, '127.0.0.1', resolve);
  });
  rialto = await startRialto({ flags: ['--empty'] });
}, 90_000);
afterAll(async () => {
  await rialto.stop();
  impact.close();
  impact.closeAllConnections();
});

const Runs = z.object({
  items: z.array(
    z.object({
      entities: z.array(
        z.object({ kind: z.string(), created: z.number(), quarantined: z.number() }),
      ),
    }),
  ),
});

test('connect, test and sync bring every kind of the shop floor in', async () => {
  const { port } = impact.address() as AddressInfo;
  process.env['IMPACT_TEST_SECRET'] = 'hush-hush-impact';
  const settings = {
    profile: 'impact',
    baseUrl: `http://127.0.0.1:${port}`,
    networks: '127.0.0.1',
  };
  const set = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const secrets = ['clientId', 'clientSecret'].flatMap((name) => [
    '--secret',
    `${name}=env:IMPACT_TEST_SECRET`,
  ]);
  const connected = await rialto.command('connect', 'http', '--name', 'shop', ...set, ...secrets);
  expect(connected).toMatchObject({ exitCode: 0, errors: '' });
  const tested = await rialto.command('test', 'shop');
  expect(tested).toMatchObject({ exitCode: 0 });
  expect(tested.output).toContain('look up post-goods-receipt');
  expect(await rialto.command('sync', 'shop')).toMatchObject({ exitCode: 0 });
  const [run] = Runs.parse(await rialto.request('GET', '/v1/runs')).items;
  const created = run?.entities.filter((one) => one.created === 1 && one.quarantined === 0);
  expect(created?.map(({ kind }) => kind).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'goods-receipt',
    'item',
    'purchase-order',
    'shipment-notice',
    'stock-count',
    'stock-movement',
    'supplier',
    'supplier-invoice',
    'warehouse',
    'work-order',
  ]);
  const orders = JSON.stringify(await rialto.request('GET', '/v1/purchase-orders'));
  expect(orders).toContain('1.23450');
  expect(rialto.printed() + tested.output).not.toContain('hush-hush');
}, 180_000);
