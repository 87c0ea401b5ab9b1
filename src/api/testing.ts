import { accessMigrations } from '#access';
import { auditMigrations } from '#audit';
import type { Database } from '#database';
import { instantOf } from '#kernel/time';
import { recordsMigrations } from '#records';
import type { Services } from './services.ts';

/** The tables the server needs by itself. */
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
      connect: () => Promise.reject(new Error('nothing to connect')),
      test: () => Promise.resolve([]),
      quarantine: () => Promise.resolve({ rows: [], total: 0 }),
    },
    runs: {
      start: () => Promise.reject(new Error('nothing to start')),
      find: () => Promise.resolve(undefined),
      list: () => Promise.resolve({ rows: [], total: 0 }),
      cancel: () => Promise.resolve(undefined),
    },
    warehouse: {
      freshness: () => Promise.resolve({ log: 0n, warehouse: 0n }),
      rebuild: () => Promise.resolve(0n),
    },
    subscribe: () => () => undefined,
    ...parts,
  };
}
