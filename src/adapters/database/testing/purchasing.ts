/** A small purchasing database, the same on every server, with an import job for what is handed over. */
import type { Command } from '#adapter-kit';
import { connectDatabase } from '../connect.ts';
import { parseDatabaseProfile } from '../profile/profile.ts';
import type { DatabaseProfile } from '../profile/profile.ts';
import type { TestDatabase } from './test-database.ts';

const SERIAL = {
  postgresql: 'bigint generated always as identity primary key',
  mysql: 'bigint auto_increment primary key',
};
const STAMP = { postgresql: 'timestamp(6)', mysql: 'datetime(6)' };

const serverOf = ({ settings }: TestDatabase): 'postgresql' | 'mysql' =>
  settings.dialect === 'mysql' ? 'mysql' : 'postgresql';

/** Makes the tables and some rows. */
export async function makePurchasing(database: TestDatabase, orders = 7): Promise<void> {
  const server = serverOf(database);
  const [serial, stamp] = [SERIAL[server], STAMP[server]];
  for (const statement of [
    'create table supplier (code varchar(20) not null primary key, name varchar(100), active char(1))',
    `create table purchase_order (id bigint not null primary key, number varchar(40) not null unique,
      supplier varchar(20), total decimal(14, 4), note text, updated_at ${stamp} not null)`,
    'create index purchase_order_updated on purchase_order (updated_at)',
    `create table purchase_order_line (order_id bigint not null, line_no int not null, item varchar(20),
      quantity decimal(12, 3), price decimal(18, 6), primary key (order_id, line_no))`,
    `create table order_import (id ${serial}, our_reference varchar(40) not null unique, supplier varchar(20),
      currency char(3), total decimal(14, 2), status varchar(10) not null default 'NEW', po_number varchar(40),
      constraint positive check (total >= 0))`,
    `create table order_import_line (import_id bigint not null, line_no int not null, item varchar(20),
      quantity decimal(12, 3), price decimal(18, 6), primary key (import_id, line_no))`,
    'create table order_import_error (import_id bigint not null, code varchar(20), message varchar(200), field_name varchar(40))',
    `create table stock_booking (id ${serial}, our_reference varchar(40) not null unique, item varchar(20) not null,
      quantity decimal(12, 3), constraint not_zero check (quantity <> 0))`,
    "insert into supplier values ('S1', 'Nordic Castings', 'Y'), ('S2', 'Müller & Söhne', 'N'), ('S3', null, 'Y')",
  ]) {
    await database.run(statement);
  }
  for (let id = 1; id <= orders; id += 1) await addOrder(database, id, `2026-01-0${1 + (id % 3)}`);
}

/** One order with two lines, stamped on a day. */
export async function addOrder(database: TestDatabase, id: number, day: string): Promise<void> {
  await database.run(
    `insert into purchase_order values (${id}, 'PO-${id}', 'S${1 + (id % 3)}', ${id}.5000, null,
      '${day} 10:00:00.123456')`,
  );
  await database.run(
    `insert into purchase_order_line values (${id}, 1, 'I1', 2.5, 0.100000), (${id}, 2, 'I2', 1, ${id}.250000)`,
  );
}

/** The profile of those tables; few rows a page, so that there are several. */
export const purchasingProfile = (more: Record<string, unknown> = {}): DatabaseProfile =>
  parseDatabaseProfile({
    name: 'small',
    version: 1,
    title: 'A small purchasing database',
    pageRows: 3,
    entities: {
      suppliers: { table: 'supplier', key: ['code'] },
      orders: {
        table: 'purchase_order',
        key: ['id'],
        version: 'updated_at',
        changes: { by: 'watermark', column: 'updated_at', overlap: 60 },
        children: [
          { as: 'lines', table: 'purchase_order_line', on: { order_id: 'id' }, order: ['line_no'] },
        ],
      },
    },
    operations: { 'create-purchase-order': IMPORT },
    ...more,
  });

const HEADER = {
  table: 'order_import',
  columns: {
    our_reference: { reference: true },
    supplier: { path: 'supplier', required: true },
    currency: { path: 'currency' },
    total: { path: 'netAmount' },
  },
};

/** An order laid out for the import job. */
export const IMPORT = {
  rows: [
    HEADER,
    {
      table: 'order_import_line',
      each: 'lines',
      columns: {
        import_id: { header: 'id' },
        line_no: { path: 'number' },
        item: { path: 'item' },
        quantity: { path: 'ordered.value' },
        price: { path: 'unitPrice' },
      },
    },
  ],
  reference: 'our_reference',
  key: 'po_number',
  detail: { status: 'status' },
  handOver: {
    status: 'status',
    waiting: ['NEW', 'TAKEN'],
    booked: ['BOOKED'],
    refused: ['ERROR'],
    errors: {
      table: 'order_import_error',
      on: { import_id: 'id' },
      code: 'code',
      message: 'message',
      field: 'field_name',
    },
  },
};

/** A movement that is booked as soon as its row is there. */
export const BOOKING = {
  rows: [
    {
      table: 'stock_booking',
      columns: {
        our_reference: { reference: true },
        item: { path: 'item' },
        quantity: { path: 'quantity.value' },
      },
    },
  ],
  reference: 'our_reference',
  key: 'id',
};

/** What the ERP's own import program would do: takes what is new, books it or says why not. */
export async function runImport(database: TestDatabase): Promise<void> {
  const rows = await database.run("select id, supplier from order_import where status = 'NEW'");
  for (const row of rows) {
    const id = String(row['id']);
    const known = await database.run(
      `select 1 from supplier where code = '${String(row['supplier'])}'`,
    );
    if (known.length === 0) {
      await database.run(
        `insert into order_import_error values (${id}, 'PO-17', 'unknown supplier', 'SUPPLIER')`,
      );
      await database.run(`update order_import set status = 'ERROR' where id = ${id}`);
      continue;
    }
    await database.run(
      `update order_import set status = 'BOOKED', po_number = 'X-${id}' where id = ${id}`,
    );
  }
}

/** How many orders the import has booked. */
export async function importedOrders(database: TestDatabase): Promise<number> {
  const rows = await database.run("select 1 from order_import where status = 'BOOKED'");
  return rows.length;
}

let count = 0;

/** An order to be created, with a reference of its own. */
export const orderCommand = (payload: Record<string, string> = {}): Command => ({
  operation: 'create-purchase-order',
  reference: `RIALTO-${process.pid}-${(count += 1)}-END`,
  payload: {
    supplier: 'S1',
    currency: 'EUR',
    netAmount: '12.50',
    lines: [
      { number: '1', item: 'I1', ordered: { value: '2.5', unit: 'C62' }, unitPrice: '0.123456' },
      { number: '2', item: 'I2', ordered: { value: '1', unit: 'C62' }, unitPrice: '12' },
    ],
    ...payload,
  },
});

/** Connects the database by a profile. */
export const connectTo = (database: TestDatabase, profile = purchasingProfile()) =>
  connectDatabase({ ...database.settings, profile });
