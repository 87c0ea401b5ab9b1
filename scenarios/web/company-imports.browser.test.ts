/**
 * A company that begins, in real Chromium: a file of customers is tried, its good lines are booked,
 * then what a customer owes comes in, the bank tells of the payment, and the line is explained; and
 * money goes to another account of ours, of which both banks tell.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { openBooks } from '../open-books.ts';
import type { OpenBooks } from '../open-books.ts';

const PATIENCE_MS = 60_000; // A busy machine is slow, not broken.
const PATIENT = { timeout: PATIENCE_MS };
const BOOKS = '/v1/erp/legal-entities/DE01';

let books: OpenBooks;
let browser: Browser;
let page: Page;

const card = (name: string) => page.getByRole('region', { name, exact: true });

beforeAll(async () => {
  [books, browser] = await Promise.all([openBooks(), startBrowser()]);
  await books.send('own-bank-accounts', {
    code: 'MAIN',
    name: 'Hausbank',
    iban: 'DE89370400440532013000',
    currency: 'EUR',
    ledgerAccount: '1400',
    clearingAccount: '1409',
  });
  page = await books.signIn(browser);
}, 300_000);

afterAll(async () => {
  await browser.close();
  await books.rialto.stop();
}, 60_000);

/** Chooses a file of some lines and tries it. */
async function tryFile(name: string, lines: readonly string[]): Promise<void> {
  const buffer = Buffer.from(lines.join('\n'));
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Try it' }).click();
  await card('What came of it').getByText(name).waitFor();
}

test('a file is tried, what is wrong with it is told, and its good lines are booked', async () => {
  await page.getByRole('link', { name: 'Bring in data', exact: true }).click();
  await tryFile('customers.csv', [
    'Customer number,Name,Country',
    '10001,Bazaar,DE',
    '10002,Kiosk,Germany',
  ]);
  const outcome = card('What came of it');
  await outcome.getByText('This was a dry run: nothing was booked.').waitFor();
  await outcome.getByRole('row', { name: /^3.*Country.*Germany/ }).waitFor();
  await outcome.getByRole('button', { name: 'Book the good lines' }).click();
  await outcome.getByText('It is booked.').waitFor();
  await outcome.getByRole('link', { name: 'Customers' }).click();
  await page.getByRole('link', { name: 'Bazaar' }).waitFor();
  expect(await page.getByRole('link', { name: 'Kiosk' }).count()).toBe(0);
}, 180_000);

test('open items are posted on the opening day', async () => {
  await page.goto(books.at('/erp/imports?entity=DE01'));
  await page.getByLabel('What the file is about').first().selectOption('receivables');
  await page.getByLabel('Posted on the opening day').fill('2026-01-01');
  await tryFile('owed.csv', [
    'Kunde;Rechnung;Rechnungsdatum;Fällig am;Betrag',
    '10001;R-2025-881;05.12.2025;04.01.2026;1.190,00',
  ]);
  await card('What came of it').getByRole('button', { name: 'Book it' }).click();
  await card('What came of it').getByText('It is booked.').waitFor();
  const owed = await books.rialto.request('GET', `${BOOKS}/receivables?state=open`);
  expect(owed).toMatchObject({ items: [{ documentNumber: 'R-2025-881', open: '1190.00' }] });
}, 180_000);

test('a statement is brought in, its payment is found, its fees are explained by hand', async () => {
  await page.goto(books.at('/erp/bank-accounts?entity=DE01'));
  await page.getByRole('link', { name: 'Hausbank' }).click();
  await page.locator('summary', { hasText: 'Bring in a statement' }).click();
  const lines = ['day;amount;text', '12.01.2026;1190,00;R-2025-881', '31.01.2026;-4,50;fees'];
  await page.getByLabel('Statement file').setInputFiles({
    name: 'january.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByLabel('Number of the statement').fill('2026-01');
  await page.getByLabel('Opening balance in EUR').fill('0');
  await page.getByRole('form', { name: 'Bring in a statement' }).getByRole('button').last().click();
  const waiting = card('To be explained');
  await waiting.getByRole('button', { name: 'That is it: R-2025-881' }).click();
  await expect.poll(() => waiting.getByText('R-2025-881').count(), PATIENT).toBe(0);
  await waiting.locator('summary', { hasText: 'Explain by hand' }).click();
  await waiting.getByRole('button', { name: 'Explain by hand' }).click();
  await page.getByText('Every line is explained').waitFor();
  expect(await books.rialto.request('GET', `${BOOKS}/receivables?state=open`)).toEqual({
    items: [],
  });
}, 180_000);

test('money between our own accounts is written once, and found on both statements', async () => {
  await books.send('own-bank-accounts', {
    code: 'SAVE',
    name: 'Savings',
    iban: 'DE02120300000000202051',
    currency: 'EUR',
    ledgerAccount: '1401',
    clearingAccount: '1409',
  });
  await page.goto(books.at('/erp/bank-transfers?entity=DE01'));
  await page.getByRole('link', { name: 'New transfer' }).first().click();
  const form = page.getByRole('form', { name: 'New transfer' });
  await form.getByLabel('From account').selectOption('MAIN · Hausbank (EUR)');
  await form.getByLabel('To account').selectOption('MAIN · Hausbank (EUR)');
  await form.getByLabel('Posted').fill('2026-02-02');
  await form.getByLabel('Amount').fill('300.00');
  await form.getByRole('button', { name: 'Post' }).click();
  const wrong = 'account MAIN is named at both ends: choose another one for the money to go to';
  await form.getByText(wrong).first().waitFor();
  await form.getByLabel('To account').selectOption('SAVE · Savings (EUR)');
  await form.getByRole('button', { name: 'Post' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bank transfer BT-2026-000001' }).waitFor();
  await page.getByText('in transit').first().waitFor();
  const line = { bookedOn: '2026-02-03', remittance: 'BT-2026-000001' };
  const told = { format: 'manual', fromOn: '2026-02-01', toOn: '2026-02-28', reference: '2026-02' };
  const statements = `${BOOKS}/bank-statements`;
  await books.rialto.request('POST', statements, {
    ...told,
    account: 'MAIN',
    opening: '1185.50',
    closing: '885.50',
    lines: [{ ...line, amount: '-300.00', counterpartyIban: 'DE02120300000000202051' }],
  });
  await books.rialto.request('POST', statements, {
    ...told,
    account: 'SAVE',
    opening: '0.00',
    closing: '300.00',
    lines: [{ ...line, amount: '300.00', counterpartyIban: 'DE89370400440532013000' }],
  });
  for (const account of ['Hausbank', 'Savings']) {
    await page.goto(books.at('/erp/bank-accounts?entity=DE01'));
    await page.getByRole('link', { name: account }).click();
    const waiting = card('To be explained');
    await waiting.getByRole('button', { name: /^That is it/ }).click();
    await page.getByText('Every line is explained').waitFor();
  }
  await page.goto(books.at('/erp/bank-transfers?entity=DE01&status=arrived'));
  await page.getByRole('link', { name: 'BT-2026-000001' }).click();
  await page.getByText('on the statement', { exact: true }).last().waitFor();
  expect(await page.getByText('on the statement', { exact: true }).count()).toBe(2);
  expect(await page.locator('summary', { hasText: 'Take the transfer back' }).count()).toBe(0);
  const flow = page.getByRole('region', { name: 'Flow of the document' }).last();
  expect(await flow.getByText('Bank statement').count()).toBe(2);
}, 180_000);

test('the palette finds a customer of the books, and the pages of the company', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('bazaa');
  await page
    .getByRole('option', { name: /Bazaar/ })
    .first()
    .click();
  await page.waitForURL('**/erp/customers/*');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Bazaar');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('exchange');
  await page.getByRole('option', { name: /Exchange rates/ }).click();
  await page.waitForURL('**/erp/exchange-rates*');
}, 120_000);
