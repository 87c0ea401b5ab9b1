import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { createOrders, steerOrders } from '#erp/purchasing';
import { describeError } from '#kernel';
import { addDecimals, decimal, sumDecimals } from '#kernel/decimal';
import { openOperations } from './capacity-load.ts';
import { createWorkOrders, postConfirmations } from './index.ts';
import {
  capacityOn,
  coverDemands,
  delaysOf,
  endDowntimes,
  listDowntimes,
  loadOf,
  readMaterialFacts,
  readOpenOperations,
  recordDowntimes,
  shortagesOf,
  usersOf,
} from './planning.ts';
import type { Demand, Supply } from './planning.ts';
import { addRates, createRoutings, listWorkCentres, updateWorkCentres } from './setup.ts';
import {
  codeOf,
  context,
  done,
  eight,
  march,
  openBench,
  released,
  stockUp,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

const demand = (order: string, item: string, quantity: string, day: number): Demand => ({
  order,
  number: order,
  component: 10,
  item,
  warehouse: 'W',
  quantity: decimal(quantity),
  neededOn: march(day),
});
const supply = (id: string, item: string, quantity: string, day?: number): Supply => ({
  kind: id === '' ? 'stock' : id.startsWith('wo') ? 'work-order' : 'purchase-order',
  id,
  number: id,
  item,
  warehouse: 'W',
  quantity: decimal(quantity),
  on: day === undefined ? undefined : march(day),
});

test('who needs it first has it first, from stock before what is to come', () => {
  const covers = coverDemands(
    [demand('b', 'steel', '5', 9), demand('a', 'steel', '8', 3)],
    [supply('po1', 'steel', '4', 7), supply('', 'steel', '6'), supply('po2', 'steel', '2', 12)],
  );
  expect(
    covers.map(({ order, pegs, missing, coveredOn }) => [
      order,
      pegs.map(({ supply: from, quantity }) => `${from.id}:${quantity}`),
      missing,
      coveredOn,
    ]),
  ).toEqual([
    ['a', [':6', 'po1:2'], '0', march(7)],
    ['b', ['po1:2', 'po2:2'], '1', march(12)],
  ]);
  expect(shortagesOf(covers).map(({ order }) => order)).toEqual(['a', 'b']);
});

test('what comes late makes late what is made of it, up to the last', () => {
  const demands = [
    demand('wo1', 'steel', '5', 3), // Makes axles until the 6th.
    demand('wo2', 'axle', '5', 8), // Makes carts until the 10th.
    demand('wo3', 'cart', '1', 11),
    demand('wo4', 'paint', '1', 11), // Nobody has any.
  ];
  const supplies = [
    supply('po1', 'steel', '5', 9),
    supply('wo1', 'axle', '5', 6),
    supply('wo2', 'cart', '5', 10),
  ];
  const delays = delaysOf(demands, supplies).map(({ order, days }) => [order, days]);
  // Six days late with steel: axles on the 12th, four days late; carts on the 14th, three.
  expect(delays).toEqual([
    ['wo1', 6],
    ['wo2', 4],
    ['wo3', 3],
    ['wo4', undefined],
  ]);
  const touched = usersOf(coverDemands(demands, supplies), 'po1').map(({ order }) => order);
  expect(touched).toEqual(['wo1', 'wo2', 'wo3']);
  expect(delaysOf(demands.slice(0, 1), [supply('po1', 'steel', '5', 3)])).toEqual([]);
});

test('however demands and supplies fall, nothing is given out twice and nothing is lost', () => {
  const some = fc.integer({ min: 1, max: 50 });
  const day = fc.integer({ min: 1, max: 28 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('x', 'y'), some, day), { maxLength: 12 }),
      fc.array(fc.tuple(fc.constantFrom('x', 'y'), some, day), { maxLength: 12 }),
      (wanted, coming) => {
        const supplies = coming.map(([item, n, on], at) => supply(`po${at}`, item, `${n}`, on));
        const covers = coverDemands(
          wanted.map(([item, n, on], at) => demand(`o${at}`, item, `${n}`, on)),
          supplies,
        );
        for (const { pegs, missing, quantity } of covers) {
          const pegged = sumDecimals(pegs.map((peg) => peg.quantity));
          expect(Number(addDecimals(pegged, missing))).toBe(Number(quantity));
        }
        for (const each of supplies) {
          const given = covers.flatMap(({ pegs }) => pegs.filter((peg) => peg.supply === each));
          const sum = Number(sumDecimals(given.map(({ quantity }) => quantity)));
          expect(sum).toBeLessThanOrEqual(Number(each.quantity));
          const isShort = covers.some((one) => one.item === each.item && Number(one.missing) > 0);
          expect(isShort ? sum : Number(each.quantity)).toBe(Number(each.quantity));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('load is spread over working days, and none of it is lost', () => {
  const centre = { id: 'wc', machines: 2, hoursPerDay: decimal('7.5'), weekdays: [1, 2, 3, 4, 5] };
  expect(capacityOn(centre, march(2))).toBe(54_000); // A Monday.
  expect(capacityOn(centre, march(1))).toBe(0);
  const order = {
    id: 'wo',
    number: 'WO-1',
    quantity: decimal('10'),
    plannedStartOn: march(6), // A Friday.
    plannedEndOn: march(9),
  };
  const operation = {
    number: 10,
    workCentre: 'wc',
    setupSeconds: 601,
    runSeconds: decimal('120'),
    baseQuantity: decimal('1'),
    good: decimal('0'),
    scrap: decimal('0'),
    setupDone: 0,
    isFinal: false,
  };
  const load = loadOf([centre], openOperations(order, [operation], march(2)), {
    from: march(6),
    to: march(9),
  });
  expect(load.map(({ loadSeconds }) => loadSeconds)).toEqual([901, 0, 0, 900]);
  const begun = { ...operation, good: decimal('4'), setupDone: 601 };
  expect(openOperations(order, [begun], march(2))[0]?.seconds).toBe(720);
  const late = openOperations(order, [begun, operation], march(20));
  expect(late.map(({ startOn, endOn }) => [startOn, endOn])).toEqual([
    [march(20), march(20)],
    [march(20), march(20)],
  ]);
  expect(openOperations(order, [{ ...begun, isFinal: true }], march(2))).toEqual([]);
});

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await stockUp(bench, { item: bench.steel, quantity: '50', unitCost: '2' });
});
afterAll(() => bench.database.close());

test('a plan knows what is reserved, bought, made, and what planned orders will need', async () => {
  const { steel, warehouse, supplier } = bench;
  const first = await released(bench, { item: bench.frame, quantity: decimal('10') });
  const line = { item: steel, quantity: decimal('30'), unitPrice: decimal('2'), warehouse };
  await bench.run(async (tx) => {
    const lines = [{ ...line, promisedOn: march(12) }];
    const [bought] = await createOrders(tx, context, [{ supplier, issuedOn: march(1), lines }]);
    await steerOrders(tx, context, [{ id: valueOf(bought).id, step: 'issue' }]);
  });
  const days = { plannedStartOn: march(9), plannedEndOn: march(10) };
  await bench.run((tx) =>
    createWorkOrders(tx, context, [
      { item: bench.frame, quantity: decimal('12'), warehouse, ...days },
    ]),
  );
  const facts = await bench.run((tx) => readMaterialFacts(tx, 'DE01'));
  const covers = coverDemands(facts.demands, facts.supplies);
  const steels = covers.filter(({ item }) => item === steel);
  // The first has its thirty reserved; the second finds twenty, and waits for the rest.
  expect(
    steels.map(({ quantity, pegs, coveredOn }) => [Number(quantity), pegs.length, coveredOn]),
  ).toEqual([[36, 2, march(12)]]);
  const paints = shortagesOf(covers).filter(({ item }) => item === bench.paint);
  expect(new Set(paints.map(({ missing }) => Number(missing)))).toEqual(new Set([5, 6]));
  const before = await bench.run((tx) => readOpenOperations(tx, 'DE01', march(2)));
  expect(before.map(({ seconds }) => seconds).toSorted((a, b) => a - b)).toEqual([
    600 + 1200,
    600 + 1440,
    3000,
    3600,
  ]);
  await bench.run((tx) =>
    postConfirmations(tx, context, [done(first.id, 10, '10', { setupSeconds: 600 })]),
  );
  const after = await bench.run((tx) => readOpenOperations(tx, 'DE01', march(2)));
  expect(after).toHaveLength(3);
});

test('a machine that stands does not stop again before it runs', async () => {
  const stop = { workCentre: bench.saw, isPlanned: false, reason: 'blade', startedAt: eight(0) };
  const record = (...drafts: Parameters<typeof recordDowntimes>[2]) =>
    bench.run((tx) => recordDowntimes(tx, context, drafts));
  const [first, again, other] = await record(stop, stop, { ...stop, machine: 'M2' });
  expect([first, again, other].map(codeOf)).toEqual(['ok', 'production.downtime-lasts', 'ok']);
  const end = (minutes: number) =>
    bench.run((tx) =>
      endDowntimes(tx, context, [{ id: valueOf(first).id, endedAt: eight(minutes) }]),
    );
  expect((await end(-1)).map(codeOf)).toEqual(['production.bad-times']);
  expect((await end(30)).map(codeOf)).toEqual(['ok']);
  expect((await end(30)).map(codeOf)).toEqual(['production.no-such-downtime']);
  expect((await record({ ...stop, reason: ' ' })).map(codeOf)).toEqual([
    'production.reason-missing',
  ]);
  const found = await bench.run((tx) =>
    listDowntimes(tx, { legalEntity: 'DE01', from: eight(10), to: eight(20) }),
  );
  expect(new Map(found.map(({ machine, endedAt }) => [machine, endedAt]))).toEqual(
    new Map([
      ['', eight(30)],
      ['M2', null],
    ]),
  );
  const refusal = await bench
    .run((tx) => rows(tx, sql`delete from erp_production.downtime`))
    .then(() => 'done', describeError);
  expect(refusal).toContain('only reversed');
});

test('a work centre has one rate a day, and one code; a routing one version', async () => {
  const rate = { machineRate: decimal('70'), labourRate: decimal('30') };
  const add = (day: number) =>
    bench.run((tx) =>
      addRates(tx, context, [{ workCentre: bench.saw, validFrom: march(day), ...rate }]),
    );
  expect((await add(1)).map(codeOf)).toEqual(['production.code-taken']);
  expect((await add(20)).map(codeOf)).toEqual(['ok']);
  const saw = async () =>
    (await bench.run((tx) => listWorkCentres(tx, 'DE01'))).find(({ id }) => id === bench.saw);
  expect((await saw())?.rates.map(({ validFrom }) => validFrom)).toEqual([march(20), march(1)]);
  const change = (version: number, machines: number) =>
    bench.run((tx) => updateWorkCentres(tx, context, [{ id: bench.saw, version, machines }]));
  expect((await change(1, 0)).map(codeOf)).toEqual(['production.bad-work-centre']);
  expect((await change(1, 3)).map(codeOf)).toEqual(['ok']);
  expect((await change(1, 4)).map(codeOf)).toEqual(['production.moved-on']);
  expect((await saw())?.machines).toBe(3);
  const routing = {
    item: bench.frame,
    version: '1',
    baseQuantity: decimal('1'),
    validFrom: march(1),
    operations: [],
  };
  const create = (more: object) =>
    bench.run((tx) => createRoutings(tx, context, [{ ...routing, ...more }]));
  expect((await create({})).map(codeOf)).toEqual(['production.bad-routing']);
  const outside = {
    number: 10,
    name: 'Harden',
    kind: 'outside',
    supplier: bench.supplier,
    unitPrice: decimal('1'),
  };
  expect((await create({ operations: [outside] })).map(codeOf)).toEqual(['production.code-taken']);
  const nowhere = { ...outside, kind: 'inside', workCentre: 'wc_x', setupSeconds: 0 };
  expect((await create({ operations: [nowhere] })).map(codeOf)).toEqual([
    'production.no-such-work-centre',
  ]);
});
