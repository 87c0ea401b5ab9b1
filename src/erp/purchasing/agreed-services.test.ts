import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAgreements, listAgreements } from '#erp/items';
import { decimal } from '#kernel/decimal';
import { changeOrders, createOrders, steerOrders } from './index.ts';
import { context, march, openBench, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

test('services that are ordered in words call off what was agreed of them', async () => {
  const { supplier } = bench;
  const draft = {
    side: 'purchase' as const,
    party: supplier,
    kind: 'framework' as const,
    currency: 'EUR',
    validFrom: march(1),
    lines: [
      { line: '1', service: 'Maintenance', unit: 'HUR', quantityLimit: decimal('10') },
      { line: '2', service: 'Cleaning', valueLimit: decimal('1000') },
    ],
  };
  const [made] = await bench.run((tx) => createAgreements(tx, context, [draft]));
  const agreement = valueOf(made).id;
  const calledOff = async () => {
    const [found] = await listAgreements(bench.database.kysely, { ids: [agreement], limit: 1 });
    return found?.lines.map(({ releasedQuantity, releasedValue }) => [
      Number(releasedQuantity),
      Number(releasedValue),
    ]);
  };
  const line = (text: string, quantity: string, unit = 'HUR') => ({
    text,
    unit,
    quantity: decimal(quantity),
    unitPrice: decimal('80'),
  });
  const issue = async (...lines: ReturnType<typeof line>[]) => {
    const order = { supplier, issuedOn: march(2), agreement, lines };
    const [created] = await bench.run((tx) => createOrders(tx, context, [order]));
    const { id } = valueOf(created);
    const [result] = await bench.run((tx) => steerOrders(tx, context, [{ id, step: 'issue' }]));
    return result?.ok === false ? result.problem.code : id;
  };
  const first = await issue(line('Maintenance of the press', '6'), line('cleaning', '2', 'C62'));
  expect(await calledOff()).toEqual([
    [6, 480],
    [2, 160],
  ]);
  expect(await issue(line('Maintenance', '5'))).toBe('purchasing.agreement-refused');
  expect(await issue(line('Maintenance', '1', 'DAY'))).toBe('purchasing.agreement-refused');
  expect(await issue(line('Cleaning', '11'))).toBe('purchasing.agreement-refused');
  expect(await issue(line('Repair', '100'))).toMatch(/^po_/); // Not of the agreement.
  const add = async (version: number, quantity: string) => {
    const change = { id: first, version, added: [line('Maintenance', quantity)] };
    const [result] = await bench.run((tx) => changeOrders(tx, context, [change]));
    return result?.ok === false ? result.problem.code : 'ok';
  };
  expect(await add(2, '5')).toBe('purchasing.agreement-refused');
  expect(await add(2, '4')).toBe('ok');
  expect((await calledOff())?.[0]).toEqual([10, 800]);
  await bench.run((tx) => steerOrders(tx, context, [{ id: first, step: 'cancel' }]));
  expect(await calledOff()).toEqual([
    [0, 0],
    [0, 0],
  ]);
});
