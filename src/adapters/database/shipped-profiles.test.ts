import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RialtoError } from '#kernel';
import { buildRows } from './build-rows.ts';
import { connectDatabase } from './connect.ts';
import { parseDatabaseProfile } from './profile/profile.ts';
import { SHIPPED_PROFILES, shippedProfile } from './shipped-profiles.ts';

const settings = { host: 'db.example.com', database: 'erp', user: 'rialto', password: 'x' };

/** What a profile is told is wrong with it, a line each. */
function mistakesIn(profile: unknown): string[] {
  try {
    parseDatabaseProfile(profile);
    return [];
  } catch (error) {
    if (!(error instanceof RialtoError) || error.code !== 'database.profile-invalid') throw error;
    return error.cause instanceof Error ? error.cause.message.split('\n') : [];
  }
}

test('every profile that ships can be read, and one of that name is found', () => {
  expect(SHIPPED_PROFILES).toEqual(['purchasing-tables', 'oracle-ebs']);
  for (const name of SHIPPED_PROFILES) expect(shippedProfile(name)?.name).toBe(name);
  expect(shippedProfile('toString')).toBeUndefined();
});

test('a profile for one kind of server is refused for another', () => {
  const profile = shippedProfile('oracle-ebs');
  if (profile === undefined) throw new Error('it ships');
  expect(() => connectDatabase({ ...settings, profile, dialect: 'mysql' })).toThrow(
    'connecting a database',
  );
  expect(connectDatabase({ ...settings, profile, dialect: 'oracle' }).capabilities).toMatchObject({
    writes: ['create-purchase-order'],
    handsOver: true,
  });
});

test('an order for Oracle is laid out as its import program wants it, our reference in it', () => {
  const operation = shippedProfile('oracle-ebs')?.operations['create-purchase-order'];
  if (operation === undefined) throw new Error('it ships');
  const { rows, misfits } = buildRows(operation, {
    operation: 'create-purchase-order',
    reference: 'RIALTO-1',
    payload: {
      supplier: '601',
      currency: 'USD',
      lines: [
        { number: '1', item: '149', ordered: { value: '2.5', unit: 'EA' }, unitPrice: '0.10' },
      ],
    },
  });
  expect(misfits).toEqual([]);
  expect(rows).toMatchObject([
    {
      table: 'PO.PO_HEADERS_INTERFACE',
      columns: {
        INTERFACE_HEADER_ID: { next: 'PO.PO_HEADERS_INTERFACE_S' },
        REFERENCE_NUM: { value: 'RIALTO-1' },
        PROCESS_CODE: { value: 'PENDING' },
        VENDOR_ID: { value: '601' },
      },
    },
    {
      table: 'PO.PO_LINES_INTERFACE',
      columns: {
        INTERFACE_HEADER_ID: { header: 'INTERFACE_HEADER_ID' },
        QUANTITY: { value: '2.5' },
        UNIT_PRICE: { value: '0.10' },
      },
    },
  ]);
});

test('what is wrong with a profile is told by its place', () => {
  const said = (more: object): string[] =>
    mistakesIn({ name: 'x', version: 1, title: 'X', ...more });
  const filtered = { table: 'orders', key: ['id'], where: { column: 'a', op: 'like', value: '1' } };
  const entities = { orders: filtered, other: { table: 'orders; drop table orders', key: [] } };
  expect(said({ entities }).map((line) => line.replace(/:.*/, ''))).toEqual([
    'entities.orders.where',
    'entities.other.table',
    'entities.other.key',
  ]);
  const operation = {
    rows: [
      { table: 'a', columns: { x: { path: 'x' } } },
      { table: 'b', columns: { y: { path: 'y' } } },
    ],
    reference: 'ours',
    key: 'id',
  };
  const at = 'operations.create-purchase-order.rows';
  expect(said({ operations: { 'create-purchase-order': operation } })).toEqual([
    `${at}.0.columns.ours: is given our reference: {"reference": true}`,
    `${at}.1.columns: one column names the header: {"header": …} or {"reference": true}`,
  ]);
  const header = { table: 'a', columns: { ours: { reference: true }, z: { oops: 1 } } };
  const odd = { ...operation, rows: [header] };
  expect(said({ operations: { 'create-purchase-order': odd } })[0]).toContain(`${at}.0.columns.z:`);
  const good = { ...operation, rows: [{ table: 'a', columns: { ours: { reference: true } } }] };
  expect(said({ operations: { 'no-such': good } })[0]).toContain(
    'operations.no-such: is no operation',
  );
});

test('every profile of the guide can be read', () => {
  const guide = readFileSync(
    path.join(import.meta.dirname, '../../../docs/guides/databases.md'),
    'utf8',
  );
  const profiles = [...guide.matchAll(/```json profile\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  expect(profiles.length).toBeGreaterThan(0);
  for (const text of profiles) expect(mistakesIn(JSON.parse(text))).toEqual([]);
});
