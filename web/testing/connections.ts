/** A connected ERP of the invented company: its standing, mapping, transactions and drift. */
import type { ReplyOf } from '#api-contract';
import { AT, pageOf, RUNS as OF_SAMPLE } from './company.ts';

type Transaction = ReplyOf<'listTransactions'>['items'][number];

export const ADAPTERS: ReplyOf<'listAdapters'> = {
  items: [
    {
      name: 'file',
      title: 'Folder of files (CSV, TSV)',
      settings: {
        type: 'object',
        properties: { path: { type: 'string', minLength: 1, maxLength: 4096 } },
        required: ['path'],
      },
      secrets: [],
      mappings: ['sample', 'adventureworks'],
    },
    {
      name: 'tryton',
      title: 'Tryton',
      settings: {
        type: 'object',
        properties: {
          url: { type: 'string', format: 'uri' },
          database: { type: 'string', maxLength: 63 },
          networks: { type: 'array', items: { type: 'string' } },
          pages: { type: 'integer' },
          readOnly: { type: 'boolean' },
        },
        required: ['url', 'database'],
      },
      secrets: [{ name: 'password', optional: false }],
      mappings: ['tryton'],
    },
  ],
};

export const DETAIL: ReplyOf<'getIntegration'> = {
  name: 'erp',
  adapter: 'tryton',
  mapping: 'tryton',
  mappingVersion: 2,
  ownMapping: true,
  settings: { url: 'https://erp.example.com', database: 'lagoon', networks: ['10.0.0.0/8'] },
  secrets: ['password'],
  writes: ['create-purchase-order', 'post-goods-receipt'],
  posting: {
    policy: { settleMs: 120_000 },
    fallback: 'files',
    inForce: {
      sendMsMax: 30_000,
      settleMs: 120_000,
      retryBaseMs: 1_000,
      retryMsMax: 600_000,
      attemptsMax: 100,
      lookMs: 5_000,
      fallbackAfterMs: 900_000,
    },
    standsInFor: [],
  },
  createdAt: AT,
};

export const HEALTH: ReplyOf<'getHealthOf'> = {
  integration: 'erp',
  standing: 'held',
  reasons: ['nothing is sent to it: stocktaking'],
  lastRun: { id: 'run_1', status: 'failed', at: AT, incomplete: false },
  lastGoodRunAt: AT,
  waiting: 4,
  handedOver: 1,
  hosts: [{ host: 'erp.example.com', circuit: 'closed', limit: 4, inFlight: 0 }],
  logs: [
    {
      entity: 'orders',
      name: 'rialto_erp_orders',
      state: 'at-risk',
      followed: false,
      behindBytes: 1_200_000_000,
      behindSeconds: 1_900,
      warned: true,
    },
  ],
  needAPerson: 3,
  quarantined: 2,
  drift: 1,
  hold: { reason: 'stocktaking', by: 'person_1', since: AT },
};

export const GOOD_HEALTH: ReplyOf<'getHealthOf'> = {
  integration: 'sample',
  standing: 'good',
  reasons: [],
  lastRun: { id: 'run_1', status: 'done', at: AT, incomplete: false },
  lastGoodRunAt: AT,
  waiting: 0,
  handedOver: 0,
  hosts: [],
  logs: [],
  needAPerson: 0,
  quarantined: 0,
  drift: 0,
};

export const RUNS: ReplyOf<'listRuns'> = pageOf(
  OF_SAMPLE.items.map((run) => ({ ...run, integration: 'erp', status: 'failed' as const })),
);

export const CHECKS: ReplyOf<'testIntegration'> = {
  items: [
    { check: 'reached', ok: true, detail: 'answered within 80 ms' },
    { check: 'signed in', ok: false, detail: 'the password was refused' },
  ],
};

export const SCHEDULE: ReplyOf<'getSchedule'> = {
  schedule: {
    cron: '30 2 * * 1-5',
    timeZone: 'Europe/Rome',
    paused: false,
    nextAt: '2026-11-23T01:30:00.000Z',
    by: 'person_1',
  },
};

export const VERSIONS: ReplyOf<'listMappingVersions'> = pageOf([
  {
    version: 2,
    createdAt: AT,
    author: 'Bianca Contarini',
    note: 'discounts are subtracted',
    inForce: true,
  },
  { version: 1, createdAt: AT, author: null, note: null, inForce: false },
]);

export const SHIPPED_MAPPING: ReplyOf<'getShippedMapping'> = {
  name: 'adventureworks',
  pack: { name: 'adventureworks', version: 1, layout: { entities: { suppliers: {} } } },
};

export const MAPPING: ReplyOf<'getMapping'> = {
  version: 2,
  pack: { name: 'tryton', mappings: [{ kind: 'supplier', fields: { name: { from: 'name' } } }] },
};

export const DIFFERENCES: ReplyOf<'compareMappings'> = {
  items: [
    {
      mapping: 'purchase-order',
      part: 'fields.netAmount',
      before: { from: 'untaxed_amount' },
      after: { subtract: ['untaxed_amount', 'discount'] },
    },
  ],
};

const DRY_RUN: ReplyOf<'dryRunIntegration'> = {
  integration: 'erp',
  whole: false,
  notReady: [],
  kinds: [
    {
      kind: 'supplier',
      read: 100,
      created: 1,
      changed: 1,
      unchanged: 97,
      deleted: 0,
      quarantined: 1,
    },
  ],
  samples: [
    {
      kind: 'supplier',
      key: '17',
      what: 'changed',
      fields: [{ field: 'name', before: 'Murano Glass', after: 'Murano Glass S.r.l.' }],
    },
    { kind: 'supplier', key: '18', what: 'created', content: { name: 'Rialto Rope' } },
    {
      kind: 'supplier',
      key: '19',
      what: 'quarantined',
      reasons: [{ field: 'name', reason: 'it has no name' }],
    },
  ],
};

const stored = (id: string, state: Transaction['state']) => ({
  id,
  integration: 'erp',
  operation: 'create-purchase-order',
  kind: 'purchase-order',
  reference: `rialto:${id}`,
  businessKey: `PO-${id}`,
  state,
  by: 'person_1',
  attempts: 2,
  createdAt: AT,
  updatedAt: AT,
});

export const DEAD: Transaction = {
  ...stored('tx_1', 'dead'),
  batchId: 'batch_1',
  refusal: { why: 'invalid', code: '422', reason: 'the currency is not known', field: 'currency' },
};
const CONFLICT: Transaction = {
  ...stored('tx_2', 'conflict'),
  operation: 'update-purchase-order',
  target: { key: '1042', version: '7' },
  refusal: { why: 'conflict', code: 'none', reason: 'the order has moved on' },
};
const UNCERTAIN: Transaction = {
  ...stored('tx_3', 'uncertain'),
  refusal: { why: 'uncertain', code: 'none', reason: 'no answer came' },
};
const BOOKED: Transaction = { ...stored('tx_4', 'accepted'), resultKey: '1043' };

export const DEAD_LETTERS: ReplyOf<'listDeadLetters'> = pageOf([DEAD, CONFLICT, UNCERTAIN]);
export const TRANSACTIONS: ReplyOf<'listTransactions'> = pageOf([
  DEAD,
  CONFLICT,
  UNCERTAIN,
  BOOKED,
]);

const EXCHANGE = {
  at: AT,
  method: 'POST',
  url: 'https://erp.example.com/lagoon/',
  requestHeaders: { authorization: '***', 'content-type': 'application/json' },
  requestBody: '{"method":"model.purchase.purchase.create"}',
  status: 422,
  responseHeaders: { 'content-type': 'application/json' },
  responseBody: '{"error":"currency"}',
  durationMs: 83.2,
  attempt: 1,
};

const lookThat = (outcome: string): ReplyOf<'getTransaction'>['story'][number] => ({
  action: 'look',
  by: 'worker 1',
  startedAt: AT,
  finishedAt: AT,
  outcome,
  detail: {},
  exchanges: [],
});

/** A transaction with its story; which one is in its id. */
export const detailOf = (id: string): ReplyOf<'getTransaction'> => ({
  ...(TRANSACTIONS.items.find((one) => one.id === id) ?? DEAD),
  payload: { number: 'PO-77', currency: 'LIR', netAmount: '100.00' },
  ...(id === 'tx_2' ? { preImage: { number: 'PO-77', currency: 'EUR', netAmount: '98.50' } } : {}),
  story: [
    {
      action: 'send',
      by: 'worker 1',
      startedAt: AT,
      finishedAt: AT,
      outcome: 'invalid',
      detail: { field: 'currency' },
      exchanges: [EXCHANGE],
    },
    ...(id === 'tx_3' ? [lookThat('look-failed'), lookThat('not-found')] : []),
  ],
});

export const EXCHANGES: ReplyOf<'listExchanges'> = pageOf([
  { ...EXCHANGE, id: 'exchange_1', runId: 'run_1' },
]);

export const ROLLBACK: ReplyOf<'rollBackBatch'> = {
  batchId: 'batch_2',
  undone: [{ id: 'tx_4', operation: 'update-item', businessKey: 'B-17', by: 'tx_5' }],
  refused: [
    {
      id: 'tx_2',
      operation: 'create-purchase-order',
      businessKey: 'PO-4711',
      why: 'it has moved on to version 3',
      said: { code: 'postings.newer-there', slots: { version: '3' } },
    },
  ],
  asks: [],
};

export const DRIFT: ReplyOf<'listDrift'> = pageOf([
  {
    id: 'drift_1',
    integration: 'erp',
    entity: 'party.party',
    path: 'lang.code',
    kind: 'gone' as const,
    mapped: true,
    before: ['string'],
    after: [],
    sample: '17',
    status: 'open' as const,
    noticedAt: AT,
    decidedAt: null,
    decidedBy: null,
  },
]);

export const BATCHES: ReplyOf<'listBatches'> = pageOf([
  {
    id: 'batch_2',
    integration: 'erp',
    title: 'Taking back: Prices of October',
    by: 'person_1',
    undoes: 'batch_1',
    createdAt: AT,
    counts: { intent: 2 },
  },
  {
    id: 'batch_1',
    integration: 'erp',
    title: 'Prices of October',
    by: 'person_1',
    createdAt: AT,
    counts: { accepted: 40, dead: 2 },
  },
]);

export const SCHEDULES: ReplyOf<'listSchedules'> = pageOf([
  {
    integration: 'erp',
    cron: '30 2 * * *',
    timeZone: 'Europe/Berlin',
    paused: false,
    nextAt: AT,
    by: 'person_1',
  },
  {
    integration: 'sample',
    cron: '0 * * * *',
    timeZone: 'Europe/Berlin',
    paused: true,
    nextAt: AT,
    by: 'person_1',
  },
]);

export const TRIED: ReplyOf<'startDryRun'> = {
  status: 'done',
  by: 'Ada',
  startedAt: '2026-11-20T08:00:00.000Z',
  finishedAt: '2026-11-20T08:00:04.000Z',
  result: DRY_RUN,
};
