/**
 * A company that keeps its books in Rialto itself, as a new user would begin: founded, connected by the
 * command line, synced, asked. What is booked then arrives by itself, also what is booked while it was down.
 */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const WAIT_MS_MAX = 60_000;
const AT = '/v1/erp/legal-entities';

let rialto: RunningRialto;

beforeAll(async () => {
  rialto = await startRialto({ flags: ['--empty'] });
}, 120_000);
afterAll(async () => {
  await rialto.stop();
  rmSync(rialto.dataDir, { recursive: true, force: true });
}, 60_000);

const Id = z.object({ id: z.string() });
const made = async (path: string, body: object): Promise<string> =>
  Id.parse(await rialto.request('POST', `${AT}/DE01${path}`, body)).id;

const Item = z.looseObject({ name: z.string().optional(), status: z.string().optional() });
const List = z.object({ items: z.array(Item) });

/** How long it takes until something is in a list. */
async function until(path: string, has: (item: z.infer<typeof Item>) => boolean) {
  const since = performance.now();
  for (;;) {
    const { items } = List.parse(await rialto.request('GET', path));
    if (items.some(has)) return performance.now() - since;
    const waited = performance.now() - since;
    if (waited > WAIT_MS_MAX) throw new Error(`it never came into ${path}`);
    await pause(25);
  }
}

test('a connection says what is missing until the company is founded', async () => {
  const early = await rialto.command('connect', 'embedded', '--name', 'books', '--entity', 'DE01');
  expect(early.output).toContain('It cannot be read yet');
  await rialto.request('POST', AT, {
    code: 'DE01',
    name: 'Muster GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    fiscalYears: [2026],
  });
  expect(await rialto.command('test', 'books')).toMatchObject({ exitCode: 0, errors: '' });
}, 120_000);

test('what is in the books is in the records, and can be asked for', async () => {
  const supplier = await made('/parties', { role: 'supplier', name: 'Müller GmbH' });
  const item = await made('/items', { name: 'Bolt', kind: 'raw', baseUnit: 'C62' });
  const warehouse = await made('/warehouses', { code: 'MAIN', name: 'Main', kind: 'plant' });
  const lines = [{ item, quantity: '10', unitPrice: '2.00', warehouse }];
  await made('/purchase-orders', { supplier, issuedOn: '2026-03-02', lines });
  const stock = [{ item, warehouse, quantity: '5', unitCost: '2.00' }];
  await made('/stock-adjustments', { postedOn: '2026-03-15', text: 'opening', lines: stock });
  expect(await rialto.command('sync', 'books')).toMatchObject({ exitCode: 0, errors: '' });
  expect((await rialto.command('quarantine')).output).toContain('(none)');
  const asked = await rialto.command('ask', 'How many suppliers do we have?');
  expect(asked.output).toContain('Suppliers on file 1.');
  await until('/v1/purchase-orders', ({ status }) => status === 'draft');
}, 120_000);

test('what is booked is here soon after, by itself', async () => {
  await pause(6_000); // A connection that is new is followed within five seconds.
  const took: number[] = [];
  for (const round of [1, 2, 3, 4, 5]) {
    const name = `Zulieferer ${'ABCDE'[round - 1]} ${String(round).repeat(6)}`;
    await made('/parties', { role: 'supplier', name });
    took.push(await until('/v1/suppliers?pageSize=100', (one) => one.name === name));
  }
  expect(took).toHaveLength(5);
}, 240_000);

test('what was booked just before it was killed is read when it is back', async () => {
  await made('/parties', { role: 'supplier', name: 'Letzte Minute AG' });
  const { dataDir } = rialto;
  await rialto.stop('SIGKILL');
  rialto = await startRialto({ flags: ['--empty'], dataDir });
  await until('/v1/suppliers?pageSize=100', ({ name }) => name === 'Letzte Minute AG');
  const { items } = List.parse(await rialto.request('GET', '/v1/suppliers?pageSize=100'));
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
  expect(items).toHaveLength(7);
}, 240_000);
