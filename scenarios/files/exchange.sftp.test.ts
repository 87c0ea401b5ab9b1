/**
 * A partner keeps files on a server: master data in a workbook, orders as XML. They are connected
 * over SFTP by what the guide says, come in by themselves when they arrive, a bad cell waits and is
 * mended there; orders go out as files, are answered by files, and each is booked once.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { z } from 'zod';
import { openOtherSide } from '../../src/adapters/file/testing/other-side.ts';
import { startSshd } from '../../src/adapters/file/testing/start-sshd.ts';
import type { RunningSshd } from '../../src/adapters/file/testing/start-sshd.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const WAIT_MS_MAX = 120_000;
let server: RunningSshd;
let rialto: RunningRialto;

beforeAll(async () => {
  rialto = await startRialto({ flags: ['--empty'] });
  server = await startSshd();
}, 120_000);
afterAll(async () => {
  await rialto.stop();
  await server.close();
});

const List = z.object({ items: z.array(z.looseObject({})) });
const Transaction = z.object({
  id: z.string(),
  state: z.string(),
  place: z.string().optional(),
  resultKey: z.string().optional(),
  refusal: z.object({ reason: z.string() }).optional(),
});

const listed = async (path: string): Promise<readonly Record<string, unknown>[]> =>
  List.parse(await rialto.request('GET', path)).items;

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS_MAX;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${WAIT_MS_MAX} ms`);
    await pause(300);
  }
}

/** Lays a file down as a partner should: under its name only when it is whole. */
async function deliver(name: string, content: string | Buffer): Promise<void> {
  const part = join(server.folder, `.${name}`);
  writeFileSync(part, content);
  await rename(part, join(server.folder, name));
}

async function masterData(cost: number | string): Promise<Buffer> {
  const since = new Date('2019-03-01T00:00:00Z');
  const day = { value: since, type: Date, format: 'dd.mm.yyyy' };
  return await writeExcelFile([
    {
      sheet: 'Suppliers',
      data: [
        ['Number', 'Name', 'Status', 'Country', 'City', 'Since'],
        ['V-1', 'Müller & Söhne', 'active', 'AT', 'Linz', day],
        ['V-2', 'Nordic Castings', 'blocked', 'SE', 'Umeå', day],
      ],
    },
    {
      sheet: 'Items',
      data: [
        ['Number', 'Name', 'Group', 'Unit', 'Cost'],
        ['P-1', 'Bolt M8', 'Fasteners', 'EA', 0.1 + 0.2],
        ['P-2', 'Casting', 'Castings', 'EA', cost],
      ],
    },
    {
      sheet: 'Offers',
      data: [
        ['Item', 'Supplier', 'Price', 'Days'],
        ['P-1', 'V-1', 0.29, 5],
      ],
    },
  ]).toBuffer();
}

const ORDERS = `<?xml version="1.0" encoding="UTF-8"?>
<Orders xmlns="urn:example:orders">
  <Order number="PO-7" status="issued">
    <Supplier number="V-1"/><OrderedOn>2026-11-20</OrderedOn><Currency>EUR</Currency><Net>4.50</Net>
    <Line number="10"><Item>P-1</Item><Quantity unit="EA">10</Quantity><Price>0.30</Price><Net>3.00</Net></Line>
    <Line number="20"><Item>P-1</Item><Quantity unit="EA">5</Quantity><Price>0.30</Price><Net>1.50</Net></Line>
  </Order>
</Orders>`;

const orderFor = (number: string, supplier: string) => ({
  number,
  kind: 'standard',
  supplier,
  status: 'issued',
  issuedOn: '2026-11-21',
  currency: 'EUR',
  netAmount: '3.00',
  lines: [
    {
      number: '10',
      item: 'P-1',
      ordered: { value: '10', unit: 'EA' },
      received: '0',
      rejected: '0',
      unitPrice: '0.30',
      priceBase: '1',
      netAmount: '3.00',
    },
  ],
});

test('a folder over SFTP is connected, tested, and read by itself when files arrive', async () => {
  for (const folder of ['out', 'in', 'taken']) mkdirSync(join(server.folder, folder));
  const { privateKey = '', ...settings } = server.settings;
  process.env['FILES_TEST_KEY'] = privateKey;
  const sftp = { ...settings, networks: '127.0.0.0/8' };
  const set = Object.entries(sftp).map(([key, value]) => `sftp.${key}=${String(value)}`);
  const connected = await rialto.command(
    'connect',
    'file',
    '--name',
    'partner',
    '--mapping',
    'excel-and-xml',
    ...[...set, 'onArrival=true', 'lookEverySeconds=5'].flatMap((pair) => ['--set', pair]),
    '--secret',
    'privateKey=env:FILES_TEST_KEY',
  );
  expect(connected).toMatchObject({ exitCode: 0, errors: '' });
  expect(connected.output).toContain('masterdata.xlsx is not in sftp://');
  expect(connected.output).not.toContain('PRIVATE KEY');
  const shown = await rialto.command('connection', 'partner');
  expect(shown.output).toMatch(/onArrival +true/);

  await deliver('masterdata.xlsx', await masterData('n/a'));
  await deliver('orders.xml', ORDERS);
  await until('the order comes in', async () => (await listed('/v1/purchase-orders')).length === 1);
  const [order] = await listed('/v1/purchase-orders');
  expect(order).toMatchObject({ number: 'PO-7', status: 'issued' });
  const suppliers = await listed('/v1/suppliers');
  expect(suppliers.map(({ name }) => String(name)).toSorted(inOrder)).toEqual([
    'Müller & Söhne',
    'Nordic Castings',
  ]);
  expect(await rialto.command('test', 'partner')).toMatchObject({ exitCode: 0 });
}, 240_000);

test('a bad cell waits with its place, and goes in when it is mended there', async () => {
  const held = await rialto.command('quarantine');
  expect(held.output).toContain('masterdata.xlsx');
  expect(held.output).toContain('n/a');
  expect(await listed('/v1/items')).toHaveLength(1);
  await deliver('masterdata.xlsx', await masterData(12.5));
  await until('the item comes in', async () => (await listed('/v1/items')).length === 2);
  const none = await rialto.command('quarantine');
  expect(none.output).not.toContain('n/a');
}, 240_000);

test('orders go out as files, and each is booked once, or refused with its reason', async () => {
  const patient = await rialto.command('posting', 'partner', '--set', 'lookMs=500');
  expect(patient).toMatchObject({ exitCode: 0, errors: '' });
  const other = await openOtherSide(server.folder, { needsManifest: true });
  const wanted = { 'RLT-A': 'V-1', 'RLT-B': 'V-BAD' };
  const ids: string[] = [];
  for (const [businessKey, supplier] of Object.entries(wanted)) {
    const payload = orderFor(businessKey, supplier);
    const operation = 'create-purchase-order';
    const body = { integration: 'partner', operation, businessKey, payload };
    const made = Transaction.parse(await rialto.request('POST', '/v1/transactions', body));
    ids.push(made.id);
  }
  const seen = async () =>
    await Promise.all(
      ids.map(async (id) =>
        Transaction.parse(await rialto.request('GET', `/v1/transactions/${id}`)),
      ),
    );
  await until('both lie there', async () =>
    (await seen()).every(({ state }) => state === 'handed-over'),
  );
  expect((await seen()).map(({ place }) => place?.startsWith('out/orders-'))).toEqual([true, true]);
  await other.takeUp();
  await until('both are answered', async () =>
    (await seen()).every(({ state }) => state === 'accepted' || state === 'dead'),
  );
  const [booked, refused] = await seen();
  expect(booked?.resultKey).toMatch(/^K-/);
  expect(refused?.refusal?.reason).toBe('no such supplier');
  expect([...other.booked.values()]).toEqual([1]);
  expect(other.wrongManifests).toEqual([]);
  expect(readdirSync(join(server.folder, 'in/read'))).toEqual(['answer-00000001.csv']);
}, 240_000);

const inOrder = (one: string, other: string): number => one.localeCompare(other, 'en');
