import type { ReplyOf } from '#api-contract';

/** A few records and answers of an invented company, as the server would send them. */
export const AT = '2026-11-21T09:30:00.000Z';
const stored = (id: string) => ({ id, integration: 'sample', version: 1, changedAt: AT });
const provenance = (file: string, key: string) => ({
  source: { integration: 'sample', key, file, line: 12 },
  seenAt: AT,
});
const eur = (amount: string) => ({ amount, currency: 'EUR' });

const NAMES = [
  ['Lagunen Stahl GmbH', 'Hamburg', 'DE', 'A', 'active'],
  ['Murano Glass S.r.l.', 'Venezia', 'IT', 'B', 'active'],
  [
    'Nordlicht Elektronik und Steuerungstechnik Vertriebsgesellschaft mbH',
    'Kiel',
    'DE',
    'A',
    'active',
  ],
  ['Ponte Packaging', 'Mestre', 'IT', 'C', 'blocked-purchasing'],
  ['Atelier Câblage SARL', 'Lyon', 'FR', 'A', 'active'],
  ['Brennero Logistics', 'Bolzano', 'IT', 'B', 'inactive'],
  ['Fjord Fasteners AS', 'Bergen', 'NO', 'A', 'active'],
  ['Severn Castings Ltd', 'Bristol', 'GB', 'B', 'blocked-payment'],
] as const;

type Supplier = ReplyOf<'listSuppliers'>['items'][number];
type Order = ReplyOf<'listPurchaseOrders'>['items'][number];
type Item = ReplyOf<'listItems'>['items'][number];

export const SUPPLIERS: readonly Supplier[] = NAMES.map(
  ([name, city, country, rating, status], at) => ({
    ...stored(`supplier_${at + 1}`),
    number: `V-${1001 + at}`,
    name,
    status,
    city,
    country,
    creditRating: rating,
    currency: 'EUR',
    ...(at % 3 === 0 ? { preferred: true } : {}),
    paymentTerms: '30 days net',
  }),
);

const ORDER_STATUSES = [
  'received',
  'issued',
  'partly-received',
  'closed',
  'cancelled',
  'draft',
] as const;

export const ORDERS: readonly Order[] = Array.from({ length: 24 }, (_, at) => {
  const supplier = SUPPLIERS[at % SUPPLIERS.length];
  const day = String(28 - at).padStart(2, '0');
  return {
    ...stored(`po_${at + 1}`),
    number: `PO-${4200 - at}`,
    kind: 'standard',
    status: ORDER_STATUSES[at % ORDER_STATUSES.length] ?? 'issued',
    supplier: {
      id: supplier?.id ?? '',
      key: String(at),
      number: supplier?.number ?? '',
      name: supplier?.name ?? '',
    },
    issuedOn: `2026-10-${day}`,
    ...(at % 2 === 0 ? { shippedOn: `2026-11-${day}` } : {}),
    currency: 'EUR',
    netAmount: eur(`${(at + 3) * 1317}.${String(at * 37).padStart(4, '0')}`),
    lineCount: 1 + (at % 5),
    requester: 'B. Contarini',
  };
});

const ITEM_NAMES = [
  'Steel sheet 2 mm',
  'Tempered glass pane',
  'Control unit CU-7',
  'Hex bolt M8 × 40',
  'Folding carton, large',
];

export const ITEMS: readonly Item[] = ITEM_NAMES.map((name, at) => ({
  ...stored(`item_${at + 1}`),
  number: `I-${2001 + at}`,
  name,
  kind: at === 2 ? 'subassembly' : 'raw',
  status: at === 4 ? 'discontinued' : 'active',
  baseUnit: 'EA',
  categoryPath: at < 2 ? ['Materials', 'Sheets'] : ['Components'],
  standardCost: eur(`${12 + at}.2575`),
  supplierCount: 1 + at,
}));

export const SESSION: ReplyOf<'getSession'> = {
  person: { id: 'person_1', name: 'Bianca Contarini', role: 'administrator' },
  permissions: [
    'audit:read',
    'integrations:read',
    'integrations:write',
    'metrics:read',
    'people:read',
    'people:write',
    'questions:ask',
    'quarantine:read',
    'records:export',
    'records:read',
    'runs:read',
    'runs:write',
    'session:read',
    'transactions:read',
    'transactions:write',
  ],
  expiresAt: '2026-11-22T09:30:00.000Z',
};

const RUN: ReplyOf<'getRun'> = {
  id: 'run_1',
  integration: 'sample',
  status: 'done',
  startedAt: '2026-11-21T09:29:00.000Z',
  finishedAt: AT,
  entities: [
    {
      kind: 'supplier',
      read: 8,
      created: 8,
      changed: 0,
      unchanged: 0,
      deleted: 0,
      quarantined: 0,
      released: 0,
    },
    {
      kind: 'purchase-order',
      read: 26,
      created: 24,
      changed: 0,
      unchanged: 0,
      deleted: 0,
      quarantined: 2,
      released: 0,
      lines: 71,
    },
  ],
  notReady: [{ entity: 'exchange-rates', reason: 'the file is still being written' }],
};

export const RUNNING: ReplyOf<'getRun'> = {
  ...RUN,
  id: 'run_2',
  status: 'running',
  startedAt: '2026-11-21T09:40:00.000Z',
  notReady: [],
  progress: { phase: 'reading purchase-order', done: 812, expected: 4012 },
};

const INTEGRATION: ReplyOf<'listIntegrations'>['items'][number] = {
  name: 'sample',
  adapter: 'file',
  mapping: 'sample',
  settings: { path: '/srv/rialto/sample' },
  createdAt: AT,
  sample: true,
};

export const OVERVIEW: ReplyOf<'getOverview'> = {
  counts: { suppliers: 8, items: 5, purchaseOrders: 24, quarantined: 2 },
  freshness: { logPosition: '37', warehousePosition: '37', behind: false },
  integrations: [INTEGRATION],
  lastRun: RUN,
};

/** While the sample company's history is being written. */
export const OVERVIEW_OF_SAMPLE: ReplyOf<'getOverview'> = {
  ...OVERVIEW,
  integrations: [
    { ...INTEGRATION, name: 'nordwerk', adapter: 'embedded', settings: { entity: 'NWDE' } },
  ],
};
export const LIVING_COMPANY: ReplyOf<'getLivingCompany'> = {
  company: null,
  last: {
    status: 'running',
    by: 'Rialto',
    startedAt: AT,
    progress: { what: '2025-06', done: 200, expected: 720 },
  },
};

export const pageOf = <Row>(items: Row[]) => ({
  items,
  total: items.length,
  page: 1,
  pageSize: 50,
});

export const INTEGRATIONS: ReplyOf<'listIntegrations'> = pageOf([
  INTEGRATION,
  {
    name: 'erp',
    adapter: 'tryton',
    mapping: 'tryton',
    settings: { url: 'https://erp.example.com' },
    createdAt: AT,
    sample: false,
  },
]);

export const RUNS: ReplyOf<'listRuns'> = pageOf([RUN]);
export const RUNNING_RUNS: ReplyOf<'listRuns'> = pageOf([RUNNING]);

export const QUARANTINE: ReplyOf<'listQuarantine'> = {
  items: [
    {
      id: 'quarantine_1',
      integration: 'sample',
      runId: 'run_1',
      kind: 'purchase-order',
      key: '4217',
      file: 'purchase-orders.csv',
      line: 118,
      column: 'OrderDate',
      field: 'issuedOn',
      value: '20x6-13-01',
      reason: 'not a calendar day (YYYY-MM-DD)',
      said: { code: 'sync.no-date', slots: {} },
      seenAt: AT,
    },
    {
      id: 'quarantine_2',
      integration: 'sample',
      runId: 'run_1',
      kind: 'purchase-order',
      key: '4219',
      file: 'purchase-orders.csv',
      line: 120,
      reason: 'the header says 1,250.00 and its lines add up to 1,205.00',
      seenAt: AT,
    },
  ],
  total: 2,
  page: 1,
  pageSize: 50,
};

const first = <T>(of: readonly T[]): T => {
  const [one] = of;
  if (one === undefined) throw new Error('the invented company is empty');
  return one;
};

export const SUPPLIER: ReplyOf<'getSupplier'> = {
  ...first(SUPPLIERS),
  ...provenance('suppliers.csv', '1'),
  website: 'https://lagunen-stahl.example',
  totals: {
    orderCount: 24,
    ordered: [eur('1284310.4975')],
    firstOrderOn: '2023-12-04',
    lastOrderOn: '2026-10-28',
    countedAt: AT,
  },
  recentOrders: ORDERS.slice(0, 6),
};

export const ITEM: ReplyOf<'getItem'> = {
  ...first(ITEMS),
  ...provenance('items.csv', '1'),
  safetyStock: '250.5',
  reorderPoint: '400',
  leadTimeDays: 14,
  supplierItems: SUPPLIERS.slice(0, 3).map(({ id, name, number }, at) => ({
    supplier: { id, name, number, key: String(at) },
    standardPrice: eur(`${12 + at}.2575`),
    unit: 'EA',
    leadTimeDays: 10 + at,
    lastReceiptPrice: eur(`${12 + at}.3`),
    lastReceiptOn: '2026-09-30',
    minOrderQuantity: '100',
  })),
  recentOrders: ORDERS.slice(0, 4),
};

export const ORDER: ReplyOf<'getPurchaseOrder'> = {
  ...first(ORDERS),
  ...provenance('purchase-orders.csv', '4200'),
  sourceStatus: '4',
  shipMethod: 'Road, 2 days',
  netAmount: eur('3951.0075'),
  taxAmount: eur('750.69'),
  freightAmount: eur('98.78'),
  grossAmount: eur('4800.4775'),
  lines: [
    {
      number: '1',
      item: { id: 'item_1', key: '1', number: 'I-2001', name: 'Steel sheet 2 mm' },
      ordered: { value: '300', unit: 'EA' },
      received: '300',
      rejected: '12',
      unitPrice: eur('12.1667'),
      priceBase: '1',
      netAmount: eur('3650.01'),
      promisedOn: '2026-11-10',
    },
    {
      number: '2',
      text: 'Cutting to size',
      ordered: { value: '1.5', unit: 'HUR' },
      received: '0',
      rejected: '0',
      unitPrice: eur('200.665'),
      priceBase: '1',
      netAmount: eur('300.9975'),
    },
  ],
};

export const CHANGES: ReplyOf<'listRecordChanges'> = pageOf([
  {
    position: '35',
    kind: 'purchase-order',
    recordId: 'po_1',
    cause: 'snapshot',
    what: 'changed',
    changedFields: [{ field: 'lines.0.unitPrice', before: '12.1', after: '12.1667' }],
    source: { integration: 'sample', key: '4200', file: 'purchase-orders.csv', line: 12 },
    seenAt: AT,
  },
  {
    position: '12',
    kind: 'purchase-order',
    recordId: 'po_1',
    cause: 'snapshot',
    what: 'created',
    changedFields: [],
    source: { integration: 'sample', key: '4200', file: 'purchase-orders.csv', line: 12 },
    seenAt: '2026-11-20T09:30:00.000Z',
  },
]);

export const SUGGESTIONS: ReplyOf<'suggestQuestions'> = {
  items: [
    'top 5 suppliers by spend in 2025',
    'spend by month this year',
    'rejection rate by supplier',
    'open commitments',
    'average order value by quarter',
  ].map((question) => ({ question })),
};

export const CATALOGUE: ReplyOf<'listMetrics'> = {
  metrics: [
    {
      name: 'spend',
      title: { en: 'Spend', de: 'Ausgaben' },
      answers: { en: 'How much did we order?', de: 'Wie viel haben wir bestellt?' },
      synonyms: { en: ['purchase volume'], de: ['Einkaufsvolumen'] },
      unit: 'money',
      direction: 'none',
      overTime: 'sum',
      by: ['supplier'],
      owner: 'purchasing',
      assumptions: [],
    },
  ],
  dimensions: [{ name: 'supplier', title: { en: 'Supplier', de: 'Lieferant' }, kind: 'member' }],
};
