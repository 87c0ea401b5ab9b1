import { expect, test } from 'vitest';
import { ENTRY_TEXTS, entryText, saidOfEntry } from './entry-text.ts';
import type { EntryKind } from './entry.ts';

const of = (kind: EntryKind, source: string, text: string, number = 'DN-2026-000012') =>
  saidOfEntry({ kind, text, source: { kind: source, number } });

test('what Rialto worded is told by its code and what filled it', () => {
  const text = entryText('delivery', { number: 'DN-2026-000012' });
  expect(text).toBe('delivery DN-2026-000012');
  expect(of('goods-movement', 'delivery', text)).toEqual({
    code: 'entry.delivery',
    slots: { number: 'DN-2026-000012' },
  });
  const hours = entryText('hours', { resource: 'Björn of the Thiele', number: 'TS-2026-000110' });
  expect(of('production', 'time-sheet', hours, 'TS-2026-000110')).toEqual({
    code: 'entry.hours',
    slots: { resource: 'Björn of the Thiele', number: 'TS-2026-000110' },
  });
  const settlement = entryText('settlement', { number: 'PP-2026-000003', order: 'WO-2026-000001' });
  expect(of('production', 'production-posting', settlement, 'PP-2026-000003')).toMatchObject({
    code: 'entry.settlement',
  });
  expect(of('payment', 'allocation', 'CP-1 settles CI-1')).toMatchObject({
    slots: { lowering: 'CP-1', raising: 'CI-1' },
  });
});

test('what takes such an entry back says the same', () => {
  const text = entryText('foreign-currency', { year: 2026, period: 9 });
  for (const kind of ['revaluation', 'reversal'] as const) {
    expect(of(kind, 'journal-entry', text)).toEqual({
      code: 'entry.foreign-currency',
      slots: { year: '2026', period: '9' },
    });
  }
});

test.each<[string, EntryKind, string, string]>([
  ['an entry by hand', 'manual', 'journal-entry', 'Foreign currency, FY 2026, period 9'],
  ['a reversal with words of its own', 'reversal', 'delivery', 'delivery sent back'],
  ['the number of another document', 'reversal', 'delivery', 'delivery DN-2026-000099'],
  ['a text of another document', 'invoice', 'customer-invoice', 'delivery DN-2026-000012'],
  ['an adjustment', 'goods-movement', 'stock-document', 'stock count in May'],
  ['an adjustment worded as an opening', 'goods-movement', 'stock-document', 'opening stock'],
  ['a period nobody has', 'reversal', 'journal-entry', 'Foreign currency, FY last, period all'],
])('%s is left as a person worded it', (_, kind, source, text) => {
  expect(of(kind, source, text)).toBeUndefined();
});

test('opening stock is told from its kind', () => {
  expect(of('opening', 'stock-document', 'opening stock')).toEqual({
    code: 'entry.opening-stock',
    slots: {},
  });
});

test('no text can be taken for another one of the same document', () => {
  const texts = Object.values(ENTRY_TEXTS);
  expect(new Set(texts).size).toBe(texts.length);
});
