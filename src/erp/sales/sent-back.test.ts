import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimal } from '#kernel/decimal';
import { openByReturns, postDeliveries, reverseDeliveries, steerOrders } from './index.ts';
import { confirmed, context, march, openBench, pumps, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const move = async (order: string, kind: 'delivery' | 'return', line: number, quantity: string) => {
  const lines = [{ order, line, quantity: decimal(quantity) }];
  const draft = { kind, shippedOn: march(9), postedOn: march(9), lines };
  return valueOf((await bench.run((tx) => postDeliveries(tx, context, [draft])))[0]).id;
};
const isOpenByReturns = async (id: string): Promise<boolean> =>
  (await bench.run((tx) => openByReturns(tx, [id]))).includes(id);

test('what comes back before the rest has left keeps an order open only until then', async () => {
  const { id } = await confirmed(bench, [pumps(bench, '4'), pumps(bench, '3')]);
  await move(id, 'delivery', 10, '4');
  await move(id, 'return', 10, '2');
  expect(await isOpenByReturns(id)).toBe(false); // It waits for three pumps.
  await move(id, 'delivery', 20, '1');
  expect(await isOpenByReturns(id)).toBe(false);
  await move(id, 'delivery', 20, '2');
  expect(await isOpenByReturns(id)).toBe(true);
  const closed = await bench.run((tx) => steerOrders(tx, context, [{ id, step: 'close' }]));
  expect(closed).toMatchObject([{ ok: true }]);
  expect(await isOpenByReturns(id)).toBe(false);
});

test('the rest of the very line that came back is waited for, and a delivery that was taken back', async () => {
  const { id } = await confirmed(bench, [pumps(bench, '5')]);
  await move(id, 'delivery', 10, '2');
  await move(id, 'return', 10, '1');
  const rest = await move(id, 'delivery', 10, '3');
  expect(await isOpenByReturns(id)).toBe(true); // All five had left.
  await bench.run((tx) => reverseDeliveries(tx, context, [{ id: rest, on: march(10) }]));
  expect(await isOpenByReturns(id)).toBe(false);
});

test('an order of which nothing came back, or whose return was taken back, is not open by returns', async () => {
  const { id } = await confirmed(bench, [pumps(bench, '2')]);
  await move(id, 'delivery', 10, '1');
  expect(await isOpenByReturns(id)).toBe(false);
  await move(id, 'delivery', 10, '1');
  const back = await move(id, 'return', 10, '1');
  expect(await isOpenByReturns(id)).toBe(true);
  await bench.run((tx) => reverseDeliveries(tx, context, [{ id: back, on: march(10) }]));
  expect(await isOpenByReturns(id)).toBe(false);
});
