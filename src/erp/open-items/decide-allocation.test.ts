import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCurrency } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { allocationProblem, settle } from './decide-allocation.ts';
import { companyOpenOf, openOf } from './open-item.ts';
import type { OpenItem } from './open-item.ts';

const [USD, EUR] = [parseCurrency('USD'), parseCurrency('EUR')];
if (USD === undefined || EUR === undefined) throw new Error('USD and EUR are currencies');
const day = localDate('2026-03-15');
const cents = (amount: number) => decimalOf(BigInt(amount), 2);

const invoice: OpenItem = {
  id: 'oi_1',
  legalEntity: 'DE01',
  side: 'receivable',
  effect: 'raises',
  kind: 'invoice',
  party: 'cus_1',
  documentKind: 'customer-invoice',
  documentId: 'ci_1',
  documentNumber: 'CI-2026-000001',
  instalment: 1,
  currency: USD,
  amount: decimal('119.00'),
  companyAmount: decimal('110.19'),
  issuedOn: day,
  postedOn: day,
  dueOn: day,
  discounts: [],
  taxShares: [{ code: 'OUT-STD', net: decimal('100.00'), tax: decimal('19.00') }],
  cleared: decimal('0'),
  companyCleared: decimal('0'),
  blocks: [],
  dunningLevel: 0,
  version: 1,
};
const payment: OpenItem = {
  ...invoice,
  id: 'oi_2',
  effect: 'lowers',
  kind: 'payment',
  amount: decimal('200.00'),
  companyAmount: decimal('180.00'),
  taxShares: [],
};
const of = (changes: object) => ({
  raising: invoice,
  lowering: payment,
  amount: decimal('119.00'),
  discount: decimal('0'),
  ...changes,
});

test.each([
  ['nothing to settle', { amount: decimal('0') }, 'open-items.amount-not-positive'],
  ['a negative amount', { amount: decimal('-1') }, 'open-items.amount-not-positive'],
  ['more than the invoice', { amount: decimal('119.01') }, 'open-items.not-enough-open'],
  ['a discount beyond it', { discount: decimal('0.01') }, 'open-items.not-enough-open'],
  ['an invoice as payment', { lowering: invoice }, 'open-items.wrong-effect'],
  ['another party', { lowering: { ...payment, party: 'cus_2' } }, 'open-items.parties-differ'],
  ['another currency', { lowering: { ...payment, currency: EUR } }, 'open-items.currencies-differ'],
  [
    'more than the payment',
    { lowering: { ...payment, amount: decimal('100') } },
    'open-items.not-enough-open',
  ],
])('%s is refused', (_what, changes, code) => {
  expect(allocationProblem(of(changes))?.problem.code).toBe(code);
  expect(allocationProblem(of({}))).toBeUndefined();
});

test('a discount of 2 % is split to net and tax, and a worse rate is a loss', () => {
  const settled = settle(of({ amount: decimal('116.62'), discount: decimal('2.38') }), EUR);
  expect(settled).toEqual({
    raisingCompany: '110.19',
    loweringCompany: '104.96', // 116.62 of 200.00 at 180.00
    discountCompany: '2.20',
    difference: '-3.03',
    discountShares: [{ code: 'OUT-STD', net: '2.00', tax: '0.38' }],
  });
  const payable = {
    raising: { ...invoice, side: 'payable' as const },
    lowering: { ...payment, side: 'payable' as const },
  };
  expect(settle(of({ ...payable, amount: decimal('119.00') }), EUR).difference).toBe('3.09');
});

test('settled in any steps, nothing is left over by rounding, and the control account is even', () => {
  const amounts = fc.tuple(
    fc.integer({ min: 1, max: 1_000_000 }),
    fc.integer({ min: 1, max: 2_000_000 }),
    fc.integer({ min: 1, max: 2_000_000 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 0, max: 900 })), {
      maxLength: 12,
    }),
  );
  fc.assert(
    fc.property(amounts, ([gross, booked, paid, steps]) => {
      let raising: OpenItem = { ...invoice, amount: cents(gross), companyAmount: cents(booked) };
      let lowering: OpenItem = { ...payment, amount: cents(gross), companyAmount: cents(paid) };
      const control = [
        raising.companyAmount,
        subtractDecimals(decimal('0'), lowering.companyAmount),
      ];
      for (const [step, discountStep] of [...steps, [gross, 0] as const]) {
        const amount = smaller(cents(step), smaller(openOf(raising), openOf(lowering)));
        const discount = smaller(cents(discountStep), subtractDecimals(openOf(raising), amount));
        const settlement = { raising, lowering, amount, discount };
        if (allocationProblem(settlement) !== undefined) continue;
        const settled = settle(settlement, EUR);
        const shares = settled.discountShares.flatMap(({ net, tax }) => [net, tax]);
        expect(compareDecimals(sumDecimals(shares), discount)).toBe(0);
        control.push(subtractDecimals(settled.difference, settled.discountCompany));
        raising = clear(raising, addDecimals(amount, discount), settled.raisingCompany);
        lowering = clear(lowering, amount, settled.loweringCompany);
      }
      const open = subtractDecimals(companyOpenOf(raising), companyOpenOf(lowering));
      expect(compareDecimals(sumDecimals(control), open)).toBe(0);
      for (const item of [raising, lowering]) {
        const isCleared = compareDecimals(openOf(item), decimal('0')) === 0;
        const left = compareDecimals(companyOpenOf(item), decimal('0'));
        expect(isCleared ? left === 0 : left >= 0).toBe(true);
      }
    }),
  );
});

function clear(item: OpenItem, amount: OpenItem['amount'], company: OpenItem['amount']): OpenItem {
  return {
    ...item,
    cleared: addDecimals(item.cleared, amount),
    companyCleared: addDecimals(item.companyCleared, company),
  };
}

const smaller = (a: OpenItem['amount'], b: OpenItem['amount']) =>
  compareDecimals(a, b) < 0 ? a : b;
