import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkContent, ID_PREFIXES, isRecordKind, RECORD_KINDS, referencesOf } from './index.ts';
import type { RecordKind } from './index.ts';

const quantity = (value: string) => ({ value, unit: 'EA' });

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

const contentsThatGetIn: { readonly [Kind in RecordKind]?: unknown } = {
  item: {
    number: 'I1',
    name: 'Bolt',
    kind: 'stock',
    status: 'active',
    baseUnit: 'C62',
    categoryPath: [],
    supplierItems: [{ supplier: 's1', standardPrice: { amount: '1', currency: 'EUR' } }],
  },
  'purchase-order': {
    number: 'PO1',
    kind: 'standard',
    supplier: 's1',
    status: 'issued',
    issuedOn: '2025-03-01',
    currency: 'EUR',
    netAmount: '2',
    lines: [
      {
        number: '1',
        item: 'i1',
        ordered: quantity('1'),
        received: '0',
        rejected: '0',
        unitPrice: '2',
        priceBase: '1',
        netAmount: '2',
      },
    ],
  },
  warehouse: { code: 'WH', name: 'Main', kind: 'store', locations: [{ code: 'STO' }] },
  'goods-receipt': {
    number: 'R1',
    status: 'posted',
    receivedOn: '2025-03-01',
    warehouse: 'w1',
    supplier: 's1',
    lines: [{ number: '1', order: 'o1', orderLine: '2', item: 'i1', quantity: quantity('60') }],
    reversalOf: 'r0',
  },
  'supplier-invoice': {
    number: '4711',
    kind: 'credit-note',
    status: 'posted',
    supplier: 's1',
    issuedOn: '2025-03-02',
    currency: 'EUR',
    netAmount: '12.345',
    grossAmount: '14.69',
    lines: [{ number: '1', order: 'o1', receipt: 'r1', item: 'i1', netAmount: '12.345' }],
  },
  'shipment-notice': {
    number: 'ASN-77',
    direction: 'inbound',
    status: 'announced',
    supplier: 's1',
    warehouse: 'w1',
    lines: [{ number: '1', order: 'o1', item: 'i1', quantity: quantity('60') }],
  },
  'stock-movement': {
    number: 'M1',
    kind: 'transfer',
    status: 'posted',
    movedOn: '2025-03-01',
    item: 'i1',
    quantity: quantity('-2.5'),
    warehouse: 'w1',
    toWarehouse: 'w2',
    reversalOf: 'm0',
  },
  'stock-balance': { item: 'i1', warehouse: 'w1', status: 'free', quantity: quantity('58') },
  'stock-count': {
    number: 'C1',
    status: 'posted',
    countedOn: '2025-03-01',
    warehouse: 'w1',
    lines: [{ number: '1', item: 'i1', unit: 'EA', expected: '60', counted: '58' }],
  },
  customer: { number: 'C1', name: 'Stadtwerke', status: 'active' },
  'sales-order': {
    number: 'SO1',
    customer: 'c1',
    status: 'confirmed',
    issuedOn: '2025-03-01',
    currency: 'EUR',
    netAmount: '2',
    lines: [
      {
        number: '1',
        item: 'i1',
        ordered: quantity('1'),
        unitPrice: '2',
        priceBase: '1',
        netAmount: '2',
        warehouse: 'w1',
      },
    ],
  },
  delivery: {
    number: 'D1',
    kind: 'reversal',
    status: 'posted',
    customer: 'c1',
    reversalOf: 'd0',
    lines: [{ number: '1', order: 'so1', item: 'i1', quantity: quantity('1'), warehouse: 'w1' }],
  },
  'customer-invoice': {
    number: 'CI1',
    kind: 'credit-note',
    status: 'posted',
    customer: 'c1',
    issuedOn: '2025-03-02',
    currency: 'EUR',
    netAmount: '2',
    grossAmount: '2.38',
    lines: [{ number: '1', order: 'so1', delivery: 'd1', invoice: 'ci0', netAmount: '2' }],
  },
  'journal-entry': {
    number: 'JE1',
    kind: 'reversal',
    status: 'posted',
    legalEntity: 'DE01',
    postedOn: '2025-03-02',
    documentOn: '2025-03-02',
    period: '2025-03',
    currency: 'USD',
    companyCurrency: 'EUR',
    reversalOf: 'je0',
    lines: [
      { number: '1', account: '1300', amount: '2.50', companyAmount: '2', item: 'i1' },
      { number: '2', account: '4000', amount: '-2.5', companyAmount: '-2.00' },
    ],
  },
  'work-order': {
    number: 'W1',
    status: 'planned',
    item: 'i1',
    quantity: quantity('10'),
    warehouse: 'w1',
    operations: [{ number: '10', kind: 'outside', order: 'o1' }],
    components: [{ number: '1', item: 'i2', required: quantity('20') }],
  },
};

test('a kind stands after every kind that it points at', () => {
  const records = Object.entries(contentsThatGetIn).flatMap(([kind, content]) => {
    const checked = isRecordKind(kind) ? checkContent(kind, content) : undefined;
    return checked?.ok === true ? [checked.record] : [];
  });
  expect(records).toHaveLength(Object.keys(contentsThatGetIn).length);
  for (const record of records) {
    const own = RECORD_KINDS.indexOf(record.kind);
    for (const { kind } of referencesOf(record)) {
      expect(RECORD_KINDS.indexOf(kind)).toBeLessThanOrEqual(own);
    }
  }
});

test.each([
  ['warehouse', []],
  [
    'goods-receipt',
    ['supplier s1', 'warehouse w1', 'reversalOf r0', 'lines.0.item i1', 'lines.0.order o1'],
  ],
  [
    'supplier-invoice',
    ['supplier s1', 'lines.0.item i1', 'lines.0.order o1', 'lines.0.receipt r1'],
  ],
  ['shipment-notice', ['supplier s1', 'warehouse w1', 'lines.0.item i1', 'lines.0.order o1']],
  ['stock-movement', ['warehouse w1', 'toWarehouse w2', 'item i1', 'reversalOf m0']],
  ['stock-balance', ['warehouse w1', 'item i1']],
  ['stock-count', ['warehouse w1', 'lines.0.item i1']],
  ['customer', []],
  ['sales-order', ['customer c1', 'lines.0.warehouse w1', 'lines.0.item i1']],
  [
    'delivery',
    [
      'customer c1',
      'reversalOf d0',
      'lines.0.warehouse w1',
      'lines.0.item i1',
      'lines.0.order so1',
    ],
  ],
  [
    'customer-invoice',
    ['customer c1', 'lines.0.order so1', 'lines.0.delivery d1', 'lines.0.invoice ci0'],
  ],
  ['journal-entry', ['reversalOf je0', 'lines.0.item i1']],
  ['work-order', ['warehouse w1', 'item i1', 'operations.0.order o1', 'components.0.item i2']],
] as const)('a %s gets in and says what it points at', (kind, pointers) => {
  const checked = checkContent(kind, contentsThatGetIn[kind]);
  const found = checked.ok ? referencesOf(checked.record) : checked.problems;
  expect(found.map((entry) => ('key' in entry ? `${entry.field} ${entry.key}` : entry))).toEqual(
    pointers,
  );
});

test('a journal entry balances in both currencies, or stays out', () => {
  const entry = contentsThatGetIn['journal-entry'];
  const off = (amounts: object) =>
    checkContent('journal-entry', {
      ...Object(entry),
      lines: [
        { number: '1', account: '1300', amount: '2.50', companyAmount: '2' },
        { number: '2', account: '4000', amount: '-2.50', companyAmount: '-2', ...amounts },
      ],
    });
  expect(off({}).ok).toBe(true);
  for (const amounts of [{ amount: '-2.51' }, { companyAmount: '-2.01' }]) {
    expect(off(amounts)).toMatchObject({ ok: false, problems: [{ field: 'lines' }] });
  }
});
