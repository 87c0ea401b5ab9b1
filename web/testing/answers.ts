/** Answers of every kind, as the API would give them. */
import type { Answer } from '#api-contract';
import { SUPPLIERS } from './company.ts';

const QUERY = {
  metrics: ['spend'],
  by: [{ dimension: 'supplier' }],
  where: [{ dimension: 'supplier_country', op: 'is-not', values: ['NO'] }],
  period: { start: '2025-01-01', end: '2025-12-31', label: '2025' },
  order: { by: 'spend', direction: 'desc' },
  limit: 5,
  asOf: '2026-11-21',
};

const SPEND = ['1284310.4975', '978001.12', '640220.5', '402118', '97310.3'];
const TOP = SUPPLIERS.slice(0, 5);

export const ANSWERED: Answer = {
  status: 'answered',
  reading: 'Spend by supplier, 2025, top 5',
  query: QUERY,
  columns: [
    {
      name: 'supplier',
      type: 'text',
      title: 'Supplier',
      role: 'dimension',
      recordKind: 'supplier',
    },
    { name: 'spend', type: 'money', unit: 'EUR', title: 'Spend', role: 'metric' },
    { name: 'purchase_order_count', type: 'count', title: 'Purchase orders', role: 'metric' },
  ],
  rows: TOP.map(({ name }, at) => [name, SPEND[at] ?? '0', 240 - at * 31]),
  narrative:
    'Lagunen Stahl GmbH leads with €1,284,310.50, followed by Murano Glass S.r.l. with €978,001.12. The fifth of them, Atelier Câblage SARL, comes to €97,310.30 in 116 orders.',
  assumptions: [
    'Spend is the net value of orders issued in the period; drafts, rejected and cancelled orders are left out.',
  ],
  options: [],
  followUps: ['spend by month in 2025', 'rejection rate by supplier in 2025'],
  facts: [
    {
      sentence: '{0} leads with {1}, followed by {2} with {3}.',
      values: [
        { shown: 'Lagunen Stahl GmbH', source: { of: 'cell', row: 0, column: 0 } },
        { shown: '€1,284,310.50', source: { of: 'cell', row: 0, column: 1 } },
        { shown: 'Murano Glass S.r.l.', source: { of: 'cell', row: 1, column: 0 } },
        { shown: '€978,001.12', source: { of: 'cell', row: 1, column: 1 } },
      ],
    },
    {
      sentence: 'The fifth of them, {0}, comes to {1} in {2} orders.',
      values: [
        { shown: 'Atelier Câblage SARL', source: { of: 'cell', row: 4, column: 0 } },
        { shown: '€97,310.30', source: { of: 'cell', row: 4, column: 1 } },
        { shown: '116', source: { of: 'cell', row: 4, column: 2 } },
      ],
    },
  ],
  chart: { kind: 'bar', x: 'supplier', y: ['spend'] },
  drill: TOP.map(({ id }) => [id, null, null]),
  sql: 'select supplier.name, sum(line.net_amount) as spend\nfrom fact_purchase_order_line line\ngroup by 1\norder by 2 desc\nlimit 5',
  position: '37',
};

export const TREND: Answer = {
  ...ANSWERED,
  reading: 'Spend by quarter',
  query: {
    ...QUERY,
    by: [{ dimension: 'order_date', grain: 'quarter' }],
    limit: undefined,
    where: [],
    order: undefined,
  },
  columns: [
    { name: 'quarter', type: 'date', title: 'Quarter', role: 'dimension' },
    { name: 'spend', type: 'money', unit: 'EUR', title: 'Spend', role: 'metric' },
  ],
  rows: ['2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01', '2026-01-01', '2026-04-01'].map(
    (day, at) => [day, `${310_000 + ((at * 73_411) % 190_000)}.25`],
  ),
  narrative: 'Spend was €310,000.25 in the first quarter of 2025.',
  chart: { kind: 'line', x: 'quarter', y: ['spend'] },
  drill: undefined,
};

const nothing = { query: {}, columns: [], rows: [], assumptions: [], followUps: [] };

export const CLARIFY: Answer = {
  ...nothing,
  status: 'clarify',
  reading: 'Value of orders',
  narrative: '“Value” can mean two things here.',
  options: [
    { label: 'Spend: what was ordered', question: 'spend by supplier in 2025' },
    { label: 'Open commitments: what is still to come', question: 'open commitments by supplier' },
  ],
};

export const UNSUPPORTED: Answer = {
  ...nothing,
  status: 'unsupported',
  reading: '',
  narrative: 'I know nothing about “weather”. I answer questions about purchasing.',
  options: [],
  followUps: ['top 5 suppliers by spend in 2025', 'open commitments today'],
};

export const NUMBER: Answer = {
  ...ANSWERED,
  reading: 'Purchase orders, 2025',
  columns: [
    { name: 'purchase_order_count', type: 'count', title: 'Purchase orders', role: 'metric' },
  ],
  rows: [[1524]],
  narrative: 'There were 1,524 purchase orders in 2025.',
  chart: { kind: 'number', y: ['purchase_order_count'] },
  drill: undefined,
};
