import { expect, test } from 'vitest';
import { balanceOf, emptyEntryLine, entryLineBodyOf } from './entry-line.ts';

const line = (debit: string, credit: string) => ({ ...emptyEntryLine(1), debit, credit });

test('what one side lacks is told, to the cent', () => {
  expect(balanceOf([line('119.00', ''), line('', '100.00')])).toEqual({
    debit: '119.00',
    credit: '100.00',
    missing: { side: 'credit', amount: '19.00' },
  });
  expect(balanceOf([line('0.1', ''), line('0.2', ''), line('', '0.5')]).missing).toEqual({
    side: 'debit',
    amount: '0.2',
  });
  expect(balanceOf([line('0.10', ''), line('', '0.1')]).missing).toBeUndefined();
});

test('half a number counts for nothing yet', () => {
  expect(balanceOf([line('12.', ''), line('', '')]).debit).toBe('0');
});

test('a credit is sent below zero, and nothing that was not written', () => {
  const sent = { ...line('', '19.00'), account: '1400' };
  expect(entryLineBodyOf(sent)).toEqual({ account: '1400', amount: '-19.00' });
});
