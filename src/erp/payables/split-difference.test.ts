import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { splitDifference } from './split-difference.ts';

const cents = (amount: number) => decimalOf(BigInt(amount), 2);
const rateOf = (points: number) => decimalOf(BigInt(points), 4);
const inCompany = (amount: Decimal, rate: Decimal) =>
  roundDecimal(multiplyDecimals(amount, rate), 2);
const isZero = (value: Decimal) => compareDecimals(value, decimal('0')) === 0;

/** 100 dollars' worth of goods came at 0.80; so much is charged for them, at such a rate. */
const charged = (net: string, rate: string) =>
  splitDifference({
    company: inCompany(decimal(net), decimal(rate)),
    taken: decimal('80.00'),
    takenNet: decimal('100.00'),
    rate: decimal(rate),
    receivedRate: decimal('0.80'),
    scale: 2,
  });

test.each([
  ['what came, at its rate', '100.00', '0.80', { price: '0.00', exchange: '0' }],
  ['more, at its rate', '110.00', '0.80', { price: '8.00', exchange: '0' }],
  ['what came, at a dearer rate', '100.00', '0.90', { price: '0.00', exchange: '10.00' }],
  ['what came, at a cheaper rate', '100.00', '0.75', { price: '0.00', exchange: '-5.00' }],
  ['more, at a dearer rate', '110.00', '0.90', { price: '9.00', exchange: '10.00' }],
  ['less, at a dearer rate', '90.00', '0.90', { price: '-9.00', exchange: '10.00' }],
])('%s: %s at %s tells what is of the price and what of the rate', (_what, net, rate, told) => {
  expect(charged(net, rate)).toEqual(told);
});

test('price and rate together are the whole; at one rate all is the price, at one price all the rate', () => {
  const amount = fc.integer({ min: 0, max: 10_000_000 });
  const rate = fc.integer({ min: 1, max: 90_000 });
  const story = fc.record({ net: amount, came: amount, rate, received: rate, coins: amount });
  fc.assert(
    fc.property(story, ({ net, came, rate: today, received, coins }) => {
      const company = inCompany(cents(net), rateOf(today));
      // Each receipt was rounded of its own: together they are worth some coins more or less.
      const taken = addDecimals(inCompany(cents(came), rateOf(received)), cents((coins % 7) - 3));
      const at = { company, taken, scale: 2 };
      const ofRates = { rate: rateOf(today), receivedRate: rateOf(received) };
      const split = splitDifference({ ...at, ...ofRates, takenNet: cents(came) });
      const whole = subtractDecimals(company, taken);
      expect(isZero(subtractDecimals(whole, addDecimals(split.price, split.exchange)))).toBe(true);

      const atOneRate = splitDifference({
        ...at,
        rate: rateOf(today),
        receivedRate: rateOf(today),
        takenNet: cents(came),
      });
      expect(isZero(atOneRate.exchange)).toBe(true);

      const atOnePrice = splitDifference({ ...at, ...ofRates, takenNet: cents(net) });
      expect(isZero(atOnePrice.price) || today === received).toBe(true);
    }),
  );
});
