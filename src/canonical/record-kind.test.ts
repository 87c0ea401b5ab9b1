import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkContent, ID_PREFIXES, isRecordKind, RECORD_KINDS, referencesOf } from './index.ts';

const line = {
  number: '1',
  item: 'item-1',
  ordered: { value: '3', unit: 'EA' },
  received: '3.00',
  rejected: '0.00',
  unitPrice: '67.0133',
  priceBase: '1',
  netAmount: '201.0399',
};
const order = {
  number: '4001',
  kind: 'standard',
  supplier: 'vendor-7',
  status: 'issued',
  issuedOn: '2025-02-28',
  currency: 'USD',
  netAmount: '201.0399',
  lines: [line, { ...line, number: '2', item: undefined, text: 'carriage' }],
};

const wrongFields = (content: unknown) => {
  const checked = checkContent('purchase-order', content);
  return checked.ok ? [] : checked.problems.map(({ field }) => field);
};

describe('a purchase order', () => {
  test('gets in whole, its amounts at the scale they came with', () => {
    const checked = checkContent('purchase-order', order);
    expect(checked).toMatchObject({
      ok: true,
      record: { kind: 'purchase-order', content: { lines: [{ netAmount: '201.0399' }, {}] } },
    });
  });

  test.each([
    ['issuedOn', { ...order, issuedOn: '2025-02-29' }],
    ['netAmount', { ...order, netAmount: 201.0399 }],
    ['netAmount', { ...order, netAmount: '2.0e2' }],
    ['currency', { ...order, currency: 'usd' }],
    ['status', { ...order, status: 'done' }],
    ['lines', { ...order, lines: [] }],
    ['lines.0.unitPrice', { ...order, lines: [{ ...line, unitPrice: '1,5' }] }],
    ['', { ...order, surprise: true }],
  ])('with a wrong %s stays out, and the field is named', (field, content) => {
    expect(wrongFields(content)).toEqual([field]);
  });

  test('points at its supplier and at the items of its lines; a text line at none', () => {
    const checked = checkContent('purchase-order', order);
    expect(checked.ok && referencesOf(checked.record)).toEqual([
      { field: 'supplier', kind: 'supplier', key: 'vendor-7' },
      { field: 'lines.0.item', kind: 'item', key: 'item-1' },
    ]);
  });
});

test('checking never throws, whatever comes in', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RECORD_KINDS), fc.anything(), (kind, content) => {
      const checked = checkContent(kind, content);
      expect(checked.ok || checked.problems.length > 0).toBe(true);
    }),
  );
});

test('every kind has an id prefix of its own', () => {
  expect(new Set(Object.values(ID_PREFIXES)).size).toBe(RECORD_KINDS.length);
  expect(RECORD_KINDS.every((kind) => isRecordKind(kind))).toBe(true);
  expect(isRecordKind('toString')).toBe(false);
});
