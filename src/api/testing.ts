import { accessMigrations } from '#access';
import { auditMigrations } from '#audit';
import type { Database } from '#database';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import type { Services } from './services.ts';

/** The tables the server needs by itself. */
const nothing = (): Promise<never> => Promise.reject(new Error('nothing is there'));

export const API_MODULES = [accessMigrations, auditMigrations, recordsMigrations];

/** Services over a real database, with sources that hold nothing. Parts can be replaced. */
export function emptyServices(database: Database, parts: Partial<Services> = {}): Services {
  return {
    database,
    clock: () => instantOf(1_760_000_000_000),
    version: '0.0.0',
    ownerToken: 'the-owner-token',
    questions: {
      ask: () =>
        Promise.resolve({
          status: 'unsupported',
          reading: '',
          query: {},
          columns: [],
          rows: [],
          narrative: '',
          assumptions: [],
          options: [],
          followUps: [],
        }),
      suggest: () => Promise.resolve([]),
      catalogue: () => ({ metrics: [], dimensions: [] }),
    },
    sources: {
      list: () => Promise.resolve([]),
      adapters: () => [],
      find: nothing,
      connect: nothing,
      update: nothing,
      setPosting: nothing,
      remove: nothing,
      dryRun: nothing,
      startDryRun: nothing,
      lastDryRun: nothing,
      cancelDryRun: nothing,
      exchanges: () => Promise.resolve({ rows: [], total: 0 }),
      rotateVault: () => Promise.resolve(0),
      test: () => Promise.resolve([]),
      quarantine: () => Promise.resolve({ rows: [], total: 0 }),
    },
    mappings: {
      list: () => Promise.resolve([]),
      shipped: nothing,
      read: nothing,
      save: nothing,
      restore: nothing,
      compare: () => Promise.resolve([]),
    },
    transactions: {
      list: () => Promise.resolve({ rows: [], total: 0 }),
      find: nothing,
      create: nothing,
      tryOut: nothing,
      edit: nothing,
      retry: nothing,
      retryAll: () => Promise.resolve(0),
      dismiss: nothing,
      settle: nothing,
      withdraw: nothing,
      listBatches: () => Promise.resolve({ rows: [], total: 0 }),
      createBatch: nothing,
      rollBack: nothing,
    },
    conflicts: {
      list: () => Promise.resolve({ rows: [], total: 0 }),
      find: nothing,
      decide: nothing,
      rules: nothing,
      rulesVersions: () => Promise.resolve([]),
      saveRules: nothing,
      restoreRules: nothing,
    },
    schedules: { list: () => Promise.resolve([]), find: nothing, put: nothing, drop: nothing },
    health: { of: nothing, hold: nothing, release: nothing },
    drift: { list: () => Promise.resolve({ rows: [], total: 0 }), decide: nothing },
    webhooks: {
      find: nothing,
      handshakeOf: () => Promise.resolve(undefined),
      receive: () => Promise.resolve({ kind: 'refused' }),
      deliveries: () => Promise.resolve({ rows: [], total: 0 }),
      rotate: nothing,
      retire: nothing,
    },
    runs: {
      start: () => Promise.reject(new Error('nothing to start')),
      find: () => Promise.resolve(undefined),
      list: () => Promise.resolve({ rows: [], total: 0 }),
      cancel: () => Promise.resolve(undefined),
    },
    imports: {
      begin: () => ({ status: 'running', by: 'Ada', startedAt: '2026-11-21T10:00:00.000Z' }),
      last: () => Promise.resolve(undefined),
      cancel: () => Promise.resolve(undefined),
    },
    livingCompany: {
      simulate: nothing,
      stand: () => Promise.resolve({ company: null, last: null }),
      cancel: nothing,
      setLive: nothing,
    },
    warehouse: {
      freshness: () => Promise.resolve({ log: 0n, warehouse: 0n }),
      rebuild: () => Promise.resolve(0n),
      startRebuild: () =>
        Promise.resolve({ status: 'running', by: 'Ada', startedAt: '2026-11-21T10:00:00.000Z' }),
      lastRebuild: () => Promise.resolve(undefined),
    },
    subscribe: () => () => undefined,
    ...parts,
  };
}
