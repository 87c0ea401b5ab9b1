/** What books are kept by, over HTTP: accounts, payment terms and tax codes are added, and told back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBooks, refused, rowsOf, TODAY } from './testing.ts';
import type { Books } from './testing.ts';

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const name = { en: 'Trade fairs', de: 'Messen' };

test('an account is added to the chart, and posted to', async () => {
  const draft = { number: '6555', name, kind: 'expense', statementLine: 'other-expense' };
  const made = await books.post('accounts', draft, { 'idempotency-key': 'acc' });
  expect(made).toMatchObject({ status: 200, body: { number: '6555', version: 1 } });
  expect(await books.post('accounts', draft)).toMatchObject(refused(409, 'ledger.account-exists'));
  for (const wrong of [{ number: '6556', statementLine: 'none' }, { number: 'x' }]) {
    const asked = await books.post('accounts', { ...draft, ...wrong });
    expect(asked).toMatchObject(refused(400, 'ledger.bad-account'));
  }
  expect(rowsOf(await books.read('accounts'))).toContainEqual(made.body);
  const lines = [
    { account: '6555', amount: '10.00' },
    { account: '1400', amount: '-10.00' },
  ];
  const entry = { postedOn: TODAY, currency: 'EUR', text: 'a stand', lines };
  expect((await books.post('journal-entries', entry)).status).toBe(200);
});

test('payment terms are added and replaced', async () => {
  const draft = { code: 'NET21', name, dueDays: 21, discounts: [{ days: 7, percent: '1.5' }] };
  expect(await books.post('payment-terms', draft)).toMatchObject({ body: { code: 'NET21' } });
  expect((await books.post('payment-terms', { ...draft, dueDays: 22 })).status).toBe(200);
  const late = { ...draft, discounts: [{ days: 30, percent: '1' }] };
  expect(await books.post('payment-terms', late)).toMatchObject(
    refused(400, 'company.bad-payment-terms'),
  );
  const { body } = await books.read('trade-codes');
  expect(body['paymentTerms']).toContainEqual({ ...draft, dueDays: 22, endOfMonth: false });
});

test('a tax code is added, ended, and goes on at another rate', async () => {
  const draft = { code: 'OUT-BOOKS', name, direction: 'output', kind: 'reduced', percent: '7' };
  const from = (validFrom: string, percent: string) =>
    books.post('tax-codes', { ...draft, percent, validFrom });
  expect(await from('2025-01-01', '7')).toMatchObject({ body: { code: 'OUT-BOOKS' } });
  expect(await from('2026-01-01', '5')).toMatchObject(refused(400, 'company.tax-code-overlaps'));
  const end = () => books.post('tax-codes/OUT-BOOKS/end', { lastOn: '2025-12-31' });
  expect((await end()).status).toBe(200);
  expect(await end()).toMatchObject(refused(400, 'company.bad-tax-code'));
  expect((await from('2026-01-01', '5')).status).toBe(200);
  const { body } = await books.read('trade-codes?on=2026-06-01');
  expect(body['taxCodes']).toContainEqual(
    expect.objectContaining({ code: 'OUT-BOOKS', percent: '5' }),
  );
  const seller = await books.someone('seller');
  const asked = { ...draft, validFrom: '2027-01-01' };
  expect((await books.post('tax-codes', asked, seller)).status).toBe(403);
});
