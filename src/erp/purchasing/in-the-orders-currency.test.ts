/** A database of before knew what had come in the company's currency alone: it is brought up, and kept since. */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import { ledgerMigrations } from '#erp/ledger';
import { purchasingMigrations } from './migrations.ts';

let database: Database;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purchasing-'));
  const before = await asBefore(purchasingMigrations, 10);
  database = await testDatabase([companyMigrations, await asBefore(ledgerMigrations, 9), before]);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** A module's migrations as far as they went once. */
async function asBefore(
  module: typeof purchasingMigrations | typeof ledgerMigrations,
  last: number,
) {
  const own = join(folder, module.name);
  await mkdir(own);
  const all = await readdir(module.folder);
  const kept = all.filter((file) => Number(file.slice(0, 4)) <= last);
  expect(kept).toHaveLength(last);
  for (const file of kept) await copyFile(join(module.folder, file), join(own, file));
  return { name: module.name, folder: own };
}

/** An order of one line that came in three receipts, as it was written then. */
const written = (id: string, currency: string, rate: string, values: readonly string[]) => [
  sql`insert into erp_purchasing.purchase_order (id, legal_entity, number, kind, supplier, decision,
      issued_on, currency, rate, payment_terms, net, created_by, created_at)
    values (${id}, 'DE01', ${id}, 'standard', 'sup_1', 'issued', '2026-03-01', ${currency},
      ${rate}::numeric, 'NET30', 1, 'ada', now())`,
  sql`insert into erp_purchasing.purchase_order_line
      (order_id, number, text, unit, ordered, unit_price, net)
    values (${id}, 10, 'x', 'C62', 10, 1, 1)`,
  ...values.flatMap((value, at) => [
    sql`insert into erp_purchasing.goods_receipt (id, legal_entity, number, kind, supplier, received_on,
        posted_on, created_by, created_at)
      values (${`${id} ${at}`}, 'DE01', ${`${id} ${at}`}, 'receipt', 'sup_1', '2026-03-02',
        '2026-03-02', 'ada', now())`,
    sql`insert into erp_purchasing.goods_receipt_line
        (receipt_id, number, order_id, order_line, quantity, value)
      values (${`${id} ${at}`}, 1, ${id}, 10, 1, ${value}::numeric)`,
  ]),
];
const charged = (id: string, values: readonly string[]) =>
  values.map(
    (value, at) =>
      sql`insert into erp_purchasing.invoiced_line
          (invoice_id, invoice_line, order_id, order_line, quantity, value)
        values (${`si ${id} ${at}`}, 1, ${id}, 10, 1, ${value}::numeric)`,
  );

test('what was written before is worth its value at the order rate, sums and rows alike', async () => {
  const { kysely } = database;
  const before = [
    ...written('po_dollars', 'USD', '0.8', ['3.33', '3.33', '3.34']),
    ...written('po_euros', 'EUR', '1', ['3.33', '0.01', '6.66']),
    ...written('po_yen', 'JPY', '0.0061', ['0.61', '1.22', '0.31']),
    ...charged('po_dollars', ['8.00', '2.00']),
    ...charged('po_yen', ['0.61']),
  ];
  for (const statement of before) await rows(kysely, statement);
  await rows(
    kysely,
    sql`insert into erp_ledger.account
        (legal_entity, number, name, kind, statement_line, created_by, created_at)
      values ('DE01', '4310', '{"en":"Gains"}', 'income', 'other-income', 'ada', now())`,
  );
  await rows(
    kysely,
    sql`insert into erp_ledger.determination (legal_entity, posting, account)
      values ('DE01', 'exchange-gain', '4310')`,
  );

  await migrate(database, [companyMigrations, ledgerMigrations, purchasingMigrations]);

  const lines = await rows(
    kysely,
    sql`select order_id as id, received_net::text as received, invoiced_net::text as invoiced
      from erp_purchasing.purchase_order_line order by 1`,
  );
  expect(lines).toEqual([
    { id: 'po_dollars', received: '12.50', invoiced: '12.50' },
    { id: 'po_euros', received: '10.00', invoiced: '0' },
    { id: 'po_yen', received: '351', invoiced: '100' },
  ]);
  const receipts = await rows<{ net: string }>(
    kysely,
    sql`select net::text as net from erp_purchasing.goods_receipt_line order by receipt_id`,
  );
  const nets = ['4.16', '4.17', '4.17', '3.33', '0.01', '6.66', '100', '200', '51'];
  expect(receipts.map(({ net }) => net)).toEqual(nets);
  const keys = await rows(
    kysely,
    sql`select posting, account from erp_ledger.determination order by 1`,
  );
  expect(keys).toEqual([
    { posting: 'exchange-gain', account: '4310' },
    { posting: 'grir-exchange-gain', account: '4310' },
  ]);
});

test('what is written since is known in both currencies, and posted rows stay as they are', async () => {
  const { kysely } = database;
  await rows(
    kysely,
    sql`insert into erp_purchasing.invoiced_line
        (invoice_id, invoice_line, order_id, order_line, quantity, value, net)
      values ('si_new', 1, 'po_dollars', 10, 1, 1.60, 2.00)`,
  );
  const [line] = await rows(
    kysely,
    sql`select invoiced_value::text as value, invoiced_net::text as net
      from erp_purchasing.purchase_order_line where order_id = 'po_dollars'`,
  );
  expect(line).toEqual({ value: '11.60', net: '14.50' });
  const changed = sql`update erp_purchasing.invoiced_line set net = 1`;
  await expect(rows(kysely, changed)).rejects.toThrow('only reversed');
  const byHand = sql`update erp_purchasing.purchase_order_line set received_net = 1`;
  await expect(rows(kysely, byHand)).rejects.toThrow('kept by receipts and invoices alone');
});
