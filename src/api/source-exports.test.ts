import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '#api-contract';
import { isRecordKind } from '#canonical';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { listQuarantine, syncMigrations } from '#sync';
import { createServer } from './index.ts';
import type { Services } from './services.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;

const ENTITY = {
  kind: 'supplier',
  read: 9,
  created: 4,
  changed: 3,
  unchanged: 1,
  deleted: 0,
  quarantined: 1,
  released: 0,
  echoed: 1,
};

const RUN: Run = {
  id: 'run_1',
  integration: 'mill',
  status: 'done',
  startedAt: '2025-01-01T00:00:00Z',
  finishedAt: '2025-01-01T00:00:09Z',
  entities: [ENTITY, ENTITY],
  notReady: [],
  message: '=BAD()',
};

type Asked = Parameters<Services['sources']['quarantine']>[0];

const runsThat: Services['runs']['list'] = ({ status = ['done'], offset }) =>
  Promise.resolve({ rows: offset === 0 && status.includes('done') ? [RUN] : [], total: 1 });

beforeAll(async () => {
  database = await testDatabase([...API_MODULES, syncMigrations]);
  const empty = emptyServices(database);
  const services = {
    ...empty,
    runs: { ...empty.runs, list: runsThat },
    sources: {
      ...empty.sources,
      quarantine: ({ integration, kind, search, sort, offset, limit }: Asked) =>
        listQuarantine(database, {
          offset,
          limit,
          ...(integration === undefined ? {} : { integration }),
          ...(kind === undefined || !isRecordKind(kind) ? {} : { kind }),
          ...(search === undefined ? {} : { search }),
          ...(sort === undefined ? {} : { sort }),
        }),
    },
  };
  app = await createServer({ services });
  await rows(
    database.kysely,
    sql`insert into sync.integration (name, adapter, mapping, settings, created_at)
      values ('mill', 'file', '{}', '{}', now())`,
  );
  await rows(
    database.kysely,
    sql`insert into sync.quarantine (id, integration, run_id, mapping, kind, key, file, line,
        "column", value, reason, raw, seen_at)
      select 'q' || at, 'mill', 'run_1', 'orders', 'purchase-order', at::text, 'orders.csv', at,
        'date', '31.31.2025', 'not a date', '{}', '2025-01-01T00:00:00Z'
      from generate_series(1, 1203) as at`,
  );
});
afterAll(async () => {
  await app.close();
  await database.close();
});

async function linesOf(url: string): Promise<readonly string[]> {
  const reply = await app.inject({ url, headers: { authorization: 'Bearer the-owner-token' } });
  expect(reply.statusCode).toBe(200);
  return reply.body.replace('\uFEFF', '').trimEnd().split('\r\n');
}

test('runs are had as a file, their counts summed over what they read', async () => {
  const [head, run, ...more] = await linesOf('/v1/runs/export.csv?integration=mill');
  expect(head).toMatch(/^startedAt,finishedAt,integration,status,read,created/);
  expect(run).toContain(`,mill,done,18,8,6,2,0,2,0,2,'=BAD(),run_1`);
  expect(more).toEqual([]);
  expect(await linesOf('/v1/runs/export.csv?status=failed')).toHaveLength(1);
});

test('all of quarantine is had as a file, however many pages it has', async () => {
  const lines = await linesOf('/v1/quarantine/export.csv?kind=purchase-order&sort=file');
  expect(lines).toHaveLength(1204);
  expect(lines[1]).toContain('not a date,purchase-order,1,orders.csv,1,date,,31.31.2025,mill,');
  expect(await linesOf('/v1/quarantine/export.csv?kind=supplier')).toHaveLength(1);
});
