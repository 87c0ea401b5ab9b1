import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase([companyMigrations]);
});
afterAll(() => database.close());

test('columns of the area are sampled by some thousand rows, those of nobody else', async () => {
  await rows(database.kysely, sql`create table public.other (value text)`);
  const found = await rows<{ schema: string; target: number | null }>(
    database.kysely,
    sql`select distinct c.relnamespace::regnamespace::text as schema, a.attstattarget as target
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and c.relnamespace in ('erp_company'::regnamespace, 'public'::regnamespace)
      order by 1`,
  );
  expect(found).toEqual([
    { schema: 'erp_company', target: 25 },
    { schema: 'public', target: null },
  ]);
});
