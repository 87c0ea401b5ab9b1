import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from './decimal.ts';
import type { Decimal, Rounding } from './decimal.ts';

const units = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const scales = fc.integer({ min: 0, max: 8 });
const numbers = fc.tuple(units, scales).map(([count, scale]) => decimalOf(count, scale));
const divisors = numbers.filter((value) => /[1-9]/.test(value));
const roundings = fc.constantFrom<Rounding>('half-away-from-zero', 'half-even', 'down');

describe('reading and printing', () => {
  test('what is printed reads back as it was', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(parseDecimal(value)).toBe(value);
      }),
    );
  });

  test('reading never throws, and what it gives is in one form', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseDecimal(text);
        expect(value === undefined || parseDecimal(value) === value).toBe(true);
      }),
    );
  });

  test.each([
    ['-1', '-1'],
    ['.50', '0.50'],
    ['1200.', '1200'],
    ['+0012.340', '12.340'],
    ['-0.00', '0.00'],
    ['201.0400', '201.0400'],
  ])('%s is read as %s', (text, expected) => expect(parseDecimal(text)).toBe(expected));

  test.each(['', '.', '-', '1e5', '1,5', ' 1', '0x10', 'NaN', '1.2.3', '١', '9'.repeat(39)])(
    "'%s' is not a number",
    (text) => expect(parseDecimal(text)).toBeUndefined(),
  );
});

describe('adding', () => {
  test('the order and the grouping do not matter', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        expect(addDecimals(a, b)).toBe(addDecimals(b, a));
        expect(addDecimals(addDecimals(a, b), c)).toBe(addDecimals(a, addDecimals(b, c)));
        expect(sumDecimals([a, b, c])).toBe(sumDecimals([c, b, a]));
      }),
    );
  });

  test('subtracting takes back what was added', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(compareDecimals(subtractDecimals(addDecimals(a, b), b), a)).toBe(0);
        expect(subtractDecimals(a, b)).toBe(addDecimals(a, negateDecimal(b)));
      }),
    );
  });

  test('a tenth and two tenths are three tenths', () => {
    expect(addDecimals(decimal('0.1'), decimal('0.2'))).toBe('0.3');
  });
});

describe('multiplying and dividing', () => {
  test('multiplying spreads over a sum', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        const left = multiplyDecimals(a, addDecimals(b, c));
        const right = addDecimals(multiplyDecimals(a, b), multiplyDecimals(a, c));
        expect(compareDecimals(left, right)).toBe(0);
      }),
    );
  });

  test('a quotient times its divisor is off by less than one last place of the divisor', () => {
    fc.assert(
      fc.property(numbers, divisors, scales, roundings, (a, b, scale, rounding) => {
        const quotient = divideDecimals(a, b, scale, rounding);
        const back = multiplyDecimals(quotient ?? decimal('0'), b);
        const off = absolute(subtractDecimals(a, back));
        const most = absolute(multiplyDecimals(decimalOf(1n, scale), b));
        expect(compareDecimals(off, most)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

test('there is no dividing by nothing', () => {
  expect(divideDecimals(decimal('1'), decimal('0.00'), 2)).toBeUndefined();
});

describe('rounding', () => {
  test.each<[string, Rounding, string]>([
    ['0.125', 'half-away-from-zero', '0.13'],
    ['-0.125', 'half-away-from-zero', '-0.13'],
    ['0.125', 'half-even', '0.12'],
    ['0.135', 'half-even', '0.14'],
    ['-0.129', 'down', '-0.12'],
    ['1', 'half-even', '1.00'],
  ])('%s by %s is %s', (value, rounding, expected) => {
    expect(roundDecimal(decimal(value), 2, rounding)).toBe(expected);
  });

  test('rounding twice changes nothing, and never moves by more than half a place', () => {
    fc.assert(
      fc.property(numbers, scales, (value, scale) => {
        const once = roundDecimal(value, scale, 'half-even');
        expect(roundDecimal(once, scale, 'half-even')).toBe(once);
        const twiceOff = multiplyDecimals(absolute(subtractDecimals(value, once)), decimal('2'));
        expect(compareDecimals(twiceOff, decimalOf(1n, scale))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('dropping idle zeros keeps the value', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        expect(compareDecimals(trimDecimal(value), value)).toBe(0);
        expect(trimDecimal(value)).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });
});

test('comparing agrees with subtracting', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const difference = subtractDecimals(a, b);
      const sign = difference.startsWith('-') ? -1 : Number(/[1-9]/.test(difference));
      expect(compareDecimals(a, b)).toBe(sign);
    }),
  );
});

function absolute(value: ReturnType<typeof decimal>): ReturnType<typeof decimal> {
  return value.startsWith('-') ? negateDecimal(value) : value;
}

test('short numbers, which are counted otherwise, give what long ones give', () => {
  const wide = fc.tuple(
    fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    fc.integer({ min: 0, max: 7 }),
  );
  const short = wide.map(([count, scale]) => decimalOf(count, scale));
  const long = (value: Decimal): Decimal =>
    decimal(`${value}${value.includes('.') ? '' : '.'}${'0'.repeat(20)}`);
  fc.assert(
    fc.property(short, short, scales, roundings, (a, b, scale, rounding) => {
      const [x, y] = [long(a), long(b)];
      expect(trimDecimal(addDecimals(a, b))).toBe(trimDecimal(addDecimals(x, y)));
      expect(trimDecimal(subtractDecimals(a, b))).toBe(trimDecimal(subtractDecimals(x, y)));
      expect(trimDecimal(multiplyDecimals(a, b))).toBe(trimDecimal(multiplyDecimals(x, y)));
      expect(compareDecimals(a, b)).toBe(compareDecimals(x, y));
      expect(divideDecimals(a, b, scale, rounding)).toBe(divideDecimals(x, y, scale, rounding));
      expect(roundDecimal(a, scale, rounding)).toBe(roundDecimal(x, scale, rounding));
      expect(trimDecimal(negateDecimal(a))).toBe(trimDecimal(negateDecimal(x)));
    }),
    { numRuns: 2_000 },
  );
});
