import { afterAll, beforeAll, expect, test } from 'vitest';
import { adjustStock } from '#erp/inventory';
import { listSerialNumbers } from '#erp/inventory/pieces';
import { createBoms, createItems } from '#erp/items';
import { decimal } from '#kernel/decimal';
import { postConfirmations, postIssues, reversePostings } from './index.ts';
import { createRoutings } from './routing.ts';
import { codeOf, context, done, march, openBench, released, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
let motor: string;
let press: string;
beforeAll(async () => {
  bench = await openBench();
  [motor = '', press = ''] = await bench.run(async (tx) => {
    const made = await createItems(tx, context, [
      { name: 'Motor', kind: 'raw', baseUnit: 'C62', itemGroup: 'raw', serialManaged: true },
      {
        name: 'Press',
        kind: 'finished',
        baseUnit: 'C62',
        itemGroup: 'finished',
        serialManaged: true,
      },
    ]);
    const [of = '', into = ''] = made.map((one) => valueOf(one).id);
    const common = { version: '1', baseQuantity: decimal('1'), validFrom: march(1), item: into };
    const line = { line: '1', component: of, quantity: decimal('2'), scrapPercent: decimal('0') };
    await createBoms(tx, context, [{ ...common, lines: [{ ...line, operation: '10' }] }]);
    const operation = { number: 10, name: 'Build', kind: 'inside', workCentre: bench.saw } as const;
    const times = { setupSeconds: 0, runSeconds: decimal('60') };
    await createRoutings(tx, context, [{ ...common, operations: [{ ...operation, ...times }] }]);
    const place = { item: of, warehouse: bench.warehouse, unitCost: decimal('50') };
    await adjustStock(tx, context, [
      {
        postedOn: march(1),
        text: 'motors',
        lines: [
          { ...place, quantity: decimal('1'), serials: ['M1'] },
          { ...place, quantity: decimal('2'), serials: ['M2', 'M3'], location: 'A1' },
        ],
      },
    ]);
    return [of, into];
  });
});
afterAll(() => bench.database.close());

const pieces = async (item = motor): Promise<string[]> =>
  (await listSerialNumbers(bench.database.kysely, { legalEntity: 'DE01', item, limit: 9 })).map(
    ({ serial, standing, location }) => `${serial} ${standing} ${location}`.trim(),
  );

test('pieces with serial numbers are issued from where they lie, and go back there', async () => {
  const order = await released(bench, { item: press, quantity: decimal('1') });
  const issue = (quantity: string, ...serials: string[]) =>
    bench.run((tx) =>
      postIssues(tx, context, [
        {
          order: order.id,
          postedOn: march(2),
          lines: [
            { component: order.components[0]?.number ?? 0, quantity: decimal(quantity), serials },
          ],
        },
      ]),
    );
  expect((await issue('2', 'M1')).map(codeOf)).toEqual(['production.stock-refused']);
  expect((await issue('2', 'M1', 'M9')).map(codeOf)).toEqual(['production.stock-refused']);
  const [issued] = await issue('2', 'M1', 'M3');
  expect(codeOf(issued)).toBe('ok');
  expect(await pieces()).toEqual(['M1 left', 'M2 in-stock A1', 'M3 left A1']);
  const back = await bench.run((tx) =>
    reversePostings(tx, context, [{ id: valueOf(issued).id, on: march(3), reason: 'wrong order' }]),
  );
  expect(back.map(codeOf)).toEqual(['ok']);
  expect(await pieces()).toEqual(['M1 in-stock', 'M2 in-stock A1', 'M3 in-stock A1']);
});

test('a confirmation names the pieces that it used and made; what is refused stands at its field', async () => {
  const order = await released(bench, { item: press, quantity: decimal('1') });
  const [component] = order.components;
  const confirm = (used: readonly string[] | undefined, made: readonly string[]) =>
    bench.run(async (tx) => {
      const motors = { component: component?.number ?? 0, quantity: decimal('2') };
      const materials = used === undefined ? [] : [{ ...motors, serials: used }];
      const [result] = await postConfirmations(tx, context, [
        done(order.id, 10, '1', { materials, receive: { serials: made } }),
      ]);
      return result;
    });
  const refusedAt = async (...of: Parameters<typeof confirm>): Promise<string | undefined> => {
    const result = await confirm(...of);
    return result?.ok === false ? result.problem.field : 'booked';
  };
  expect(await refusedAt(undefined, ['P1'])).toBe(`components.${component?.number}.serials`);
  expect(await refusedAt(['M1'], ['P1'])).toBe('materials.0.serials');
  expect(await refusedAt(['M1', 'M9'], ['P1'])).toBe('materials.0.serials');
  expect(await refusedAt(['M1', 'M3'], [])).toBe('receive.serials');
  expect(codeOf(await confirm(['M1', 'M3'], ['P1']))).toBe('ok');
  expect(await pieces(press)).toEqual(['P1 in-stock']);
  expect(await pieces()).toEqual(['M1 left', 'M2 in-stock A1', 'M3 left A1']);
});
