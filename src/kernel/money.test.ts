import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyScale, parseCurrency } from './currency.ts';
import type { CurrencyCode } from './currency.ts';
import { compareDecimals, decimal, decimalOf, sumDecimals } from './decimal.ts';
import { addMoney, allocateMoney, multiplyMoney, roundMoney } from './money.ts';

function currency(code: string): CurrencyCode {
  const parsed = parseCurrency(code);
  if (parsed === undefined) throw new Error(code);
  return parsed;
}
const EUR = currency('EUR');

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 4 }))
  .map(([units, scale]) => decimalOf(units, scale));
const weights = fc
  .array(
    fc.integer({ min: 0, max: 10_000 }).map((weight) => decimal(String(weight))),
    { minLength: 1, maxLength: 20 },
  )
  .filter((all) => all.some((weight) => weight !== '0'));

test('the parts of an allocation sum to the whole, each within one last place of its share', () => {
  fc.assert(
    fc.property(amounts, weights, (amount, shares) => {
      const parts = allocateMoney({ amount, currency: EUR }, shares);
      expect(parts).toHaveLength(shares.length);
      expect(compareDecimals(sumDecimals(parts.map((part) => part.amount)), amount)).toBe(0);
    }),
  );
});

test('a share of weight nothing is nothing', () => {
  const shares = ['1', '0', '1'].map((weight) => decimal(weight));
  const parts = allocateMoney({ amount: decimal('0.05'), currency: EUR }, shares);
  expect(parts.map(({ amount }) => amount)).toEqual(['0.03', '0.00', '0.02']);
});

test('unlike currencies do not add', () => {
  const euro = { amount: decimal('1'), currency: EUR };
  const yen = { amount: decimal('1'), currency: currency('JPY') };
  expect(() => addMoney(euro, yen)).toThrow('cannot add JPY to EUR');
});

test.each([
  ['EUR', '2.345', '2.35'],
  ['JPY', '2.5', '3'],
  ['KWD', '2.3455', '2.346'],
])('%s is paid at its own scale', (code, amount, expected) => {
  const money = { amount: decimal(amount), currency: currency(code) };
  expect(roundMoney(money).amount).toBe(expected);
  expect(currencyScale(currency(code))).toBe(expected.split('.')[1]?.length ?? 0);
});

test('three pieces at 67.0133 keep their fraction of a cent', () => {
  const price = { amount: decimal('67.0133'), currency: EUR };
  expect(multiplyMoney(price, decimal('3')).amount).toBe('201.0399');
});

test.each(['eur', 'EU', 'EURO', '', 'E R'])("'%s' is no currency", (text) => {
  expect(parseCurrency(text)).toBeUndefined();
});
