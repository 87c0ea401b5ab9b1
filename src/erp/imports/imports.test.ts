import { afterEach, beforeEach, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { trialBalance } from '#erp/ledger/reports';
import { listOpenItems } from '#erp/open-items';
import { bankAccountsOf, partiesByNumber } from '#erp/parties';
import { itemsByNumber } from '#erp/items';
import { bring, context, OPENING, openBench, tableOf } from './testing.ts';
import type { Brought } from './testing.ts';

let database: Database;
beforeEach(async () => {
  database = await openBench();
});
afterEach(() => database.close());

const outcomes = ({ lines }: Brought) =>
  lines.map(({ line, outcome, code }) => [line, outcome, ...(code === undefined ? [] : [code])]);
const { legalEntity } = context;

const CUSTOMERS = `
Kundennummer; Firma; Straße; PLZ; Ort; Land; USt-IdNr; Zahlungsbedingung; Kreditlimit; IBAN
10001; Müller GmbH; Hauptstr. 1; 80331; München; DE; DE123456789; NET30; 12.500,50; DE89 3704 0044 0532 0130 00
10002; Schmidt AG; ; ; ; DE; ; ; 1.000,00;
`;
const SUPPLIERS = 'Supplier number;Name\n70001;Bolt Works\n70002;Rohr KG';
const ITEMS = `
Artikelnummer; Bezeichnung; Art; Einheit; Warengruppe; Listenpreis; Andere Einheit; Faktor
A-1; Schraube; Rohstoff; Stk; raw; 0,15; XBX; 200
A-2; Blech; Rohstoff; kg; raw; 3,20; ;
`;
const RECEIVABLES = `
Kunde; Rechnung; Datum; Fällig am; Betrag; Währung
10001; R-1; 05.12.2025; 04.01.2026; 1.190,00; EUR
10001; G-1; 10.12.2025; ; -90,00; EUR
10002; R-2; 20.12.2025; ; 125,00; USD
`;
const PAYABLES = `
Lieferant; Beleg; Datum; Betrag
70001; 4711; 01.12.2025; 500,00
`;
const STOCK = `
Artikel; Lager; Menge; Einheit; Wert
A-1; MAIN; 2; XBX; 40,00
A-2; MAIN; 10,5; kg; 33,60
`;
const BALANCES = `
Konto; Bezeichnung; Soll; Haben
1400; Bank; 5.000,00;
1300; Forderungen; 1.200,00;
1200; Rohstoffe; 73,60;
2000; Verbindlichkeiten; ; 500,00
3000; Kapital; ; 5.773,60
`;

async function begin(): Promise<void> {
  for (const [kind, text] of [
    ['customers', CUSTOMERS],
    ['suppliers', SUPPLIERS],
    ['items', ITEMS],
  ] as const) {
    const { report, lines } = await bring(database, kind, text);
    expect([report.status, lines.filter(({ code }) => code !== undefined)]).toEqual(['booked', []]);
  }
}

test('customers come with address, tax number, terms and account; again, nothing changes', async () => {
  const first = await bring(database, 'customers', CUSTOMERS);
  expect(first.report).toMatchObject({
    status: 'booked',
    created: 2,
    formats: { decimalPoint: ',', ignored: [] },
  });
  const numbers = ['10001', '10002'];
  const found = await partiesByNumber(database.kysely, { legalEntity, role: 'customer', numbers });
  const one = found.get('10001');
  expect(one).toMatchObject({
    name: 'Müller GmbH',
    creditLimit: '12500.50',
    paymentTerms: 'NET30',
    taxIds: [{ scheme: 'vat', value: 'DE123456789' }],
    addresses: [{ kind: 'main', street: 'Hauptstr. 1', postalCode: '80331', country: 'DE' }],
  });
  const accounts = await bankAccountsOf(database.kysely, [one?.id ?? '']);
  expect(accounts).toMatchObject([{ iban: 'DE89370400440532013000', holder: 'Müller GmbH' }]);
  const again = await bring(database, 'customers', CUSTOMERS);
  expect(again.report).toMatchObject({ status: 'booked', created: 0, changed: 0, unchanged: 2 });
  const moved = await bring(database, 'customers', CUSTOMERS.replace('Hauptstr. 1', 'Ring 2'));
  expect(moved.lines[0]).toMatchObject({ line: 2, outcome: 'changed', message: 'addresses' });
  expect(moved.report).toMatchObject({ changed: 1, unchanged: 1 });
});

test('a dry run says line by line what booking would, and books nothing', async () => {
  const wrong = `
Kundennummer; Firma; Land; Kreditlimit; IBAN; Zahlungsbedingung
1; Gut; DE; 10,5; ;
2; Schlecht; Deutschland; ; ;
1; Doppelt; DE; ; ;
4; ; DE; ; ;
5; Konto; DE; ; DE00 3704;
6; Ziel; DE; ; ; MORGEN
7; Zahl; DE; zwölf; ;
`;
  const tried = await bring(database, 'customers', wrong, { mode: 'dry-run' });
  expect(tried.report).toMatchObject({ status: 'tried', lines: 7, created: 1, refused: 6 });
  const told = [
    [2, 'created'],
    [3, 'refused', 'imports.bad-value'],
    [4, 'refused', 'imports.twice'],
    [5, 'refused', 'imports.value-missing'],
    [6, 'refused', 'parties.invalid-iban'],
    [7, 'refused', 'imports.unknown-terms'],
    [8, 'refused', 'imports.bad-value'],
  ];
  expect(outcomes(tried)).toEqual(told);
  expect(tried.lines[1]).toMatchObject({ heading: 'Land', value: 'Deutschland' });
  const there = async () => rows(database.kysely, sql`select 1 from erp_parties.party`);
  expect(await there()).toEqual([]);
  expect((await bring(database, 'customers', wrong)).report.status).toBe('refused');
  expect(await there()).toEqual([]);
  const good = await bring(database, 'customers', wrong, { mode: 'good-lines' });
  expect(good.report.status).toBe('booked');
  expect(outcomes(good)).toEqual(told);
  expect(await there()).toHaveLength(1);
});

test('numbers and days that can be read in two ways are asked about, not guessed', async () => {
  const file = 'Customer;Invoice;Date;Amount\n1;R1;01/02/2026;1,234';
  const { report } = await bring(database, 'receivables', file);
  expect(report.problems.map(({ code, line }) => [code, line])).toEqual([
    ['imports.ambiguous-numbers', 2],
    ['imports.ambiguous-days', 2],
  ]);
  const mixed = 'Customer;Invoice;Date;Amount\n1;R1;13/02/2026;1.5\n1;R2;02/13/2026;1,5';
  const codes = (await bring(database, 'receivables', mixed)).report.problems.map(
    ({ code }) => code,
  );
  expect(codes).toEqual(['imports.mixed-numbers', 'imports.mixed-days']);
  const told = await bring(database, 'receivables', file, {
    decimalPoint: '.',
    days: 'MM/DD/YYYY',
  });
  expect(told.report.problems).toEqual([]);
  const sheet = await bring(database, 'receivables', '', {
    table: tableOf('Customer;Invoice;Date;Amount\n1;R1;2026-02-01;1234.567', 'xlsx'),
  });
  expect(sheet.report.problems).toEqual([]);
});

test('headings are recognised in both languages, named otherwise where asked, else missed', async () => {
  const missing = await bring(database, 'suppliers', 'Kreditor;Wer\n1;Rohr KG');
  expect(missing.report.problems).toMatchObject([{ code: 'imports.column-missing' }]);
  const named = await bring(database, 'suppliers', 'Kreditor;Wer\n1;Rohr KG', {
    columns: { name: 'Wer' },
  });
  expect(named.report).toMatchObject({ status: 'booked', created: 1 });
  const absent = await bring(database, 'suppliers', SUPPLIERS, { columns: { name: 'Wer' } });
  expect(absent.report.problems[0]).toMatchObject({ code: 'imports.no-such-column' });
});

test('a company begins: what is open, on hand and in the ledger agrees, and the rest is named', async () => {
  await begin();
  const units = await itemsByNumber(database.kysely, legalEntity, ['A-1', 'A-2']);
  expect(units.get('A-1')).toMatchObject({
    baseUnit: 'C62',
    units: [{ unit: 'XBX', numerator: '200' }],
  });
  expect((await bring(database, 'receivables', RECEIVABLES)).report).toMatchObject({ created: 3 });
  expect((await bring(database, 'payables', PAYABLES)).report).toMatchObject({ created: 1 });
  expect((await bring(database, 'stock', STOCK)).report).toMatchObject({ created: 2 });
  const items = await listOpenItems(database.kysely, { side: 'receivable', limit: 10 });
  expect(items).toMatchObject([
    { documentNumber: 'R-2', currency: 'USD', amount: '125.00', companyAmount: '100.00' },
    { documentNumber: 'R-1', amount: '1190.00', dueOn: '2026-01-04' },
    { documentNumber: 'G-1', effect: 'lowers', amount: '90.00', dueOn: '2026-01-09' },
  ]);
  const { report, lines } = await bring(database, 'balances', BALANCES);
  expect(report).toMatchObject({ status: 'booked', created: 2, compared: 3, refused: 0 });
  expect(
    lines.map(({ message }) => message ?? '').filter((said) => said.includes('differs')),
  ).toEqual([]);
  expect(report.agreement).toEqual([
    { of: 'receivable', ledger: '1200.00', subledger: '1200.00', difference: '0.00' },
    { of: 'payable', ledger: '-500.00', subledger: '-500.00', difference: '0.00' },
    { of: 'stock', ledger: '73.60', subledger: '73.60', difference: '0.00' },
  ]);
  expect(report.totals.find(({ of }) => of === 'opening-balance')).toMatchObject({ after: '0.00' });
  const trial = await transact(database, (tx) => trialBalance(tx, { legalEntity, to: OPENING }));
  expect(trial.rows.map(({ account, closing }) => [account, closing])).toEqual([
    ['1200', '73.60'],
    ['1300', '1200.00'],
    ['1400', '5000.00'],
    ['2000', '-500.00'],
    ['3000', '-5773.60'],
    ['3900', '0.00'],
  ]);
});

test('what was booked once is not booked again, and other values are refused', async () => {
  await begin();
  const entries = async () => rows(database.kysely, sql`select 1 from erp_ledger.journal_entry`);
  const files = [
    ['receivables', RECEIVABLES, '1.190,00', '1.191,00'],
    ['payables', PAYABLES, '500,00', '501,00'],
    ['stock', STOCK, '33,60', '33,70'],
    ['balances', 'Konto;Saldo\n1400;10,00\n3000;-10,00', '1400;10,00', '1400;11,00'],
  ] as const;
  for (const [kind, text] of files) await bring(database, kind, text);
  const before = await entries();
  for (const [kind, text, from, to] of files) {
    const again = await bring(database, kind, text);
    expect(again.report).toMatchObject({ status: 'booked', created: 0, refused: 0 });
    expect(again.report.unchanged).toBe(again.report.lines);
    const other = await bring(database, kind, text.replace(from, to));
    const codes = other.lines.flatMap(({ code }) => code ?? []);
    expect(codes).toEqual(kind === 'balances' ? [] : ['imports.other-values']);
    expect(other.report.status).toBe('refused');
  }
  expect(await entries()).toHaveLength(before.length);
});

test('balances that do not balance are refused, and control accounts that differ are named', async () => {
  const off = await bring(database, 'balances', 'Konto;Saldo\n1400;10,00\n3000;-9,00');
  expect(off.report).toMatchObject({
    status: 'refused',
    problems: [
      { code: 'imports.not-balanced', message: 'debit and credit of the file differ by 1.00 EUR' },
    ],
  });
  const { report, lines } = await bring(
    database,
    'balances',
    'Konto;Saldo\n1300;10,00\n3000;-10,00',
  );
  expect(report).toMatchObject({ status: 'booked', compared: 1, created: 1 });
  expect(lines[0]?.message).toContain('receivable differs by 10.00');
  const opening = await bring(database, 'balances', 'Konto;Saldo\n3900;1,00\n1400;-1,00');
  expect(outcomes(opening)[0]).toEqual([2, 'refused', 'imports.opening-account']);
});

test('one bad line of stock is told, and the good ones may go in without it', async () => {
  await begin();
  const text = `${STOCK.trim()}\nA-9; MAIN; 1; Stk; 1,00\nA-1; AWAY; 1; Stk; 1,00\nA-2; MAIN; -5; kg; 0,00`;
  const refused = await bring(database, 'stock', text);
  expect(refused.report.status).toBe('refused');
  expect(outcomes(refused)).toEqual([
    [2, 'created'],
    [3, 'created'],
    [4, 'refused', 'imports.unknown-item'],
    [5, 'refused', 'imports.unknown-warehouse'],
    [6, 'refused', 'imports.twice'],
  ]);
  const good = await bring(database, 'stock', text, { mode: 'good-lines' });
  expect(good.report).toMatchObject({ status: 'booked', created: 2, refused: 3 });
});

test('prices and accounts come in, and again change nothing', async () => {
  await begin();
  const prices =
    'Preisliste;Artikel;Preis;Gültig ab;Ab Menge\nSTD;A-1;0,14;01.01.2026;\nSTD;A-1;0,12;01.01.2026;100';
  expect((await bring(database, 'prices', prices)).report).toMatchObject({ created: 2 });
  expect((await bring(database, 'prices', prices)).report).toMatchObject({ unchanged: 2 });
  const accounts =
    'Konto;Bezeichnung;Art;Bilanzposition\n1403;Bank, Löhne;Aktiva;cash\n1400;Hausbank;asset;cash\n1300;X;Passiva;cash';
  const tried = await bring(database, 'accounts', accounts);
  expect(outcomes(tried)).toEqual([
    [2, 'created'],
    [3, 'changed'],
    [4, 'refused', 'imports.cannot-change'],
  ]);
  const right = accounts.split('\n').slice(0, 3).join('\n');
  expect((await bring(database, 'accounts', right)).report).toMatchObject({
    created: 1,
    changed: 1,
  });
  expect((await bring(database, 'accounts', right)).report).toMatchObject({ unchanged: 2 });
});

test('an import that is stopped leaves nothing behind, and too many lines are refused', async () => {
  const stop = new AbortController();
  const stopped = bring(database, 'suppliers', SUPPLIERS, {
    table: {
      ...tableOf(SUPPLIERS),
      async *lines() {
        yield* tableOf(SUPPLIERS).lines();
        stop.abort();
        stop.signal.throwIfAborted();
      },
    },
  });
  await expect(stopped).rejects.toThrow('aborted');
  expect(await rows(database.kysely, sql`select 1 from erp_imports.import`)).toEqual([]);
  const limits = { linesMax: 1, msMax: 1_000_000 };
  const { report } = await bring(database, 'suppliers', SUPPLIERS, { limits });
  expect(report).toMatchObject({
    status: 'refused',
    problems: [{ code: 'imports.too-many-lines' }],
  });
});
