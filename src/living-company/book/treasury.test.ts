/** What the treasury moves between the account in the company's currency and another one. */
import { expect, test } from 'vitest';
import { decimal } from '#kernel/decimal';
import { transferOf } from './treasury.ts';

const moved = (standing: string, month?: string): string =>
  transferOf(decimal(standing), month === undefined ? undefined : decimal(month));

test('an account with less than a month needs gets three months of it, in whole thousands', () => {
  expect(moved('0.00', '10412.16')).toBe('32000.00');
  expect(moved('9999.99', '10000')).toBe('21000.00');
  expect(moved('-500.50', '10000')).toBe('31000.00');
});

test('one that has enough, and not far too much, is left alone', () => {
  expect(moved('10000.00', '10000')).toBe('0');
  expect(moved('70000.00', '10000')).toBe('0');
  expect(moved('10000.00', '0')).toBe('0');
});

test('of far too much, what is above three months of it goes back', () => {
  expect(moved('70000.01', '10000')).toBe('-40000.00');
  expect(moved('12345.67', '0')).toBe('-12000.00');
});

test('on any other day only what would be missing comes', () => {
  expect(moved('-0.01')).toBe('1000.00');
  expect(moved('-1500.00')).toBe('2000.00');
  expect(moved('0.00')).toBe('0');
  expect(moved('900000.00')).toBe('0');
});
