import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { addDecimals, decimal, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import { temporaryFolder } from '#kernel/testing';
import { localDate } from '#kernel/time';
import { writeWorkshop } from './write-workshop.ts';

type Row = Readonly<Record<string, string>>;
type Sample = { rows(file: string): Promise<Row[]>; text(file: string): Promise<string> };

async function written(seed: number, asOf: string): Promise<Sample> {
  const folder = temporaryFolder('sample');
  await writeWorkshop({ folder, seed, asOf: localDate(asOf) });
  const text = async (file: string): Promise<string> =>
    await readFile(path.join(folder, file), 'utf8');
  const rows = async (file: string): Promise<Row[]> =>
    parse<Row>(await text(file), { columns: true });
  return { rows, text };
}

test('the same seed and day give the same bytes; another seed gives others', async () => {
  const [first, second, other] = await Promise.all([
    written(7, '2026-02-28'),
    written(7, '2026-02-28'),
    written(8, '2026-02-28'),
  ]);
  const manifest = await first.text('manifest.json');
  expect(await second.text('manifest.json')).toBe(manifest);
  expect(await other.text('manifest.json')).not.toBe(manifest);
});

test('it has the size and the mixture of a small company, up to its day', async () => {
  const sample = await written(1, '2026-11-21');
  const orders = await sample.rows('purchase-orders.csv');
  expect(await sample.rows('suppliers.csv')).toHaveLength(40);
  expect((await sample.rows('items.csv')).length).toBeGreaterThan(140);
  expect(orders.length).toBeGreaterThan(1300);
  expect(orders.length).toBeLessThan(1800);
  const statuses = new Set(orders.map((order) => order['status']));
  for (const status of ['issued', 'partly-received', 'received', 'closed', 'rejected']) {
    expect(statuses).toContain(status);
  }
  expect(orders.every((order) => (order['ordered_on'] ?? '') <= '2026-11-21')).toBe(true);
  expect(orders.every((order) => (order['shipped_on'] ?? '') <= '2026-11-21')).toBe(true);
});

test('every order equals its lines, and every line its quantity times its price', async () => {
  const sample = await written(3, '2025-06-30');
  const lines = Map.groupBy(await sample.rows('purchase-order-lines.csv'), (line) => line['order']);
  const of = (row: Row, column: string): ReturnType<typeof decimal> => decimal(row[column] ?? '');
  for (const order of await sample.rows('purchase-orders.csv')) {
    const own = lines.get(order['number']) ?? [];
    expect(sumDecimals(own.map((line) => of(line, 'net')))).toBe(order['net']);
    for (const line of own) {
      expect(multiplyDecimals(of(line, 'quantity'), of(line, 'unit_price'))).toBe(line['net']);
    }
    const gross = addDecimals(
      of(order, 'net'),
      addDecimals(of(order, 'tax'), of(order, 'freight')),
    );
    expect(gross).toBe(order['gross']);
  }
});

test('what is settled stays as it was when the day moves on', async () => {
  const [before, after] = await Promise.all([written(5, '2026-03-02'), written(5, '2026-03-16')]);
  const later = new Map(
    (await after.rows('purchase-orders.csv')).map((row) => [row['number'], row]),
  );
  const settled = (await before.rows('purchase-orders.csv')).filter(
    (row) => row['status'] === 'closed' && (row['ordered_on'] ?? '') > '2023-04-01',
  );
  expect(settled.length).toBeGreaterThan(1000);
  for (const order of settled) expect(later.get(order['number'])).toEqual(order);
});
