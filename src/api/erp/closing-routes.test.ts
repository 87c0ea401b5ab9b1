/** What a month and a year take, over HTTP: revalued, planned, parked, recurring, closed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { idOf, once, openBooks, refused, rowsOf } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks([2025]);
});
afterAll(() => books.close());

const rent = (postedOn: string, amount = '100.00', more: object = {}) => ({
  postedOn,
  currency: 'EUR',
  text: 'rent',
  lines: [
    { account: '6200', amount, ...more },
    { account: '1400', amount: `-${amount}` },
  ],
});

test('open balances in foreign currency are shown, revalued once, and taken back', async () => {
  const rate = (validOn: string, type: string, value: string) => ({
    from: 'USD',
    to: 'EUR',
    type,
    validOn,
    rate: value,
  });
  await books.ask('POST', '/v1/erp/exchange-rates', {
    items: [rate('2025-01-01', 'spot', '0.8'), rate('2025-01-31', 'month-end', '0.9')],
  });
  const draft = { role: 'supplier', name: 'Bolt Works', currency: 'USD' };
  const supplier = idOf(await books.post('parties', draft));
  const days = { issuedOn: '2025-01-10', postedOn: '2025-01-10' };
  const lines = [{ text: 'advice', net: '100.00', account: '6250' }];
  const bill = { supplier, supplierNumber: 'US-1', ...days, lines };
  expect(await books.post('supplier-invoices', bill)).toMatchObject({ status: 200 });
  const path = 'periods/2025/1/revaluation';
  const expected = { currency: 'USD', balance: '-100.00', rate: '0.9', difference: '-10.00' };
  expect(rowsOf(await books.read(path))).toMatchObject([expected]);
  const done = await books.post(path, {});
  expect(done).toMatchObject({ status: 200, body: { revalued: [expected] } });
  const { id, reversal } = done.body['posted'] as { id: string; reversal: { id: string } };
  const said = { code: 'entry.foreign-currency', slots: { year: '2025', period: '1' } };
  expect((await books.read(`journal-entries/${id}`)).body).toMatchObject({
    kind: 'revaluation',
    postedOn: '2025-01-31',
    text: 'Foreign currency, FY 2025, period 1',
    said,
  });
  expect((await books.read(`journal-entries/${reversal.id}`)).body).toMatchObject({
    postedOn: '2025-02-01',
    said,
  });
  for (const asked of ['', '?lines=none']) {
    const [back, revalued, billed] = rowsOf(await books.read(`journal-entries${asked}`));
    expect([back, revalued]).toMatchObject([{ said }, { said }]);
    expect(billed).toMatchObject({ text: 'Bolt Works US-1' });
    expect(billed).not.toHaveProperty('said');
  }
  const again = await books.post(path, {});
  expect(again.body).toMatchObject({ revalued: [{ difference: '0.00' }] });
  expect(again.body).not.toHaveProperty('posted');
  expect(await books.read('periods/2031/1/revaluation')).toMatchObject({ status: 404 });
});

test('where four eyes are demanded an entry is parked by one and posted by another', async () => {
  await books.put('ledger-settings', { fourEyes: true });
  expect((await books.read('ledger-settings')).body).toEqual({ fourEyes: true });
  expect(await books.post('journal-entries', rent('2025-02-10'))).toMatchObject(
    refused(403, 'ledger.four-eyes'),
  );
  const parked = idOf(await books.post('parked-entries', rent('2025-02-10'), once('park-1')));
  const other = idOf(await books.post('parked-entries', rent('2025-02-11')));
  expect(rowsOf(await books.read('parked-entries'))).toMatchObject([
    { id: parked, version: 1, draft: { lines: [{ account: '6200', amount: '100.00' }, {}] } },
    { id: other },
  ]);
  const decide = (id: string, what: string, version: number, who = {}) =>
    books.post(`parked-entries/${id}/${what}`, { version }, who);
  const elsewhere = `${await books.elsewhere()}/parked-entries/${parked}`;
  for (const what of ['post', 'withdraw']) {
    expect(await books.ask('POST', `${elsewhere}/${what}`, { version: 1 })).toMatchObject(
      refused(404, 'ledger.no-such-parked-entry'),
    );
  }
  expect(await decide(parked, 'post', 1)).toMatchObject(refused(403, 'ledger.four-eyes'));
  const controller = await books.someone('controller');
  expect(await decide(parked, 'post', 9, controller)).toMatchObject(
    refused(409, 'ledger.moved-on'),
  );
  const posted = await decide(parked, 'post', 1, controller);
  expect(String(posted.body['number'])).toMatch(/^JE-2025-/);
  expect((await decide(other, 'withdraw', 1)).body).toEqual({ id: other });
  expect(await decide(other, 'post', 2, controller)).toMatchObject(
    refused(409, 'ledger.not-waiting'),
  );
  await books.put('ledger-settings', { fourEyes: false });
});

test('an entry recurs on its days, each once; a refused one stays due', async () => {
  const { postedOn: firstOn, currency, text, lines } = rent('2025-01-31');
  const draft = { currency, text, lines };
  const wish = { name: 'rent', everyMonths: 1, firstOn, draft };
  const id = idOf(await books.post('recurring-entries', wish));
  const post = (upTo: string) => books.post('recurring-postings', { upTo });
  const first = await post('2025-03-31');
  expect(first.body).toMatchObject({
    posted: [{ on: '2025-01-31', recurring: id }, { on: '2025-02-28' }, { on: '2025-03-31' }],
    refused: [],
  });
  expect((await post('2025-03-31')).body).toEqual({ posted: [], refused: [] });
  const late = await post('2026-01-31');
  expect(late.body['refused']).toMatchObject([{ on: '2026-01-31', code: 'ledger.no-period' }]);
  const change = (version: number, status: string) =>
    books.put(`recurring-entries/${id}`, { version, status });
  const [{ version } = {}] = rowsOf(await books.read('recurring-entries'));
  expect((await change(Number(version), 'ended')).body).toMatchObject({ status: 'ended' });
  expect(await change(Number(version), 'active')).toMatchObject(refused(409, 'ledger.moved-on'));
});

test('cost centres and determination are kept, and refuse what cannot be', async () => {
  const name = { en: 'Sales', de: 'Vertrieb' };
  const centre = { code: 'SALES', name, validFrom: '2025-01-01' };
  expect((await books.post('cost-centres', centre)).body).toMatchObject({ version: 1 });
  expect(await books.post('cost-centres', centre)).toMatchObject(
    refused(409, 'ledger.cost-centre-exists'),
  );
  const end = { version: 1, validTo: '2025-06-30' };
  expect((await books.put('cost-centres/SALES', end)).body).toMatchObject({ version: 2 });
  expect(await books.put('cost-centres/SALES', end)).toMatchObject(refused(409, 'ledger.moved-on'));
  const late = rent('2025-07-01', '5.00', { costCentre: 'SALES' });
  expect(await books.post('journal-entries', late)).toMatchObject(
    refused(400, 'ledger.cost-centre-not-valid'),
  );
  const rule = { key: 'revenue', itemGroup: 'spare', account: '4000' };
  expect((await books.post('account-determination', rule)).body).toEqual(rule);
  expect(rowsOf(await books.read('account-determination'))).toContainEqual(rule);
  expect(await books.post('account-determination', { ...rule, account: '0' })).toMatchObject(
    refused(404, 'ledger.no-such-account'),
  );
  expect(await books.post('account-determination', { ...rule, key: 'x' })).toMatchObject(
    refused(404, 'ledger.no-such-posting-key'),
  );
});

test('a budget is written, compared with the books, and stays once approved', async () => {
  const lines = [{ account: '6200', period: 2, amount: '500.00' }];
  const put = () => books.put('budgets/2025/v1', { title: 'Plan', lines });
  expect((await put()).body).toMatchObject({ status: 'draft', title: 'Plan' });
  const compared = rowsOf(await books.read('budgets/2025/v1/comparison?fromPeriod=2&toPeriod=2'));
  expect(compared.find(({ account }) => account === '6200')).toMatchObject({
    budget: '500.00',
    actual: '200.00', // Parked and posted, and recurring.
    variance: '-300.00',
  });
  expect((await books.post('budgets/2025/v1/approve', {})).body).toMatchObject({
    status: 'approved',
  });
  expect(await put()).toMatchObject(refused(409, 'ledger.budget-approved'));
  expect(rowsOf(await books.read('budgets'))).toHaveLength(1);
});

test('a year is opened, and closed when all its months are', async () => {
  const open = () => books.post('fiscal-years', { fiscalYear: 2026 });
  expect((await open()).body).toEqual({ fiscalYear: 2026, periods: 14 });
  expect(await open()).toMatchObject(refused(409, 'ledger.year-exists'));
  expect(await books.post('fiscal-years/2025/close', {})).toMatchObject(
    refused(409, 'ledger.year-open'),
  );
  for (let period = 1; period <= 13; period += 1) {
    if (period < 13) await books.post(`periods/2025/${period}/revaluation`, {});
    const change = { version: 1, reason: 'year end' };
    const closed = await books.post(`periods/2025/${period}/close`, change);
    expect(closed).toMatchObject({ status: 200 });
  }
  const closed = await books.post('fiscal-years/2025/close', {});
  expect(closed).toMatchObject({
    status: 200,
    body: { result: expect.stringMatching(/^-/) as unknown },
  });
  expect(closed.body).toHaveProperty('posted');
  const events = rowsOf(await books.read('period-events?year=2025'));
  expect(events).toHaveLength(13);
  expect(events[0]).toMatchObject({ from: 'open', to: 'closed', reason: 'year end' });
});

test('close tasks are added to a period: the usual ones, or those named', async () => {
  const usual = await books.post('periods/2026/1/tasks', {});
  expect(rowsOf(usual).map(({ code }) => code)).toContain('revaluation');
  const task = {
    code: 'tax',
    name: { en: 'Tax', de: 'Steuer' },
    dueDays: 9,
    dependsOn: ['review'],
  };
  const more = await books.post('periods/2026/1/tasks', { tasks: [task] });
  expect(rowsOf(more).at(-1)).toMatchObject({ code: 'tax', dependsOn: ['review'] });
  const wrong = { ...task, code: 'vat', dependsOn: ['nothing'] };
  expect(await books.post('periods/2026/1/tasks', { tasks: [wrong] })).toMatchObject(
    refused(400, 'ledger.bad-task'),
  );
});

test.each<[Role, readonly number[]]>([
  ['controller', [200, 200, 200]],
  ['auditor', [200, 403, 403]],
  ['buyer', [403, 403, 403]],
])('%s: reading budgets, parking and opening a year answer %j', async (role, expected) => {
  const who = await books.someone(role);
  const answers = [
    await books.read('budgets', who),
    await books.post('parked-entries', rent('2026-02-10'), who),
    await books.post('fiscal-years', { fiscalYear: 2030 }, who),
  ];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});
