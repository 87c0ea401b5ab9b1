import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#database';
import { createLegalEntity, documentFlow } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { createAccounts, updateAccount } from './account.ts';
import { createCostCentres, updateCostCentre } from './cost-centre.ts';
import { setDetermination } from './determination.ts';
import type { EntryDraft } from './entry.ts';
import { createFiscalYear } from './period.ts';
import { postEntries } from './post-entries.ts';
import { entriesOf, findEntries, listEntries } from './read-entries.ts';
import { reverseByHand, reverseEntries } from './reverse-entries.ts';
import { STANDARD_CHART, STANDARD_DETERMINATION } from './standard-chart.ts';
import { context, entry, on, openBooks, rent, runIn, valueOf } from './testing.ts';

let database: Database;
const run = <T>(work: Parameters<ReturnType<typeof runIn>>[0]): Promise<T> =>
  runIn(database)(work) as Promise<T>;
const post = (drafts: readonly EntryDraft[]) =>
  runIn(database)((tx) => postEntries(tx, context, drafts));
const read = async (id: string) => (await findEntries(database.kysely, [id])).get(id);
const source = { area: 'receivables', kind: 'customer-invoice', id: 'ci_1', number: 'CI-1' };
const sale = (more: Partial<EntryDraft> = {}): EntryDraft =>
  entry(
    [
      { posting: { key: 'receivable' }, amount: decimal('119.00'), party: 'cus_1' },
      { posting: { key: 'revenue', itemGroup: 'finished' }, amount: decimal('-100.00') },
      { posting: { key: 'output-tax', taxCode: 'OUT-STD' }, amount: decimal('-19.00') },
    ],
    { kind: 'invoice', source, ...more },
  );

beforeAll(async () => {
  database = await openBooks();
  await run((tx) =>
    createCostCentres(tx, context, [
      {
        code: 'ADMIN',
        name: { en: 'Administration', de: 'Verwaltung' },
        validFrom: localDate('2026-01-01'),
      },
    ]),
  );
});
afterAll(() => database.close());

test('the standard chart names an account for every posting key', () => {
  const chart = new Set(STANDARD_CHART.map(({ number }) => number));
  expect(STANDARD_CHART.length).toBeGreaterThan(70);
  expect(STANDARD_CHART.every(({ name }) => name.en !== '' && name.de !== '')).toBe(true);
  expect(STANDARD_DETERMINATION.filter(({ account }) => !chart.has(account))).toEqual([]);
});

test('an entry is numbered, and its posting keys lead to accounts', async () => {
  const [posted] = await post([sale()]);
  const { id, number, lines } = valueOf(posted);
  expect(number).toMatch(/^JE-2026-\d{6}$/);
  expect(lines.map(({ account }) => account)).toEqual(['1300', '4010', '2110']);
  const kept = await read(id);
  expect(kept).toMatchObject({ kind: 'invoice', period: 3, status: 'posted', source, rate: '1' });
  expect(kept?.lines[2]).toMatchObject({ number: 3, amount: '-19.00', taxCode: 'OUT-STD' });
  expect((await entriesOf(database.kysely, 'ci_1')).map((each) => each.id)).toContain(id);
  expect(await documentFlow(database.kysely, 'customer-invoice', 'ci_1')).toMatchObject([
    { to: { kind: 'journal-entry', id } },
  ]);
});

test('the rule that names most decides on the account', async () => {
  await run((tx) =>
    setDetermination(tx, context, [
      { key: 'bank', bankAccount: 'usd', account: '1402' },
      { key: 'bank', account: '1400' },
    ]),
  );
  const bank = (bankAccount: string) =>
    entry([on('6200', '1'), { posting: { key: 'bank', bankAccount }, amount: decimal('-1') }]);
  const posted = await post([bank('usd'), bank('eur')]);
  expect(posted.map((each) => valueOf(each).lines[1]?.account)).toEqual(['1402', '1400']);
});

test.each([
  ['stock', '6390'],
  ['receivable', '1400'],
  ['payable', '1300'],
  ['revenue', '1300'],
  ['purchase-price-variance', '1210'],
])('no rule leads %s to %s: what documents keep, they alone keep', async (key, account) => {
  const rules = await run((tx) => setDetermination(tx, context, [{ key, account }]));
  expect(rules).toMatchObject([{ problem: { code: 'ledger.control-account', field: 'account' } }]);
});

test.each<[string, EntryDraft]>([
  ['ledger.not-balanced', entry([on('6200', '100.00'), on('1400', '-99.99')])],
  ['ledger.too-few-lines', entry([on('6200', '100.00')])],
  ['ledger.empty-line', entry([on('6200', '1'), on('1400', '-1'), on('1410', '0')])],
  ['ledger.no-such-account', entry([on('6666', '1'), on('1400', '-1')])],
  ['ledger.control-account', entry([on('1300', '1', { party: 'cus_1' }), on('1400', '-1')])],
  ['ledger.control-account', entry([on('1210', '1'), on('1400', '-1')])],
  [
    'ledger.control-account', // A document's line that names the account past the open items.
    sale({
      lines: [
        { posting: { key: 'receivable' }, amount: decimal('5.00'), party: 'cus_1' },
        on('1300', '-5.00', { party: 'cus_1' }),
      ],
    }),
  ],
  [
    'ledger.party-missing',
    sale({ lines: [{ posting: { key: 'receivable' }, amount: decimal('1') }, on('1400', '-1')] }),
  ],
  ['ledger.amount-too-large', rent('1000000000000000.00')],
  ['ledger.amount-not-at-scale', entry([on('6200', '1.005'), on('1400', '-1.005')])],
  ['ledger.wrong-currency', rent('1', { currency: 'euro' })],
  ['ledger.no-rate', rent('1', { currency: 'CHF' })],
  ['ledger.no-rate', rent('1', { currency: 'USD', rate: decimal('0') })],
  ['ledger.no-period', rent('1', { postedOn: localDate('2031-01-01') })],
  ['ledger.adjustment-day', rent('1', { adjustment: true })],
  ['ledger.no-such-legal-entity', rent('1', { legalEntity: 'XX' })],
  ['ledger.no-such-cost-centre', entry([on('6200', '1', { costCentre: 'X' }), on('1400', '-1')])],
  ['ledger.no-such-project', entry([on('6200', '1', { project: 'pj_x' }), on('1400', '-1')])],
  [
    'ledger.cost-centre-not-valid',
    entry([on('6200', '1', { costCentre: 'ADMIN' }), on('1400', '-1')], {
      postedOn: localDate('2025-12-31'),
    }),
  ],
])('%s: refused, and the drafts beside it go on', async (code, draft) => {
  const [before, refused, after] = await post([rent(), draft, rent()]);
  expect(refused).toMatchObject({ ok: false, problem: { code } });
  const numbers = [valueOf(before).number, valueOf(after).number].map((each) => each.slice(-6));
  expect(Number(numbers[1])).toBe(Number(numbers[0]) + 1);
});

test('an account is added once, and a wrong field is named', async () => {
  const draft = {
    number: '6999',
    name: { en: 'Sundry', de: 'Sonstiges' },
    kind: 'expense',
    statementLine: 'other-expense',
  } as const;
  const add = (more: object) => run((tx) => createAccounts(tx, context, [{ ...draft, ...more }]));
  expect(await add({})).toMatchObject([{ ok: true, value: { blocked: false, version: 1 } }]);
  expect(await add({})).toMatchObject([{ problem: { code: 'ledger.account-exists' } }]);
  for (const [field, value] of Object.entries({
    number: 'x',
    name: { en: ' ', de: '' },
    statementLine: 'cash',
    currency: 'euro',
    revaluationAccount: '9999',
  })) {
    expect(await add({ number: '6998', [field]: value })).toMatchObject([
      { problem: { code: 'ledger.bad-account', field } },
    ]);
  }
  expect(await post([entry([on('6999', '1'), on('1400', '-1')])])).toMatchObject([{ ok: true }]);
});

test('a posting key without a rule leads nowhere, and says so', async () => {
  const own = { ...context, legalEntity: 'AT01' };
  await run(async (tx) => {
    const austria = { name: 'A', country: 'AT', currency: 'EUR', timeZone: 'Europe/Vienna' };
    await createLegalEntity(tx, own, { code: 'AT01', ...austria });
    await createFiscalYear(tx, own, 2026);
  });
  const draft = sale({ legalEntity: 'AT01' });
  expect(await post([draft])).toMatchObject([{ problem: { code: 'ledger.no-account-for' } }]);
});

test('a blocked account takes nothing, and is posted to again once it is not', async () => {
  const change = (blocked: boolean, version: number) =>
    run((tx) => updateAccount(tx, context, { number: '6250', version, blocked }));
  const advert = entry([on('6250', '1'), on('1400', '-1')]);
  await change(true, 1);
  expect(await post([advert])).toMatchObject([{ problem: { code: 'ledger.account-blocked' } }]);
  expect(await change(false, 1)).toMatchObject({ problem: { code: 'ledger.moved-on' } });
  await change(false, 2);
  expect(await post([advert])).toMatchObject([{ ok: true }]);
});

test('an ended cost centre takes nothing after its last day', async () => {
  const centre = {
    code: 'SHOP',
    name: { en: 'Shop', de: 'Laden' },
    parent: 'ADMIN',
    validFrom: localDate('2026-01-01'),
  };
  await run((tx) => createCostCentres(tx, context, [centre]));
  const refusals = await run<unknown[]>((tx) =>
    createCostCentres(tx, context, [
      centre,
      { ...centre, code: 'A', parent: 'NONE' },
      { ...centre, code: 'B', validTo: localDate('2025-01-01') },
    ]),
  );
  expect(refusals).toMatchObject([
    { problem: { code: 'ledger.cost-centre-exists' } },
    { problem: { code: 'ledger.no-such-cost-centre' } },
    { problem: { code: 'ledger.bad-cost-centre' } },
  ]);
  const validTo = localDate('2026-03-14');
  await run((tx) => updateCostCentre(tx, context, { code: 'SHOP', version: 1, validTo }));
  const draft = entry([on('6200', '1', { costCentre: 'SHOP' }), on('1400', '-1')]);
  expect(await post([draft, { ...draft, postedOn: validTo }])).toMatchObject([
    { problem: { code: 'ledger.cost-centre-not-valid' } },
    { ok: true },
  ]);
});

test('foreign currency is kept at its rate; what rounding leaves goes to its own account', async () => {
  const draft = entry(
    [on('6200', '0.33'), on('6210', '0.33'), on('6220', '0.34'), on('1400', '-1.00')],
    { currency: 'USD', postedOn: localDate('2026-01-10') }, // 1 EUR is 1.25 USD.
  );
  const [posted] = await post([draft, { ...draft, rate: decimal('0.95') }]);
  const kept = await read(valueOf(posted).id);
  expect(kept).toMatchObject({ currency: 'USD', rate: '0.8000000000', rateOn: '2025-01-01' });
  expect(kept?.lines.map(({ companyAmount }) => companyAmount)).toEqual([
    '0.26',
    '0.26',
    '0.27',
    '-0.80',
    '0.01',
  ]);
  expect(kept?.lines[4]).toMatchObject({ account: '4330', amount: '0.00' });
});

test('amounts in company currency that were given are kept, and must balance', async () => {
  const paid = (loss: string) =>
    entry(
      [
        {
          posting: { key: 'payable' },
          amount: decimal('100.00'),
          companyAmount: decimal('80.00'),
          party: 'sup_1',
        },
        on('1400', '-100.00', { companyAmount: decimal('-90.91') }),
        on('6330', '0', { companyAmount: decimal(loss) }),
      ],
      { kind: 'payment', source, currency: 'USD' },
    );
  expect(await post([paid('10.91'), paid('10.90')])).toMatchObject([
    { ok: true },
    { problem: { code: 'ledger.not-balanced' } },
  ]);
});

test('an entry is reversed once, by one that names it, with every sign turned', async () => {
  const [posted] = await post([rent('12.34')]);
  const { id } = valueOf(posted);
  const wish = { id, on: localDate('2026-04-02') };
  const [first, same] = await run<Awaited<ReturnType<typeof reverseByHand>>>((tx) =>
    reverseByHand(tx, context, [wish, wish]),
  );
  const reversal = await read(valueOf(first).id);
  expect(same).toMatchObject({ problem: { code: 'ledger.already-reversed' } });
  expect(reversal).toMatchObject({ kind: 'reversal', reverses: id, period: 4 });
  expect(reversal?.lines.map(({ amount }) => amount)).toEqual(['-12.34', '12.34']);
  expect(await read(id)).toMatchObject({ status: 'reversed', reversedBy: reversal?.id });
  const again = await run((tx) =>
    reverseByHand(tx, context, [wish, { ...wish, id: reversal?.id ?? '' }, { ...wish, id: 'no' }]),
  );
  expect(again).toMatchObject([
    { problem: { code: 'ledger.already-reversed' } },
    { problem: { code: 'ledger.not-reversible' } },
    { problem: { code: 'ledger.no-such-entry' } },
  ]);
});

test('what comes from a document is taken back there', async () => {
  const [posted] = await post([sale()]);
  const wish = [{ id: valueOf(posted).id, on: localDate('2026-04-02') }];
  expect(await run((tx) => reverseByHand(tx, context, wish))).toMatchObject([
    { problem: { code: 'ledger.reverse-at-source' } },
  ]);
  expect(await run((tx) => reverseEntries(tx, context, wish))).toMatchObject([{ ok: true }]);
});

test('entries are found by day, account, number and text, page by page', async () => {
  const own = rent('77.00', { text: 'a very 100% special rent' });
  const [first, second] = await post([own, own]);
  const found = (query: object) =>
    listEntries(database.kysely, { legalEntity: 'DE01', limit: 1, ...query });
  const page = await found({ search: '100% special', account: '6200', period: 3, kind: 'manual' });
  expect(page.entries.map(({ id }) => id)).toEqual([valueOf(second).id]);
  const rest = await found({
    search: '100% special',
    ...(page.next === undefined ? {} : { after: page.next }),
  });
  expect(rest).toMatchObject({ entries: [{ id: valueOf(first).id }] });
  expect(rest.next).toBeUndefined();
  expect(await found({ number: valueOf(first).number })).toMatchObject({ entries: [{}] });
  expect((await found({ number: 'JE' })).entries).toEqual([]);
  const days = { from: localDate('2026-03-16'), to: localDate('2026-03-17'), fiscalYear: 2026 };
  expect((await found(days)).entries).toEqual([]);
});
