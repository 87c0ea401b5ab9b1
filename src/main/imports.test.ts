import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { Services } from '#api';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { importsMigrations, takeBackImport } from '#erp/imports';
import { context, foundCompany } from '#erp/ledger/testing';
import { NEEDED_TABLES } from '#living-company';
import { imports } from './imports.ts';

type Imports = Services['imports'];
type Asked = Parameters<Imports['begin']>[1];

let database: Database;
let own: Imports;
beforeEach(async () => {
  database = await testDatabase([...NEEDED_TABLES, importsMigrations]);
  await transact(database, (tx) => foundCompany(tx));
  own = imports({ database, clock: context.clock });
});
afterEach(() => database.close());

const asked = (content: Buffer, more: Partial<Asked> = {}): Asked => ({
  kind: 'customers',
  mode: 'all-or-nothing',
  fileName: 'customers',
  content: content.toString('base64'),
  ...more,
});

async function ended(): Promise<ReturnType<Imports['last']>> {
  for (;;) {
    const work = await own.last(context.legalEntity);
    if (work?.status !== 'running') return work;
    await sleep(20);
  }
}

test('a workbook is imported in the background, and what came of it can be asked for', async () => {
  const content = await writeExcelFile([
    ['Kundennummer', 'Firma', 'Kreditlimit'],
    [10001, 'Müller GmbH', 12_500.5],
  ]).toBuffer();
  expect(own.begin(context, asked(content))).toMatchObject({ status: 'running', by: 'ada' });
  expect(() => own.begin(context, asked(content))).toThrow('importing');
  expect(await ended()).toMatchObject({
    status: 'done',
    result: { status: 'booked', created: 1, formats: { format: 'xlsx' }, createdBy: 'ada' },
  });
  const [one] = await rows(
    database.kysely,
    sql`select number, credit_limit from erp_parties.party`,
  );
  expect(one).toEqual({ number: '10001', credit_limit: '12500.5' });
});

test('an import that is cancelled leaves nothing behind, and the next one may begin', async () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `${at + 1},Customer ${at + 1}`);
  const content = Buffer.from(`Number,Name\n${many.join('\n')}\n`);
  own.begin(context, asked(content));
  expect(await own.cancel(context.legalEntity)).toMatchObject({ status: 'cancelled' });
  expect(await rows(database.kysely, sql`select 1 from erp_parties.party limit 1`)).toEqual([]);
  own.begin(context, asked(Buffer.from('Number,Name\n1,One\n'), { mode: 'dry-run' }));
  expect(await ended()).toMatchObject({ status: 'done', result: { status: 'tried', created: 1 } });
});

test('a file that cannot be read is refused with its reason, and one that is too large at once', async () => {
  own.begin(context, asked(Buffer.from('PK\u0003\u0004')));
  expect(await ended()).toMatchObject({
    result: { status: 'refused', problems: [{ code: 'imports.unreadable' }] },
  });
  const large = Buffer.alloc(33_554_433, 'a');
  expect(() => own.begin(context, asked(large))).toThrow('33554433 bytes');
});

test('what became of the last import says that it was taken back', async () => {
  own.begin(context, asked(Buffer.from('Number,Name\n1,One\n')));
  const done = await ended();
  expect(done).toMatchObject({ result: { status: 'booked' } });
  const wish = { id: done?.result?.id ?? '', reason: 'the wrong file' };
  await transact(database, (tx) => takeBackImport(tx, context, wish));
  expect(await own.last(context.legalEntity)).toMatchObject({
    status: 'done',
    result: { status: 'taken-back', takenBack: { reason: 'the wrong file', lines: 1 } },
  });
});

test('a dry run leaves no room behind that was filled and is empty', async () => {
  const lines = Array.from({ length: 1_500 }, (_, at) => `${10_000 + at};Kunde ${at}`);
  const content = Buffer.from(['Kundennummer;Firma', ...lines].join('\n'));
  own.begin(context, asked(content, { mode: 'dry-run', fileName: 'customers.csv' }));
  expect(await ended()).toMatchObject({ result: { status: 'tried', created: 1_500 } });
  const [left] = await rows(
    database.kysely,
    sql`select pg_relation_size('erp_parties.party')::integer as bytes`,
  );
  expect(left).toEqual({ bytes: 0 });
});
