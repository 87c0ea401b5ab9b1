/** The books through the API: founded, posted to, reported, closed; who may not is told so. */
import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#access';
import { listEvents } from '#audit';
import { addCloseTasks } from '#erp/ledger/closing';
import { instantOf } from '#kernel/time';
import { openBooks } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
const clock = () => instantOf(1_760_000_000_000);
beforeAll(async () => {
  books = await openBooks([2026]);
});
afterAll(() => books.close());

const entity = {
  code: 'DE01',
  name: 'Muster GmbH',
  country: 'DE',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  fiscalYears: [2026],
};
const rent = {
  postedOn: '2026-03-15',
  currency: 'EUR',
  text: 'rent of March',
  lines: [
    { account: '6200', amount: '100.00' },
    { account: '1400', amount: '-100.00' },
  ],
};

const read: Books['read'] = (...of) => books.read(...of);
const ask: Books['ask'] = (...of) => books.ask(...of);
const post = (payload: object, headers?: Readonly<Record<string, string>>) =>
  books.post('journal-entries', payload, headers);

test('a legal entity is founded once, with a chart and periods', async () => {
  expect(await ask('POST', '/v1/erp/legal-entities', entity)).toMatchObject({
    status: 409,
    body: { code: 'company.legal-entity-exists' },
  });
  expect((await ask('GET', '/v1/erp/legal-entities')).body).toMatchObject({
    items: [{ code: 'DE01', currency: 'EUR', version: 1 }],
  });
  expect((await read('accounts')).body['items']).toContainEqual(
    expect.objectContaining({ number: '1300', controlOf: 'receivable' }),
  );
  expect((await read('periods?year=2026')).body['items']).toHaveLength(14);
});

test('forms can ask what a document may be taxed, paid and counted by', async () => {
  const { body } = await read('trade-codes?on=2026-03-15');
  expect(body['taxCodes']).toContainEqual(
    expect.objectContaining({ code: 'OUT-STD', direction: 'output', percent: '19' }),
  );
  expect(body['paymentTerms']).toContainEqual(expect.objectContaining({ code: 'NET30' }));
  expect(body['units']).toContainEqual(
    expect.objectContaining({ code: 'C62', symbol: 'pc', scale: 0 }),
  );
});

test('an entry is posted once by its key, shown, and taken back', async () => {
  const key = { 'idempotency-key': 'rent-2026-03' };
  const first = await post(rent, key);
  expect(first.status).toBe(200);
  expect(first.body['number']).toMatch(/^JE-2026-/);
  expect((await post(rent, key)).body).toEqual(first.body);
  expect(await post({ ...rent, text: 'another' }, key)).toMatchObject({
    status: 409,
    body: { code: 'company.key-reused' },
  });
  const id = String(first.body['id']);
  const shown = await read(`journal-entries/${id}`);
  expect(shown.body).toMatchObject({ status: 'posted', lines: [{ amount: '100.00' }, {}] });
  expect((await read('journal-entries/je_none')).status).toBe(404);
  const listed = await read('journal-entries?account=6200&search=March&limit=1');
  expect(listed.body).toMatchObject({ items: [{ id }] });
  const reverse = (on: string) => books.post(`journal-entries/${id}/reverse`, { on });
  expect(await reverse('2026-03-16')).toMatchObject({ status: 200 });
  const posted = async (sort: string) =>
    z
      .array(z.looseObject({ postedOn: z.string() }))
      .parse((await read(`journal-entries?account=6200&sort=${sort}`)).body['items'])
      .map(({ postedOn }) => postedOn);
  const days = await posted('postedOn');
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual(days.toSorted());
  expect(await posted('-postedOn')).toEqual(days.toReversed());
  expect(await posted('number')).toHaveLength(days.length);
  expect(await reverse('2026-03-17')).toMatchObject({
    status: 409,
    body: { code: 'ledger.already-reversed' },
  });
  const events = await listEvents(books.database.kysely, { limit: 20, offset: 0 });
  expect(events.rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['ledger.entry-posted', 'ledger.entry-reversed']),
  );
});

test('what the business refuses says why, where, and with which code', async () => {
  const control = { account: '1300', amount: '100.00', party: 'cus_1' };
  const [, bank] = rent.lines;
  const refused = await post({ ...rent, lines: [control, bank] });
  expect(refused).toMatchObject({ status: 400, body: { code: 'ledger.control-account' } });
  expect(refused.body['detail']).toContain('lines.0.account');
  expect(refused.body['problems']).toEqual([
    { field: 'lines.0.account', reason: 'account 1300 is kept by documents, not by hand' },
  ]);
  expect(await post({ ...rent, lines: rent.lines.slice(1) })).toMatchObject({
    status: 400,
    body: { code: 'api.invalid-request' },
  });
  expect(await post({ ...rent, currency: 'USD' })).toMatchObject({
    body: { code: 'ledger.no-rate' },
  });
  const nowhere = await ask('POST', '/v1/erp/legal-entities/XX/journal-entries', rent);
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'ledger.no-such-legal-entity' } });
});

test('an accrual brings what takes it back; a rate makes a foreign entry possible', async () => {
  const rates = [{ from: 'EUR', to: 'GBP', type: 'spot', validOn: '2026-01-01', rate: '0.8' }];
  await ask('POST', '/v1/erp/exchange-rates', { items: rates });
  expect((await ask('GET', '/v1/erp/exchange-rates?from=EUR')).body).toEqual({ items: rates });
  const posted = await post({ ...rent, currency: 'GBP', reverseOn: '2026-04-01' });
  const reversal = posted.body['reversal'] as { id: string };
  expect((await read(`journal-entries/${reversal.id}`)).body).toMatchObject({
    kind: 'reversal',
    postedOn: '2026-04-01',
    lines: [{ amount: '-100.00', companyAmount: '-125.00' }, {}],
  });
  const flow = await ask('GET', '/v1/erp/documents/journal-entry/none/flow');
  expect(flow.body).toEqual({ links: [] });
});

test('reports of any day balance', async () => {
  await post(rent);
  const trial = await read('trial-balance?from=2026-03-01&to=2026-03-31');
  expect(trial.body).toMatchObject({ totals: { opening: '0.00', closing: '0.00' } });
  const { rows } = trial.body as unknown as { rows: { account: string; closing: string }[] };
  const closing = rows.find(({ account }) => account === '1400')?.closing ?? '';
  const statement = await read('accounts/1400/statement?from=2026-03-01&to=2026-03-31');
  const { items } = statement.body as unknown as { items: { balance: string }[] };
  expect(items.at(-1)?.balance).toBe(closing);
  const sheet = (await read('balance-sheet?on=2026-03-31')).body;
  expect(sheet['assets']).toBe(sheet['equityAndLiabilities']);
  const income = await read('income-statement?to=2026-03-31');
  expect(income.body).toMatchObject({ from: '2026-01-01', result: sheet['result'] });
  expect((await read('trial-balance')).status).toBe(400);
});

test('a period is closed when its tasks are done, and opened again with a reason', async () => {
  const context = { clock, by: 'ada', legalEntity: 'DE01' };
  const january = { fiscalYear: 2026, period: 1 };
  const task = { code: 'check', name: { en: 'Check', de: 'Prüfen' }, dueDays: 1 };
  await addCloseTasks(books.database.kysely, context, january, [task]);
  const change = (what: string, version: number, more = {}) =>
    books.post(`periods/2026/1/${what}`, { version, reason: 'month end', ...more });
  const refused = await change('close', 1);
  expect(refused).toMatchObject({ status: 409, body: { code: 'ledger.not-closable' } });
  expect(refused.body['detail']).toContain('tasks-unfinished');
  const [found] = (await read('periods/2026/1/tasks')).body['items'] as { id: string }[];
  const done = { version: 1, status: 'done' };
  expect(await books.post(`close-tasks/${found?.id}`, done)).toMatchObject({
    body: { status: 'done' },
  });
  expect(await change('soft-close', 1, { openTo: ['administrator'] })).toMatchObject({
    body: { status: 'soft-closed' },
  });
  expect((await post({ ...rent, postedOn: '2026-01-10' })).status).toBe(200);
  expect(await change('close', 2)).toMatchObject({ body: { status: 'closed' } });
  expect(await post({ ...rent, postedOn: '2026-01-10' })).toMatchObject({
    status: 409,
    body: { code: 'ledger.period-closed' },
  });
  expect(await change('reopen', 2)).toMatchObject({ body: { code: 'ledger.moved-on' } });
  expect(await change('reopen', 3)).toMatchObject({ body: { status: 'open' } });
});

test('an account is blocked by who last saw it', async () => {
  const change = (payload: object) => books.put(`accounts/6250`, payload);
  expect(await change({ version: 1, blocked: true })).toMatchObject({ body: { blocked: true } });
  expect(await change({ version: 1, blocked: false })).toMatchObject({ status: 409 });
});

test.each<[Role, number, number]>([
  ['controller', 200, 200],
  ['auditor', 200, 403],
  ['viewer', 403, 403],
])('%s: reading is %i, posting %i', async (role, reading, posting) => {
  const cookie = await books.someone(role);
  expect((await read('accounts', cookie)).status).toBe(reading);
  expect((await post(rent, cookie)).status).toBe(posting);
});
