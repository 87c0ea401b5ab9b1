import { expect, test } from 'vitest';
import { rejectedOf } from './rejecting.tsx';

test('what is rejected is sent with its pieces and why; nothing where nothing is', () => {
  expect(rejectedOf({ rejected: '0', serials: 'A', reason: 'bent' })).toEqual({});
  expect(rejectedOf({ rejected: ' 2 ', serials: 'A, B', reason: 'bent' })).toEqual({
    rejected: '2',
    reason: 'bent',
    rejectedSerials: ['A', 'B'],
  });
  expect(rejectedOf({ rejected: '1', serials: '', reason: '' })).toEqual({ rejected: '1' });
});
