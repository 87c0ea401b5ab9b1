/** A Tryton is connected from the command line as its guide says, tested, and read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTryton, TRYTON_START_MS_MAX } from '../../src/adapters/tryton/testing.ts';
import type { RunningTryton } from '../../src/adapters/tryton/testing.ts';
import { orderGoods } from '../../src/adapters/tryton/testing/trade.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const Orders = z.object({ items: z.array(z.object({ number: z.string(), status: z.string() })) });

let tryton: RunningTryton;
let rialto: RunningRialto;

beforeAll(async () => {
  tryton = await startTryton();
  rialto = await startRialto({ flags: ['--empty'] });
}, TRYTON_START_MS_MAX);
afterAll(async () => {
  await rialto.stop();
  await tryton.stop();
});

test('connect, test and sync bring an order made in Tryton to the screens', async () => {
  const { url, database, company, admin } = tryton;
  await orderGoods(admin, company, { quantity: 12, price: '4.25' });
  process.env['TRYTON_TEST_PASSWORD'] = company.user.password;
  const settings = { url, database, username: company.user.name, networks: '127.0.0.0/8' };
  const set = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const secret = ['--secret', 'password=env:TRYTON_TEST_PASSWORD'];
  const connected = await rialto.command('connect', 'tryton', '--name', 'erp', ...set, ...secret);
  expect(connected).toMatchObject({ exitCode: 0, errors: '' });
  expect(connected.output).not.toContain(company.user.password);
  const tested = await rialto.command('test', 'erp');
  expect(tested).toMatchObject({ exitCode: 0 });
  expect(tested.output).toContain('read purchases');
  expect(await rialto.command('sync', 'erp')).toMatchObject({ exitCode: 0 });
  const orders = Orders.parse(await rialto.request('GET', '/v1/purchase-orders'));
  expect(orders.items).toMatchObject([{ status: 'issued' }]);
}, 180_000);
