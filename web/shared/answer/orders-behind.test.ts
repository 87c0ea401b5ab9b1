import { expect, test } from 'vitest';
import type { Answer } from '#api-contract';
import { ordersBehind } from './orders-behind.ts';

const PLACED = 'issued,partly-received,received,closed';

const BY_SUPPLIER: Answer = {
  status: 'answered',
  reading: '',
  query: {
    metrics: ['spend'],
    by: [{ dimension: 'supplier' }],
    where: [],
    period: { start: '2025-01-01', end: '2025-12-31' },
    asOf: '2026-11-21',
  },
  columns: [
    { name: 'supplier', type: 'text', role: 'dimension', recordKind: 'supplier' },
    { name: 'spend', type: 'money', unit: 'USD', role: 'metric' },
  ],
  rows: [['Lagune', '5']],
  drill: [['supplier_1', null]],
  narrative: '',
  assumptions: [],
  options: [],
  followUps: [],
};

test('a supplier’s figure leads to its placed orders of the period', () => {
  expect(ordersBehind(BY_SUPPLIER, 0)).toEqual({
    status: PLACED,
    kind: undefined,
    supplier: 'supplier_1',
    item: undefined,
    from: '2025-01-01',
    to: '2025-12-31',
  });
});

test('a step that begins before the period is cut at the period', () => {
  const answer: Answer = {
    ...BY_SUPPLIER,
    query: { ...BY_SUPPLIER.query, period: { start: '2025-02-10', end: '2025-12-31' } },
    columns: [{ name: 'quarter', type: 'date', role: 'dimension' }],
    rows: [['2025-01-01']],
    drill: undefined,
  };
  expect(ordersBehind(answer, 0)).toMatchObject({ from: '2025-02-10', to: '2025-03-31' });
});

test('filters that the list of orders knows go along', () => {
  const where = [
    { dimension: 'item', op: 'is', values: ['item_9'] },
    { dimension: 'order_status', op: 'is', values: ['closed'] },
  ];
  const answer = { ...BY_SUPPLIER, query: { ...BY_SUPPLIER.query, where } };
  expect(ordersBehind(answer, 0)).toMatchObject({ item: 'item_9', status: 'closed' });
});

test('nothing is claimed where the list cannot show the same orders', () => {
  const asked = (query: object): Answer => ({
    ...BY_SUPPLIER,
    query: { ...BY_SUPPLIER.query, ...query },
  });
  const elsewhere = [{ dimension: 'supplier_city', op: 'is', values: ['Kiel'] }];
  expect(ordersBehind(asked({ where: elsewhere }), 0)).toBeUndefined();
  const not = [{ dimension: 'supplier', op: 'is-not', values: ['supplier_2'] }];
  expect(ordersBehind(asked({ where: not }), 0)).toBeUndefined();
  expect(ordersBehind(asked({ metrics: ['open_commitments'] }), 0)).toBeUndefined();
  expect(ordersBehind({ ...BY_SUPPLIER, drill: undefined }, 0)).toBeUndefined();
  expect(ordersBehind({ ...BY_SUPPLIER, query: {} }, 0)).toBeUndefined();
});
