import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { unlinkDocuments } from './documents.ts';
import {
  companyMigrations,
  createLegalEntity,
  documentFlow,
  dueDates,
  fiscalYearOf,
  linkDocuments,
  linkNewDocuments,
  listLegalEntities,
  once,
  paymentTerms,
  rateOn,
  ratesOn,
  setExchangeRates,
  setPaymentTerms,
  STANDARD_TERMS,
  takeNumbers,
} from './index.ts';
import {
  forgetKeys,
  listExchangeRates,
  setUnits,
  STANDARD_UNITS,
  units,
  updateLegalEntity,
} from './setup.ts';
import { addTaxCodes, endTaxCode, standardTaxCodes, taxCodes, taxOn } from './tax.ts';

let database: Database;
const clock = () => instantOf(1_760_000_000_000);
const context = { clock, by: 'ada' };
const germany = {
  code: 'DE01',
  name: 'Muster GmbH',
  country: 'DE',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};
const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
const day = localDate('2026-03-15');

beforeAll(async () => {
  database = await testDatabase([companyMigrations]);
  await run((tx) => createLegalEntity(tx, context, germany));
});
afterAll(() => database.close());

test('a legal entity is founded once, and a wrong field is named', async () => {
  const found = (draft: object) =>
    run((tx) => createLegalEntity(tx, context, { ...germany, code: 'UK01', ...draft }));
  expect(await found({ code: 'DE01' })).toMatchObject({
    ok: false,
    problem: { code: 'company.legal-entity-exists', field: 'code' },
  });
  for (const [field, value] of [
    ['code', 'de 01'],
    ['name', ' '],
    ['country', 'Germany'],
    ['country', 'DX'], // It looks like a code, and is none.
    ['currency', 'euro'],
    ['currency', 'EUX'],
    ['timeZone', 'Europe/Atlantis'],
    ['fiscalYearStartMonth', 13],
  ] as const) {
    expect(await found({ [field]: value })).toMatchObject({
      problem: { code: 'company.bad-legal-entity', field },
    });
  }
  expect((await listLegalEntities(database.kysely)).map(({ code }) => code)).toEqual(['DE01']);
});

test('legal entities are listed in the order they were founded, whatever they are called', async () => {
  const later = { ...context, clock: () => instantOf(1_760_000_000_001) };
  const nobody = transact(database, async (tx) => {
    await createLegalEntity(tx, later, { ...germany, code: 'AT01', country: 'AT' });
    throw new Error((await listLegalEntities(tx)).map(({ code }) => code).join(' '));
  });
  await expect(nobody).rejects.toThrow('DE01 AT01');
});

test('a change that was decided on old news is refused', async () => {
  const change = { code: 'DE01', version: 1, name: 'Muster AG', taxIds: [] };
  const first = await run((tx) => updateLegalEntity(tx, change));
  expect(first).toMatchObject({ ok: true, value: { name: 'Muster AG', version: 2 } });
  expect(await run((tx) => updateLegalEntity(tx, change))).toMatchObject({
    problem: { code: 'company.moved-on' },
  });
  expect(await run((tx) => updateLegalEntity(tx, { ...change, code: 'XX' }))).toMatchObject({
    problem: { code: 'company.no-such-legal-entity' },
  });
});

test('a fiscal year is named after the calendar year it ends in', () => {
  expect(fiscalYearOf(1, localDate('2025-12-31'))).toBe(2025);
  expect(fiscalYearOf(7, localDate('2025-06-30'))).toBe(2025);
  expect(fiscalYearOf(7, localDate('2025-07-01'))).toBe(2026);
});

test('numbers follow each other without a gap, whatever is rolled back and who comes at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uuid(),
      fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }), {
        minLength: 2,
        maxLength: 12,
      }),
      async (series, takes) => {
        const taken = await Promise.all(
          takes.map(({ count, fails }) =>
            run(async (tx) => {
              const numbers = await takeNumbers(tx, 'DE01', series, day, count);
              if (fails) throw new Error('rolled back');
              return numbers;
            }).catch(() => []),
          ),
        );
        const numbers = taken.flat().toSorted();
        expect(numbers).toEqual(
          numbers.map((_, at) => `${series}-2026-${String(at + 1).padStart(6, '0')}`),
        );
        expect(numbers).toHaveLength(
          takes.reduce((sum, { count, fails }) => sum + (fails ? 0 : count), 0),
        );
      },
    ),
    { numRuns: 15 },
  );
});

test('each fiscal year of each legal entity counts from one', async () => {
  await run((tx) =>
    createLegalEntity(tx, context, { ...germany, code: 'JUL', fiscalYearStartMonth: 7 }),
  );
  const take = (entity: string, on: string) =>
    run((tx) => takeNumbers(tx, entity, 'X', localDate(on), 1));
  expect(await take('JUL', '2026-06-30')).toEqual(['X-2026-000001']);
  expect(await take('JUL', '2026-07-01')).toEqual(['X-2027-000001']);
  expect(await take('DE01', '2026-07-01')).toEqual(['X-2026-000001']);
});

test('a rate is the newest at or before the day: direct, inverted, or by way of the euro', async () => {
  const spot = (from: string, to: string, validOn: string, rate: string) => ({
    from,
    to,
    type: 'spot' as const,
    validOn: localDate(validOn),
    rate: decimal(rate),
  });
  const results = await run((tx) =>
    setExchangeRates(tx, [
      spot('EUR', 'USD', '2026-01-01', '1.25'),
      spot('EUR', 'USD', '2026-02-01', '1.1'),
      spot('EUR', 'USD', '2026-02-01', '1.2'), // The later word counts.
      spot('EUR', 'GBP', '2026-01-15', '0.8'),
      spot('EUR', 'EUR', '2026-01-15', '0.8'),
      spot('EUR', 'CHF', '2026-01-15', '-1'),
    ]),
  );
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, false, false]);
  const wish = (from: string, to: string, on: string) =>
    rateOn(database.kysely, { from, to, on: localDate(on) });
  expect(await wish('EUR', 'USD', '2026-01-31')).toMatchObject({ rate: '1.25' });
  expect(await wish('EUR', 'USD', '2026-02-01')).toMatchObject({ rate: '1.2' });
  expect(await wish('USD', 'EUR', '2026-01-31')).toMatchObject({ rate: '0.8000000000' });
  expect(await wish('USD', 'GBP', '2026-01-31')).toEqual({
    rate: '0.6400000000',
    validOn: '2026-01-01',
    via: 'EUR',
  });
  expect(await wish('EUR', 'USD', '2025-12-31')).toBeUndefined();
  expect(await wish('EUR', 'CHF', '2026-02-01')).toBeUndefined();
  expect(await wish('CHF', 'CHF', '2026-02-01')).toMatchObject({ rate: '1' });
  expect(await ratesOn(database.kysely, [])).toEqual([]);
  const listed = await listExchangeRates(database.kysely, { from: 'EUR', to: 'USD', limit: 5 });
  expect(listed.map(({ rate }) => rate)).toEqual(['1.2', '1.25']);
});

test('standard terms say when to pay, also from the end of the month', async () => {
  await run((tx) => setPaymentTerms(tx, STANDARD_TERMS));
  const known = await paymentTerms(database.kysely);
  const due = (code: string, on: string) => {
    const terms = known.get(code);
    return terms === undefined ? undefined : dueDates(terms, localDate(on));
  };
  expect(due('2-10-NET30', '2026-01-31')).toEqual({
    dueOn: '2026-03-02',
    discounts: [{ percent: '2', until: '2026-02-10' }],
  });
  expect(due('EOM30', '2028-02-03')).toMatchObject({ dueOn: '2028-03-30' });
  expect(due('2-10-NET30', '9999-12-15')).toEqual({
    dueOn: '9999-12-31', // The calendar ends.
    discounts: [{ percent: '2', until: '9999-12-25' }],
  });
  const [bad] = await run((tx) =>
    setPaymentTerms(tx, [
      {
        code: 'BAD',
        name: { en: '', de: '' },
        dueDays: 5,
        endOfMonth: false,
        discounts: [{ days: 10, percent: decimal('2') }],
      },
    ]),
  );
  expect(bad).toMatchObject({ problem: { code: 'company.bad-payment-terms' } });
});

test('who acquires from another country of the Union owes the full rate, who supplies charges none', () => {
  const codes = standardTaxCodes('DE').filter(({ kind }) => kind === 'intra-community');
  expect(codes.map(({ code, percent }) => [code, percent])).toEqual([
    ['IN-EU', '19'],
    ['OUT-EU', '0'],
  ]);
});

test('a tax code has one rate on a day, and can end', async () => {
  const standard = standardTaxCodes('DE');
  const added = await run((tx) => addTaxCodes(tx, 'DE01', standard));
  expect(added.every(({ ok }) => ok)).toBe(true);
  const [again] = await run((tx) => addTaxCodes(tx, 'DE01', standard.slice(0, 1)));
  expect(again).toMatchObject({ problem: { code: 'company.tax-code-overlaps' } });
  const lastOn = localDate('2026-12-31');
  expect(await run((tx) => endTaxCode(tx, { legalEntity: 'DE01', code: 'IN-STD', lastOn }))).toBe(
    true,
  );
  const next = standard.slice(0, 1).map((code) => ({
    ...code,
    percent: decimal('20'),
    validFrom: localDate('2027-01-01'),
  }));
  expect(await run((tx) => addTaxCodes(tx, 'DE01', next))).toMatchObject([{ ok: true }]);
  const rate = async (on: string) =>
    (
      await taxCodes(database.kysely, {
        legalEntity: 'DE01',
        on: localDate(on),
        codes: ['IN-STD'],
      })
    ).map(({ percent }) => percent);
  expect(await rate('2026-12-31')).toEqual(['19']);
  expect(await rate('2027-01-01')).toEqual(['20']);
  expect(taxOn(decimal('10.05'), { percent: decimal('19') })).toBe('1.9095');
});

test('a wrong rate, share or day is refused by name', async () => {
  const [good] = standardTaxCodes('AT');
  const drafts = [
    { percent: decimal('101') },
    { recoverablePercent: decimal('-1') },
    { code: ' ' },
  ];
  const refused = await run((tx) =>
    addTaxCodes(
      tx,
      'DE01',
      drafts.flatMap((draft) => (good === undefined ? [] : [{ ...good, code: 'BAD', ...draft }])),
    ),
  );
  expect(refused).toHaveLength(3);
  for (const each of refused)
    expect(each).toMatchObject({ problem: { code: 'company.bad-tax-code' } });
  const rate = { from: 'EUR', to: 'USD', type: 'spot', validOn: day, rate: decimal('0') } as const;
  expect(await run((tx) => setExchangeRates(tx, [rate]))).toMatchObject([
    { problem: { code: 'company.bad-rate', field: 'rate' } },
  ]);
});

test('units have codes of Recommendation 20', async () => {
  await run((tx) => setUnits(tx, STANDARD_UNITS));
  expect((await units(database.kysely)).get('C62')).toMatchObject({ symbol: 'pc', scale: 0 });
  const [bad] = await run((tx) =>
    setUnits(tx, [{ code: 'piece', name: { en: '', de: '' }, symbol: '', scale: 0 }]),
  );
  expect(bad).toMatchObject({ problem: { code: 'company.bad-unit' } });
});

test('a request with a key happens once, also when it comes twice at the same time', async () => {
  let done = 0;
  const ask = (key: string, requestHash: string) =>
    run((tx) =>
      once(tx, clock, { scope: 'ada entries', key, requestHash }, () => {
        done += 1;
        return Promise.resolve({ done });
      }),
    );
  const answers = await Promise.all([ask('a', '1'), ask('a', '1'), ask('a', '1')]);
  expect(done).toBe(1);
  expect(answers.filter((each) => each.ok && each.value.again)).toHaveLength(2);
  for (const each of answers) expect(each).toMatchObject({ value: { answer: { done: 1 } } });
  expect(await ask('a', '2')).toMatchObject({ problem: { code: 'company.key-reused' } });
  expect(await forgetKeys(database.kysely, instantOf(1_760_000_000_001))).toBe(1);
  expect(await ask('a', '2')).toMatchObject({ value: { answer: { done: 2 } } });
});

test('the flow of a document has what it came of and what came of it', async () => {
  const ref = (kind: string, number: string) => ({ kind, id: `${kind}_${number}`, number });
  const [order, delivery, invoice, entry] = ['order', 'delivery', 'invoice', 'entry'].map((kind) =>
    ref(kind, '1'),
  ) as [never, never, never, never];
  const links = [
    { from: order, to: delivery },
    { from: delivery, to: invoice },
    { from: invoice, to: entry },
    { from: ref('order', '2'), to: ref('delivery', '2') },
  ];
  await run((tx) => linkNewDocuments(tx, links.slice(0, 2)));
  await run((tx) => linkDocuments(tx, links));
  await run((tx) => linkDocuments(tx, links));
  for (const [kind, id] of [
    ['invoice', 'invoice_1'],
    ['order', 'order_1'],
  ] as const) {
    const flow = await documentFlow(database.kysely, kind, id);
    expect(flow).toHaveLength(3);
  }
  await run((tx) => unlinkDocuments(tx, [{ from: delivery, to: invoice }]));
  expect(await documentFlow(database.kysely, 'order', 'order_1')).toEqual([links[0]]);
  expect(await documentFlow(database.kysely, 'entry', 'entry_1')).toEqual([links[2]]);
});
