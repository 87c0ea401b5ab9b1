import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { itemsByNumber } from '#erp/items';
import { listAccounts } from '#erp/ledger';
import { partiesByNumber } from '#erp/parties';
import type { ImportWish } from './run-import.ts';
import { bookWhole, codeOf, context, openBench, takeBackOn, tryOn } from './testing.ts';

let database: Database;
beforeEach(async () => {
  database = await openBench();
});
afterEach(() => database.close());

const { legalEntity } = context;
const CUSTOMERS = 'Kundennummer;Firma\n10001;Müller GmbH\n10002;Schmidt AG';
const ITEMS =
  'Artikelnummer;Bezeichnung;Art;Einheit\nA-1;Schraube;Rohstoff;Stk\nA-2;Blech;Rohstoff;kg';
const PRICES = 'Preisliste;Artikel;Preis;Gültig ab\nSTD;A-1;0,14;01.01.2026';

const book = (kind: ImportWish['kind'], text: string): Promise<string> =>
  bookWhole(database, kind, text);
const takeBack = (id: string) => takeBackOn(database, id);
const tryIt = (id: string) => tryOn(database, id);

test('prices are withdrawn, others may begin on their day, and history names them', async () => {
  await book('items', ITEMS);
  const id = await book('prices', PRICES);
  const prices = () =>
    rows<{ price: string; withdrawn: boolean }>(
      database.kysely,
      sql`select price::text, withdrawn_at is not null as withdrawn from erp_items.price order by id`,
    );
  expect(codeOf(await takeBack(id))).toBe('done');
  expect(await prices()).toEqual([{ price: '0.14', withdrawn: true }]);
  await book('prices', PRICES.replace('0,14', '0,15'));
  expect(await prices()).toMatchObject([{ withdrawn: true }, { price: '0.15', withdrawn: false }]);
  const kept = await rows<{ changes: object }>(
    database.kysely,
    sql`select changes from erp_items.price_change`,
  );
  expect(kept).toEqual([{ changes: { 'prices[A-1]': ['0.14 2026-01-01', null] } }]);
});

test('records that an import made are put out of use, and in use again by the next file', async () => {
  const customers = await book('customers', CUSTOMERS);
  const items = await book('items', ITEMS);
  const accounts = await book(
    'accounts',
    'Konto;Bezeichnung;Art;Bilanzposition\n1403;Bank 2;Aktiva;cash',
  );
  const standing = async () => {
    const numbers = ['10001', '10002'];
    const of = { legalEntity, role: 'customer', numbers } as const;
    const parties = await partiesByNumber(database.kysely, of);
    const things = await itemsByNumber(database.kysely, legalEntity, ['A-1', 'A-2']);
    const chart = await listAccounts(database.kysely, legalEntity);
    return [
      ...[...parties.values(), ...things.values()].map(({ status }) => status),
      chart.find(({ number }) => number === '1403')?.blocked === true ? 'inactive' : 'active',
    ];
  };
  for (const id of [customers, items, accounts]) expect(codeOf(await takeBack(id))).toBe('done');
  expect(new Set(await standing())).toEqual(new Set(['inactive']));
  await book('customers', CUSTOMERS);
  await book('items', ITEMS);
  await book('accounts', 'Konto;Bezeichnung;Art;Bilanzposition\n1403;Bank 2;Aktiva;cash');
  expect(new Set(await standing())).toEqual(new Set(['active']));
});

test('records that were changed, changed since, or that something stands on hold back their import', async () => {
  const id = await book('customers', CUSTOMERS);
  const items = await book(
    'receivables',
    'Kunde;Rechnung;Datum;Betrag\n10001;R-1;05.12.2025;10,00',
  );
  const codes = async (of: string) => {
    const tried = await tryIt(of);
    return tried.ok ? tried.value.held.map(({ line, code }) => [line, code]) : [];
  };
  expect(await codes(id)).toEqual([[2, 'imports.in-use']]);
  const second = await book('customers', CUSTOMERS.replace('Schmidt AG', 'Schmidt SE'));
  expect(await codes(second)).toEqual([[3, 'imports.only-changed']]);
  expect(await codes(id)).toEqual([
    [2, 'imports.in-use'],
    [3, 'imports.changed-since'],
  ]);
  expect(codeOf(await takeBack(id))).toBe('imports.already-used');
  await takeBack(items);
  expect(await codes(id)).toEqual([[3, 'imports.changed-since']]);
});
