import type { TestDatabase } from '../../src/adapters/database/testing/test-database.ts';

/** The tables of the profile that ships, in words that both servers know. */
export async function makeTables(database: TestDatabase): Promise<void> {
  const postgres = database.settings.dialect === 'postgresql';
  const stamp = postgres ? 'timestamptz(6)' : 'timestamp(6)';
  const serial = postgres
    ? 'bigint generated always as identity primary key'
    : 'bigint auto_increment primary key';
  for (const statement of [
    `create table supplier (id int primary key, number varchar(20), name varchar(100), status varchar(20),
      currency char(3), country char(2), city varchar(50), payment_terms varchar(50),
      updated_at ${stamp} not null default current_timestamp)`,
    `create table item (id int primary key, number varchar(20), name varchar(100), kind varchar(20),
      status varchar(20), unit varchar(10), category varchar(50), standard_cost decimal(18, 6),
      cost_currency char(3), updated_at ${stamp} not null default current_timestamp)`,
    `create table purchase_order (id int primary key, number varchar(20), supplier_id int, status varchar(20),
      ordered_on date, currency char(3), net_amount decimal(18, 4), requester varchar(50),
      updated_at ${stamp} not null default current_timestamp)`,
    `create table purchase_order_line (order_id int, line_no int, item_id int, text varchar(100),
      quantity decimal(12, 3), unit varchar(10), received decimal(12, 3), rejected decimal(12, 3),
      unit_price decimal(18, 6), net_amount decimal(18, 4), promised_on date, primary key (order_id, line_no))`,
    `create table purchase_order_import (id ${serial}, reference varchar(40) not null unique, supplier_id int,
      currency char(3), ordered_on date, net_amount decimal(18, 4), requester varchar(50),
      created_at ${stamp}, status varchar(10) not null default 'new', order_id int,
      error_code varchar(20), error_text varchar(200))`,
    `create table purchase_order_import_line (import_id bigint, line_no int, item_id int, text varchar(100),
      quantity decimal(12, 3), unit varchar(10), unit_price decimal(18, 6), net_amount decimal(18, 4),
      promised_on date, primary key (import_id, line_no))`,
    "insert into supplier (id, number, name, status, currency, country) values (1, 'S-1', 'Nordic Castings', 'active', 'EUR', 'SE')",
    "insert into item (id, number, name, kind, status, unit, standard_cost, cost_currency) values (2, 'P-2', 'Bolt', 'stock', 'active', 'C62', 0.123456, 'EUR')",
    "insert into purchase_order (id, number, supplier_id, status, ordered_on, currency, net_amount) values (11, 'PO-11', 1, 'issued', '2026-11-20', 'EUR', 1.2346), (12, 'PO-12', 1, 'issued', '2026-11-20', 'EUR', 2.5)",
    "insert into purchase_order_line values (11, 10, 2, null, 10, 'C62', null, null, 0.123460, 1.2346, '2026-12-01'), (12, 10, 2, null, 5, 'C62', 0, 0, 0.5, 2.5, null)",
  ]) {
    await database.run(statement);
  }
}

/** What the ERP does every few minutes: books what is new, or says why not. */
export async function importJob(database: TestDatabase): Promise<void> {
  const cast = database.settings.dialect === 'postgresql' ? 'cast(id as int)' : 'id';
  await database.run(`update purchase_order_import set status = 'refused', error_code = 'SUPPLIER',
    error_text = 'no such supplier' where status = 'new'
      and not exists (select 1 from supplier s where s.id = supplier_id)`);
  await database.run(`insert into purchase_order (id, number, supplier_id, status, ordered_on, currency, net_amount)
    select 100 + ${cast}, concat('NEW-', id), supplier_id, 'issued', ordered_on, currency, net_amount
    from purchase_order_import where status = 'new'`);
  await database.run(`insert into purchase_order_line (order_id, line_no, item_id, quantity, unit, unit_price, net_amount)
    select 100 + import_id, line_no, item_id, quantity, unit, unit_price, l.net_amount
    from purchase_order_import_line l join purchase_order_import i on i.id = l.import_id
    where i.status = 'new'`);
  await database.run(
    "update purchase_order_import set status = 'booked', order_id = 100 + id where status = 'new'",
  );
}
