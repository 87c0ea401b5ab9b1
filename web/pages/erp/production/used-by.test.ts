import { expect, test } from 'vitest';
import type { ReplyOf } from '#api-contract';
import { usedBy } from './used-by.ts';

type Order = ReplyOf<'getWorkOrder'>;

const component: Order['components'][number] = {
  number: 1,
  operation: 10,
  item: 'itm_1',
  required: '20',
  unit: 'C62',
  unitCost: '1',
  isBackflushed: true,
  issued: '0',
  issuedValue: '0',
};

function used(required: string, before: string, ...pieces: readonly string[]): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of them is read.
  const [order, operation] = [{ quantity: '10' } as Order, { good: before, scrap: '0' }] as const;
  return usedBy(order, operation as Order['operations'][number], {
    component: { ...component, required },
    pieces,
  });
}

test('pieces use their share of what the order needs, scrap as well as good ones', () => {
  expect(used('20', '0', '3')).toBe('6');
  expect(used('20', '3', '1', '1')).toBe('4');
  expect(used('5', '0', '1')).toBe('0.5');
});

test('the last piece uses what is left of what does not divide', () => {
  expect(used('1', '0', '3')).toBe('0.3');
  expect(used('20', '10', '0')).toBe('0');
});
