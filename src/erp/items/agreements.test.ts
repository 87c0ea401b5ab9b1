import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { closeAgreements, createAgreements, itemsMigrations, listAgreements } from './index.ts';
import type { AgreementLine } from './agreements.ts';
import { agreedServiceOf, releaseAgreements } from './calling-off.ts';
import type { ReleaseDraft } from './calling-off.ts';
import { codeOf, context, foundEntity, newItems, on, valueOf } from './testing.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase([companyMigrations, itemsMigrations]);
  await foundEntity(database);
});
afterAll(() => database.close());

async function newAgreement(item: string): Promise<string> {
  const [made] = await transact(database, (tx) =>
    createAgreements(tx, context, [
      {
        side: 'purchase',
        party: 'sup_1',
        kind: 'blanket',
        currency: 'EUR',
        validFrom: on,
        lines: [{ line: '1', item, quantityLimit: decimal('10'), valueLimit: decimal('100') }],
      },
    ]),
  );
  return valueOf(made).id;
}
const release = (agreement: string, quantity: string, value = '1'): ReleaseDraft => ({
  agreement,
  line: '1',
  quantity: decimal(quantity),
  value: decimal(value),
  on,
  source: { area: 'purchasing', kind: 'purchase-order', id: 'po_1', line: '1' },
});
const releaseNow = (...drafts: ReleaseDraft[]) =>
  transact(database, (tx) => releaseAgreements(tx, context, drafts));

test('an agreement is called off up to its limit, and what is given back can be called off', async () => {
  const [item = ''] = await newItems(database, {});
  const id = await newAgreement(item);
  const results = await releaseNow(
    release(id, '6'),
    release(id, '5'),
    release(id, '4'),
    release(id, '-4', '-1'),
    release(id, '-7', '-1'),
    release(id, '1', '100'),
    { ...release(id, '1'), on: localDate('2025-10-08') },
    { ...release(id, '1'), line: '2' },
  );
  expect(results.map(codeOf)).toEqual([
    'ok',
    'items.agreement-exceeded',
    'ok',
    'ok',
    'items.invalid',
    'items.agreement-exceeded',
    'items.agreement-not-valid',
    'items.unknown-agreement',
  ]);
  const [agreement] = await listAgreements(database.kysely, { ids: [id], limit: 1 });
  expect(agreement?.lines[0]).toMatchObject({ releasedQuantity: '6', releasedValue: '1' });
  const begins = (number: string) => listAgreements(database.kysely, { number, limit: 9 });
  expect((await begins(agreement?.number ?? '')).map((one) => one.id)).toEqual([id]);
  expect(await begins('XX-')).toEqual([]);
  const close = (version: number, legalEntity = context.legalEntity) =>
    transact(database, (tx) => closeAgreements(tx, { ...context, legalEntity }, [{ id, version }]));
  expect((await close(1, 'XX99')).map(codeOf)).toEqual(['items.unknown-agreement']);
  expect((await close(2)).map(codeOf)).toEqual(['items.version-conflict']);
  expect((await close(1)).map(codeOf)).toEqual(['ok']);
  expect((await releaseNow(release(id, '1'))).map(codeOf)).toEqual(['items.agreement-not-valid']);
});

test('a line is about one thing; a service is told by its words, and counted in a unit', async () => {
  const [item = ''] = await newItems(database, {});
  const price = decimal('95');
  const made = async (side: 'purchase' | 'sales', ...lines: Omit<AgreementLine, 'line'>[]) => {
    const numbered = lines.map((one, at) => ({ ...one, line: String(at + 1) }));
    const draft = { side, party: 'sup_1', currency: 'EUR', validFrom: on } as const;
    const [result] = await transact(database, (tx) =>
      createAgreements(tx, context, [{ ...draft, kind: 'framework', lines: numbered }]),
    );
    return result;
  };
  const care = { service: 'Maintenance', valueLimit: decimal('5000') };
  const good = await made('purchase', care, { service: 'Cleaning', unit: 'HUR', price }, { item });
  const [found] = await listAgreements(database.kysely, { ids: [valueOf(good).id], limit: 1 });
  expect(found?.lines).toMatchObject([care, { service: 'Cleaning', unit: 'HUR' }, { item }]);
  const refused = await Promise.all([
    made('purchase', {}),
    made('purchase', { ...care, item }),
    made('purchase', { item, unit: 'HUR' }),
    made('purchase', { service: '  ' }),
    made('purchase', { service: 'Cleaning', price }), // Of what?
    made('purchase', care, { ...care, service: ' maintenance' }),
    made('sales', care),
  ]);
  expect(refused.map(codeOf)).toEqual(refused.map(() => 'items.invalid'));
});

test('an order line means the longest service that its words begin with', () => {
  const lines = [{ service: 'Maintenance' }, { service: 'Maintenance of lifts' }, { item: 'x' }];
  const meant = (text: string) => agreedServiceOf(lines, text);
  expect(meant('maintenance  of LIFTS, March')).toBe(lines[0]);
  expect(meant('maintenance  of LIFTS in March')).toBe(lines[1]);
  expect(meant('Maintenance of doors')).toBe(lines[0]);
  expect(meant('Maintenances')).toBeUndefined();
  expect(meant('')).toBeUndefined();
});

test('however many call off at once, the limit holds', async () => {
  const [item = ''] = await newItems(database, {});
  const ids = await Promise.all([newAgreement(item), newAgreement(item)]);
  const asked = Array.from({ length: 12 }, (_, at) =>
    releaseNow(...(at % 2 === 0 ? ids : ids.toReversed()).map((id) => release(id, '3'))),
  );
  const codes = (await Promise.all(asked)).flat().map(codeOf);
  expect(codes.filter((code) => code === 'ok')).toHaveLength(6);
  const after = await listAgreements(database.kysely, { ids, limit: 2 });
  expect(after.map(({ lines }) => lines[0]?.releasedQuantity)).toEqual(['9', '9']);
});

test('the database itself holds the limit and keeps what was released', async () => {
  const [item = ''] = await newItems(database, {});
  const id = await newAgreement(item);
  await releaseNow(release(id, '1'));
  const beyond = rows(
    database.kysely,
    sql`insert into erp_items.agreement_release select 'x', agreement, line, source_area,
        source_kind, source_id, source_line, 10, 0, released_on, created_by, created_at
      from erp_items.agreement_release where agreement = ${id}`,
  );
  await expect(beyond).rejects.toThrow('agreement_within_limit');
  await expect(
    rows(database.kysely, sql`delete from erp_items.agreement_release where agreement = ${id}`),
  ).rejects.toThrow('is kept as it is');
});
