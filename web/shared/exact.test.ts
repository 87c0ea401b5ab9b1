import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf, productOf, quotientOf, sumOf } from './exact.ts';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 1, max: 8 }))
  .map(([units, scale]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  });

test('a sum of fractions of a cent loses nothing', () => {
  expect(sumOf(['0.1', '0.2', '10.0005'])).toBe('10.3005');
  expect(sumOf([])).toBe('0');
});

test('a sum less one of its parts is the sum of the others', () => {
  fc.assert(
    fc.property(fc.array(decimals, { minLength: 1 }), (texts) => {
      const [first = '0', ...others] = texts;
      const rest = differenceOf(sumOf(texts), first) ?? '0';
      expect(differenceOf(rest, sumOf(others))).toBeUndefined();
    }),
  );
});

test('amounts that differ only in scale are equal', () => {
  expect(differenceOf('12.50', '12.5')).toBeUndefined();
  expect(differenceOf('12.50', '12.4999')).toBe('0.0001');
});

test('what a product is divided by one of its parts by is the other', () => {
  fc.assert(
    fc.property(decimals, decimals, (left, right) => {
      fc.pre(/[1-9]/.test(right));
      const back = quotientOf(productOf(left, right), right, 8) ?? '';
      expect(differenceOf(back, left)).toBeUndefined();
    }),
  );
});

test('a quotient is cut, and nothing is divided by zero', () => {
  expect(quotientOf('10', '3', 4)).toBe('3.3333');
  expect(quotientOf('10', '0.00', 4)).toBeUndefined();
  expect(productOf('0.1', '-0.25')).toBe('-0.025');
});
