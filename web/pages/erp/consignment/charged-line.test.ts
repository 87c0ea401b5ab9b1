import { expect, test } from 'vitest';
import { chargedOf, netOf, quantityOf, sumOfNets } from './charged-line.ts';
import type { Taken } from './charged-line.ts';

const taken: Taken = {
  id: 'stk_1:1',
  legalEntity: 'DE01',
  document: 'stk_1',
  number: 'INV-1',
  supplier: 'sup_1',
  item: 'itm_1',
  warehouse: 'wh_1',
  batch: '',
  quantity: '10',
  unit: 'C62',
  unitCost: '2.50',
  value: '25.00',
  takenOn: '2026-03-02',
  charged: '3',
  chargedValue: '7.50',
  open: '7',
  openValue: '17.50',
  isReversed: false,
};

test('all that is open is charged at what waits for it, unless somebody types otherwise', () => {
  expect([quantityOf(taken), netOf(taken)]).toEqual(['7', '17.50']);
  expect(netOf(taken, { quantity: '2' })).toBe('5.00');
  expect(netOf(taken, { quantity: '2', net: ' 6.00 ' })).toBe('6.00');
  expect(netOf(taken, { quantity: 'two' })).toBe('');
});

test('what nothing is charged of is left out, and the rest is summed', () => {
  const other = { ...taken, id: 'stk_2:1', openValue: '1.25' };
  expect(chargedOf([taken, other], { [taken.id]: { quantity: '0' } })).toEqual([other]);
  expect(sumOfNets([taken, other], {})).toBe('18.75');
  expect(sumOfNets([taken], { [taken.id]: { net: '' } })).toBeUndefined();
});
