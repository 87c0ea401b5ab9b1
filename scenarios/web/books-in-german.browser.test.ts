/**
 * The journal read in German, in real Chromium: what Rialto worded is said in German, what a person
 * typed stays as it was typed, and what was done stands in words in a document's history.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { openBooks } from '../open-books.ts';
import type { OpenBooks } from '../open-books.ts';

const ON = '2026-03-02';

let books: OpenBooks;
let browser: Browser;
let page: Page;
let typed: string;

beforeAll(async () => {
  [books, browser] = await Promise.all([openBooks(), startBrowser()]);
  await deliverLamps(books);
  typed = await books.send('journal-entries', {
    postedOn: ON,
    currency: 'EUR',
    text: 'delivery DN-2026-000001',
    lines: [
      { account: '6200', amount: '100.00' },
      { account: '1400', amount: '-100.00' },
    ],
  });
  page = await books.signIn(browser);
  await page.evaluate(() => localStorage.setItem('rialto-language', 'de'));
}, 300_000);

afterAll(async () => {
  await browser.close();
  await books.rialto.stop();
}, 60_000);

async function deliverLamps({ send }: OpenBooks): Promise<void> {
  const customer = await send('parties', { role: 'customer', name: 'Kiosk' });
  const item = await send('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' });
  const warehouse = await send('warehouses', { code: 'MAIN', name: 'Main', kind: 'store' });
  const there = { item, warehouse, quantity: '100', unitCost: '40.00' };
  await send('stock-adjustments', { postedOn: ON, text: 'opening stock', lines: [there] });
  const lines = [{ item, quantity: '2', unitPrice: '90.00', warehouse }];
  const order = await send('sales-orders', { customer, issuedOn: ON, lines });
  await send(`sales-orders/${order}/steps`, { step: 'confirm', version: 1 });
  const left = [{ order, line: 10, quantity: '2' }];
  await send('deliveries', { shippedOn: ON, postedOn: ON, lines: left });
}

test('the journal says in German what Rialto worded, and nothing that a person did', async () => {
  await page.goto(books.at('/erp/journal-entries?entity=DE01'));
  const rows = page.getByRole('table').getByRole('row');
  await rows.filter({ hasText: 'Lieferung DN-2026-000001' }).waitFor();
  const told = (await rows.allInnerTexts()).slice(1).map((row) => row.split('\t').slice(2, 4));
  expect(told).toEqual([
    ['von Hand', 'delivery DN-2026-000001'],
    ['Warenbewegung', 'Lieferung DN-2026-000001'],
    ['Warenbewegung', 'opening stock'],
  ]);
});

test('an entry says the same on its page, and in its history in words what was done', async () => {
  const text = page.locator('dt:text-is("Text") + dd');
  await page.getByRole('link', { name: 'JE-2026-000002' }).click();
  await page.getByRole('heading', { level: 1, name: 'Buchung JE-2026-000002' }).waitFor();
  expect(await text.innerText()).toBe('Lieferung DN-2026-000001');
  await page.goto(books.at(`/erp/journal-entries/${typed}?entity=DE01`));
  await page.getByRole('heading', { level: 1, name: 'Buchung JE-2026-000003' }).waitFor();
  expect(await text.innerText()).toBe('delivery DN-2026-000001');
  const deeds = page.locator('.erp-history b');
  await deeds.first().waitFor();
  expect(await deeds.allInnerTexts()).toEqual(['Gebucht']);
});

test('on the narrowest phone no long word of a figure is cut off', async () => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(books.at('/erp/journal-entries?entity=DE01'));
  await page.getByRole('link', { name: 'JE-2026-000002' }).click();
  const figures = page.locator('.rialto-tile dd');
  await figures.getByText('Warenbewegung').waitFor();
  const cut = await figures.evaluateAll((all) =>
    all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
});
