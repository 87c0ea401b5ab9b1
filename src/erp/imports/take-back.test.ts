import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import {
  adjustStock,
  listPositions,
  listWarehouses,
  release,
  reserve,
  reverseDocuments,
} from '#erp/inventory';
import { itemsByNumber } from '#erp/items';
import { closePeriod, findPeriod } from '#erp/ledger/closing';
import { trialBalance } from '#erp/ledger/reports';
import { agingOf, allocate, listOpenItems } from '#erp/open-items';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { findImport } from './keep-import.ts';
import { takeBackImport } from './take-back.ts';
import type { ImportWish } from './run-import.ts';
import {
  bookWhole,
  bring,
  codeOf,
  context,
  OPENING,
  openBench,
  REASON,
  takeBackOn,
  tryOn,
  valueOf,
} from './testing.ts';

let database: Database;
beforeEach(async () => {
  database = await openBench();
});
afterEach(() => database.close());

const { legalEntity } = context;
const LAST = localDate('2026-12-31');
const CUSTOMERS = 'Kundennummer;Firma\n10001;Müller GmbH\n10002;Schmidt AG';
const SUPPLIERS = 'Supplier number;Name\n70001;Bolt Works';
const ITEMS = `
Artikelnummer; Bezeichnung; Art; Einheit; Bewertung
A-1; Schraube; Rohstoff; Stk; Durchschnitt
A-2; Blech; Rohstoff; kg; fifo
`;
const RECEIVABLES = `
Kunde; Rechnung; Rate; Datum; Fällig am; Betrag; Währung
10001; R-1; ; 05.12.2025; 04.01.2026; 1.190,00; EUR
10001; R-1; 2; 05.12.2025; 04.02.2026; 500,00; EUR
10001; G-1; ; 10.12.2025; ; -90,00; EUR
10002; R-2; ; 20.12.2025; ; 125,00; USD
`;
const PAYABLES = 'Lieferant;Beleg;Datum;Betrag\n70001;4711;01.12.2025;500,00';
const STOCK = 'Artikel;Lager;Menge;Wert\nA-1;MAIN;400;40,00\nA-2;MAIN;10,5;33,60';
const BALANCES = 'Konto;Soll;Haben\n1400;5.000,00;\n1300;1.700,00;\n3000;;6.700,00';

async function begin(): Promise<void> {
  await bring(database, 'customers', CUSTOMERS);
  await bring(database, 'suppliers', SUPPLIERS);
  await bring(database, 'items', ITEMS);
}

const book = (kind: ImportWish['kind'], text: string): Promise<string> =>
  bookWhole(database, kind, text);
const takeBack = (id: string, on = OPENING) => takeBackOn(database, id, on);
const tryIt = (id: string, on = OPENING) => tryOn(database, id, on);

/** What the books say, whatever way they came to it. */
async function books() {
  const handle = database.kysely;
  const trial = await transact(database, (tx) => trialBalance(tx, { legalEntity, to: LAST }));
  const standing = trial.rows.filter(({ closing }) => Number(closing) !== 0);
  const aging = (side: 'receivable' | 'payable') =>
    agingOf(handle, { legalEntity, side, asOf: LAST });
  const stock = await listPositions(handle, { legalEntity, inStock: true, limit: 100 });
  return {
    trial: standing.map(({ account, closing }) => [account, closing]),
    receivables: await aging('receivable'),
    payables: await aging('payable'),
    open: (await listOpenItems(handle, { side: 'receivable', state: 'open', limit: 100 })).length,
    stock: stock.map(({ item, owned, value }) => [item, owned, value]),
  };
}

const FILES = [
  ['receivables', RECEIVABLES, '1.190,00', '1.180,00'],
  ['payables', PAYABLES, '500,00', '510,00'],
  ['stock', STOCK, '40,00', '44,00'],
  ['balances', BALANCES, '5.000,00;\n1300;1.700,00', '5.100,00;\n1300;1.600,00'],
] as const;

test('after taking back, open items, stock, balances and the trial balance are as before', async () => {
  await begin();
  const ids: string[] = [];
  const stood = [await books()];
  for (const [kind, text] of FILES) {
    ids.push(await book(kind, text));
    stood.push(await books());
  }
  expect(stood[4]?.trial).not.toEqual(stood[0]?.trial);
  for (const id of ids) {
    const tried = await tryIt(id);
    const { held, problems, documents, totals } = valueOf(tried);
    expect([held, problems]).toEqual([[], []]);
    expect(documents.length).toBeGreaterThan(0);
    const result = await takeBack(id);
    const { takenBack, status } = valueOf(result);
    expect(status).toBe('taken-back');
    expect(takenBack).toMatchObject({ on: OPENING, by: 'ada', reason: REASON, documents, totals });
    for (const { of, difference } of takenBack?.agreement ?? []) {
      expect([of, difference]).toEqual([of, '0.00']);
    }
  }
  expect(await books()).toEqual(stood[0]);
});

test('taken back in the order in which it came, nothing of the others moves', async () => {
  await begin();
  const payables = await book('payables', PAYABLES);
  const stock = await book('stock', STOCK);
  const before = await books();
  const receivables = await book('receivables', RECEIVABLES);
  await takeBack(receivables);
  expect(await books()).toEqual(before);
  await takeBack(stock);
  expect((await books()).payables).toEqual(before.payables);
  await takeBack(payables);
  expect(await books()).toMatchObject({ trial: [], payables: [], stock: [] });
});

test('what was taken back books again, the same or corrected, and can be taken back again', async () => {
  await begin();
  for (const [kind, text, from, to] of FILES) {
    const first = await book(kind, text);
    const once = await books();
    await takeBack(first);
    const again = await book(kind, text);
    expect(await books()).toEqual(once);
    const other = await bring(database, kind, text.replace(from, to));
    expect(other.report.created).toBe(0); // Now it is the second that stands.
    await takeBack(again);
    const right = await bring(database, kind, text.replace(from, to));
    expect(right.report).toMatchObject({ status: 'booked', refused: 0 });
    expect(right.report.created).toBeGreaterThan(0);
  }
  const worth = new Set((await books()).stock.map(([, , value]) => value));
  expect(worth).toEqual(new Set(['33.60', '44.00']));
});

test('a try says what would be reversed, and leaves everything as it is', async () => {
  await begin();
  const id = await book('receivables', RECEIVABLES);
  const before = await books();
  const tried = await tryIt(id);
  expect(tried).toMatchObject({
    ok: true,
    value: {
      import: id,
      lines: 4,
      documents: [
        { kind: 'journal-entry', number: 'JE-2026-000001' },
        { kind: 'journal-entry', number: 'JE-2026-000002' },
      ],
    },
  });
  const totals = tried.ok ? tried.value.totals : [];
  expect(totals.find(({ of }) => of === 'receivable')).toMatchObject({
    before: '1700.00',
    after: '0.00',
  });
  expect(await books()).toEqual(before);
  expect(await findImport(database.kysely, id)).toMatchObject({ status: 'booked' });
});

test('taking back twice is refused, and two at once take back once', async () => {
  await begin();
  const id = await book('receivables', RECEIVABLES);
  const both = await Promise.all([takeBack(id), takeBack(id)]);
  expect(both.map(codeOf).toSorted()).toEqual(['done', 'imports.already-taken-back']);
  const third = await takeBack(id);
  expect(third).toMatchObject({ problem: { code: 'imports.already-taken-back' } });
  expect(await books()).toMatchObject({ trial: [], receivables: [], open: 0 });
  const twice = sql`insert into erp_imports.taken_back
    select * from erp_imports.taken_back where import = ${id}`;
  await expect(rows(database.kysely, twice)).rejects.toMatchObject({ code: '23505' });
});

test('an open item that is partly settled holds back the whole import, told by its line', async () => {
  await begin();
  const id = await book('receivables', RECEIVABLES);
  const items = await listOpenItems(database.kysely, { side: 'receivable', limit: 10 });
  const one = (raises: string) => items.find(({ amount }) => amount === raises)?.id ?? '';
  await transact(database, (tx) =>
    allocate(tx, context, [
      { raising: one('1190.00'), lowering: one('90.00'), amount: decimal('90.00'), on: OPENING },
    ]),
  );
  const before = await books();
  const tried = await tryIt(id);
  expect(tried.ok ? tried.value.held : []).toMatchObject([
    { line: 2, key: '10001 R-1', code: 'imports.settled' },
    { line: 4, key: '10001 G-1', code: 'imports.settled' },
  ]);
  const refused = await takeBack(id);
  expect(refused).toMatchObject({
    problem: { code: 'imports.already-used', reasons: [{ code: 'imports.settled' }, {}] },
  });
  expect(await books()).toEqual(before);
});

const placeOf = async (number: string) => {
  const items = await itemsByNumber(database.kysely, legalEntity, [number]);
  const [warehouse] = await listWarehouses(database.kysely, legalEntity);
  return { item: items.get(number)?.id ?? '', warehouse: warehouse?.id ?? '' };
};

test('stock that has moved or is promised is held by its line; what came beside it is not in the way', async () => {
  await begin();
  const id = await book('stock', STOCK);
  const adjust = async (number: string, quantity: string, unitCost?: string) => {
    const line = { ...(await placeOf(number)), quantity: decimal(quantity), reason: 'count' };
    const cost = unitCost === undefined ? {} : { unitCost: decimal(unitCost) };
    return await transact(database, (tx) =>
      adjustStock(tx, context, [{ postedOn: OPENING, text: 'x', lines: [{ ...line, ...cost }] }]),
    );
  };
  await adjust('A-1', '10', '5.00');
  const tried = await tryIt(id);
  expect(tried).toMatchObject({ value: { lines: 2, held: [], problems: [] } });
  const [out] = await adjust('A-1', '-3');
  const [promise] = await transact(database, async (tx) =>
    reserve(tx, context, [
      {
        ...(await placeOf('A-2')),
        quantity: decimal('1'),
        source: { area: 'sales', kind: 'sales-order', id: 'so_1' },
      },
    ]),
  );
  const held = await tryIt(id);
  expect(held.ok ? held.value.held : []).toMatchObject([
    { line: 2, message: 'its stock has moved since: adjustment on 2026-01-01' },
    { line: 3, code: 'imports.stock-promised' },
  ]);
  expect(codeOf(await takeBack(id))).toBe('imports.already-used');
  const promised = promise?.ok === true ? promise.value.id : '';
  await transact(database, (tx) => release(tx, context, [promised]));
  const issue = out?.ok === true ? out.value.id : '';
  const undo = { id: issue, postedOn: OPENING, text: 'miscounted' };
  await transact(database, (tx) => reverseDocuments(tx, context, [undo]));
  expect(codeOf(await takeBack(id))).toBe('done');
  expect((await books()).stock.map(([, ...rest]) => rest)).toEqual([['10', '50.00']]);
});

test('a stock document that was reversed by hand is no obstacle, and its lines book again', async () => {
  await begin();
  const id = await book('stock', STOCK);
  const [{ id: document } = { id: '' }] = await rows<{ id: string }>(
    database.kysely,
    sql`select id from erp_inventory.document`,
  );
  const undo = { id: document, postedOn: OPENING, text: 'by hand' };
  await transact(database, (tx) => reverseDocuments(tx, context, [undo]));
  expect(await takeBack(id)).toMatchObject({ value: { takenBack: { documents: [] } } });
  await book('stock', STOCK.replace('40,00', '41,00'));
});

test('nothing is taken back into a closed period, before the opening day, or of what booked nothing', async () => {
  await begin();
  const id = await book('payables', PAYABLES);
  const before = await books();
  const early = await takeBack(id, localDate('2025-12-31'));
  expect(codeOf(early)).toBe('imports.before-opening-day');
  const january = { fiscalYear: 2026, period: 1 };
  const closed = await transact(database, async (tx) => {
    const { version = 0 } = (await findPeriod(tx, legalEntity, january)) ?? {};
    return await closePeriod(tx, context, { ...january, version, reason: 'month end' });
  });
  expect(codeOf(closed)).toBe('done');
  expect(await tryIt(id)).toMatchObject({
    value: { problems: [{ code: 'ledger.period-closed' }] },
  });
  expect(codeOf(await takeBack(id))).toBe('ledger.period-closed');
  expect(await books()).toEqual(before);
  expect(codeOf(await takeBack(id, localDate('2026-02-01')))).toBe('done');
  const { report: tried } = await bring(database, 'customers', CUSTOMERS, { mode: 'dry-run' });
  expect(codeOf(await takeBack(tried.id))).toBe('imports.not-booked');
  const { report: same } = await bring(database, 'customers', CUSTOMERS);
  expect(codeOf(await takeBack(same.id))).toBe('imports.nothing-to-take-back');
  expect(codeOf(await takeBack('imp_none'))).toBe('imports.no-such-import');
});

test('killed in the middle, it leaves nothing behind', async () => {
  await begin();
  const id = await book('receivables', RECEIVABLES);
  const before = await books();
  const killed = transact(database, async (tx) => {
    const done = await takeBackImport(tx, context, { id, on: OPENING, reason: REASON });
    expect(codeOf(done)).toBe('done');
    const [{ pid } = { pid: 0 }] = await rows<{ pid: number }>(
      tx,
      sql`select pg_backend_pid() as pid`,
    );
    await rows(database.kysely, sql`select pg_terminate_backend(${pid})`);
    await rows(tx, sql`select 1`);
  });
  await expect(killed).rejects.toBeInstanceOf(Error);
  expect(await books()).toEqual(before);
  expect(await findImport(database.kysely, id)).toMatchObject({ status: 'booked' });
  expect(codeOf(await takeBack(id))).toBe('done');
});

test('PostgreSQL lets a key be booked once at a time, and keeps what was taken back', async () => {
  await begin();
  const id = await book('payables', PAYABLES);
  const again = (round: number) =>
    rows(
      database.kysely,
      sql`insert into erp_imports.booked_line (legal_entity, kind, key, fingerprint, import, target, round)
        select legal_entity, kind, key, fingerprint, import, target, ${round}
        from erp_imports.booked_line where import = ${id} and round = 1`,
    );
  await expect(again(1)).rejects.toMatchObject({ code: '23505' });
  await expect(again(2)).rejects.toMatchObject({ code: '23505' });
  await takeBack(id);
  await expect(again(3)).rejects.toMatchObject({ code: '23505' });
  await again(2);
  for (const statement of [
    sql`delete from erp_imports.taken_back`,
    sql`update erp_imports.taken_back set reason = 'another'`,
    sql`update erp_imports.booked_line set round = 9`,
  ]) {
    await expect(rows(database.kysely, statement)).rejects.toMatchObject({ code: 'RI001' });
  }
});
