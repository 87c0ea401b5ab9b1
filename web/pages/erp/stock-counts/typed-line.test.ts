import { expect, test } from 'vitest';
import { countedOf, differenceIn, isLeft, sentOf } from './typed-line.ts';
import type { Line } from './typed-line.ts';

const line: Line = {
  line: 1,
  item: 'itm_1',
  location: '',
  batch: '',
  status: 'free',
  owner: '',
  expected: '5',
  counted: null,
  unit: 'C62',
  asBooked: false,
  serials: null,
  reason: null,
};

test('a line that nothing is said of can be taken over, and then says so when it is sent', () => {
  expect(isLeft(line)).toBe(true);
  expect(sentOf(line)).toBeUndefined();
  const taken = { asBooked: true };
  expect(isLeft(line, taken)).toBe(false);
  expect([countedOf(line, taken), differenceIn(line, taken)]).toEqual(['5', '0']);
  expect(sentOf(line, { ...taken, reason: ' seen ' })).toEqual({
    line: 1,
    asBooked: true,
    reason: 'seen',
  });
});

test('what is typed, or named by its number, is counted and not taken over', () => {
  expect(sentOf(line, { asBooked: false, counted: '4' })).toEqual({ line: 1, counted: '4' });
  expect(differenceIn(line, { counted: '4' })).toBe('-1');
  expect(isLeft(line, { counted: '4' })).toBe(false);
  expect(sentOf(line, { asBooked: true, serials: ['A', 'B'] })).toEqual({
    line: 1,
    counted: '2',
    serials: ['A', 'B'],
  });
});

test('a line that was kept as taken over stays so until a figure is typed', () => {
  const kept = { ...line, counted: '5', asBooked: true };
  expect(sentOf(kept)).toEqual({ line: 1, asBooked: true });
  expect(sentOf(kept, { counted: '5' })).toEqual({ line: 1, counted: '5' });
  expect(isLeft(kept, { asBooked: false, counted: '' })).toBe(true);
});

test('what the books owe cannot be taken over: nobody counts less than nothing', () => {
  expect(isLeft({ ...line, expected: '-2' })).toBe(false);
});
