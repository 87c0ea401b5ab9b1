import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, decimalOf, multiplyDecimals, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { explodeBom, requirementsOf } from './explode-bom.ts';
import type { Bom } from './explode-bom.ts';
import { convert, convertRounded } from './unit-conversion.ts';

const factor = fc.bigInt({ min: 1n, max: 10_000n }).map((units) => decimalOf(units, 0));
const quantity = fc
  .bigInt({ min: -1_000_000n, max: 1_000_000n })
  .map((units) => decimalOf(units, 3));

test('a conversion is exact and has a way back, or is refused', () => {
  const law = (): void =>
    fc.assert(
      fc.property(factor, factor, quantity, (numerator, denominator, amount) => {
        const item = { baseUnit: 'C62', units: [{ unit: 'BX', numerator, denominator }] };
        const there = convert(item, amount, 'BX');
        const same = (a: Decimal, b: Decimal): boolean => trimDecimal(a) === trimDecimal(b);
        if (!there.ok) return there.problem.code === 'items.not-exact';
        const back = convert(item, there.value, 'C62', 'BX');
        return (
          same(multiplyDecimals(there.value, denominator), multiplyDecimals(amount, numerator)) &&
          back.ok &&
          same(back.value, amount)
        );
      }),
    );
  expect(law).not.toThrow();
});

test('a unit that the item does not know is refused, a third of a box is not rounded', () => {
  const item = {
    baseUnit: 'C62',
    units: [{ unit: 'BX', numerator: decimal('3'), denominator: decimal('1') }],
  };
  expect(convert(item, decimal('2.5'), 'BX')).toEqual({ ok: true, value: '7.5' });
  expect(convert(item, decimal('1'), 'C62', 'BX')).toMatchObject({
    problem: { code: 'items.not-exact' },
  });
  expect(convert(item, decimal('1'), 'KGM')).toMatchObject({
    problem: { code: 'items.unknown-unit', field: 'unit' },
  });
  const third = { from: 'C62', to: 'BX', scale: 4 };
  expect(convertRounded(item, decimal('1'), third)).toBe('0.3333');
  expect(convertRounded(item, decimal('1'), { ...third, to: 'KGM' })).toBe(undefined);
});

const bill = (item: string, baseQuantity: string, parts: [string, string, string][]): Bom => ({
  id: item,
  item,
  version: '1',
  baseQuantity: decimal(baseQuantity),
  validFrom: localDate('2025-01-01'),
  lines: parts.map(([component, amount, scrap], at) => ({
    line: String(at),
    component,
    quantity: decimal(amount),
    scrapPercent: decimal(scrap),
  })),
});

test('a bill says what is needed, scrap on top', () => {
  const bike = bill('bike', '10', [['wheel', '20', '5']]);
  expect(requirementsOf(bike, decimal('3')).map(({ required }) => required)).toEqual(['6.300000']);
});

test('an explosion adds up what is needed at every level', () => {
  const boms = new Map(
    [
      bill('bike', '1', [
        ['wheel', '2', '0'],
        ['bolt', '4', '0'],
      ]),
      bill('wheel', '1', [['bolt', '3', '0']]),
    ].map((bom) => [bom.item, bom]),
  );
  const needed = explodeBom((item) => boms.get(item), 'bike', decimal('5'));
  expect(Object.fromEntries(needed)).toEqual({ wheel: '10.000000', bolt: '50.000000' });
});

test('an explosion is linear in what is made', () => {
  const shape = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.bigInt({ min: 1n, max: 50n })),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(shape, fc.bigInt({ min: 1n, max: 20n }), (levels, made) => {
      // Each level stands on the next ones, so there is no circle.
      const boms = new Map(
        levels.map(([reach, amount], at) => [
          String(at),
          bill(
            String(at),
            '1',
            Array.from({ length: reach }, (_, step) => [
              String(at + step + 1),
              amount.toString(),
              '0',
            ]),
          ),
        ]),
      );
      const once = explodeBom((item) => boms.get(item), '0', decimal('1'));
      const often = explodeBom((item) => boms.get(item), '0', decimalOf(made, 0));
      for (const [component, amount] of once) {
        const times = multiplyDecimals(amount, decimalOf(made, 0));
        expect(trimDecimal(often.get(component) ?? decimal('0'))).toBe(trimDecimal(times));
      }
    }),
    { numRuns: 50 },
  );
});
