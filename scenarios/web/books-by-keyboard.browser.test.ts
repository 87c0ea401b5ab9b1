/**
 * The books without a mouse, in real Chromium: a list is searched and ordered, an order is opened and
 * delivered, its flow leads to the journal; at every step the eye finds the focus.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { openBooks } from '../open-books.ts';
import type { OpenBooks } from '../open-books.ts';

const ORDERS = 20;
const TABS_MOST = 90;

let books: OpenBooks;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [books, browser] = await Promise.all([openBooks(), startBrowser()]);
  await sellLamps(books);
  page = await books.signIn(browser);
  await page.setViewportSize({ width: 1_280, height: 600 });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await books.rialto.stop();
}, 60_000);

async function sellLamps({ send }: OpenBooks): Promise<void> {
  const customer = await send('parties', { role: 'customer', name: 'Kiosk' });
  const item = await send('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' });
  const warehouse = await send('warehouses', { code: 'MAIN', name: 'Main', kind: 'store' });
  const there = { item, warehouse, quantity: '100', unitCost: '40.00' };
  const on = '2026-03-02';
  await send('stock-adjustments', { postedOn: on, text: 'opening stock', lines: [there] });
  const lines = [{ item, quantity: '2', unitPrice: '90.00', warehouse }];
  for (let left = ORDERS; left > 0; left -= 1) {
    const id = await send('sales-orders', { customer, issuedOn: on, lines });
    await send(`sales-orders/${id}/steps`, { step: 'confirm', version: 1 });
  }
}

const held = () => page.locator(':focus');
const holds = async (wanted: Locator): Promise<boolean> => (await held().and(wanted).count()) > 0;

/** Goes on by the key until something is reached. Answers what hid behind the header on the way. */
async function tabTo(wanted: Locator): Promise<readonly string[]> {
  const header = await page.getByRole('banner').boundingBox();
  const hidden: string[] = [];
  for (let left = TABS_MOST; left > 0; left -= 1) {
    await page.keyboard.press('Tab');
    const inPage = page.locator('main :focus');
    const place = (await inPage.count()) === 0 ? null : await inPage.boundingBox();
    if (place !== null && header !== null && place.y < header.height) {
      hidden.push((await held().getAttribute('aria-label')) ?? (await held().innerText()));
    }
    if (await holds(wanted)) return hidden;
  }
  throw new Error(`${String(wanted)} was not reached`);
}

const called = (role: 'button' | 'link', name: string | RegExp) => page.getByRole(role, { name });

test('a list is searched and ordered, and nothing that has the focus hides behind the header', async () => {
  await page.goto(books.at('/erp/sales-orders'));
  await called('link', 'SO-2026-000020').waitFor();
  expect(await tabTo(called('button', 'Number'))).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=number/);
  expect(await holds(called('button', 'Number'))).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.type('SO-2026-000007');
  await page.waitForURL(/search=SO-2026-000007/);
  await called('link', 'SO-2026-000008').waitFor({ state: 'detached' });
  expect(await holds(page.getByRole('searchbox'))).toBe(true);
});

test('an order is opened and delivered; the focus stays on the page when the form is gone', async () => {
  await tabTo(called('link', 'SO-2026-000007'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Sales order SO-2026-000007' }).waitFor();
  await page.locator('main:focus').waitFor();
  await tabTo(page.locator('summary', { hasText: 'Deliver' }));
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Deliver' });
  await form.getByLabel('Posted').fill('2026-03-03');
  await tabTo(form.getByRole('button', { name: 'Deliver' }));
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  expect(await holds(page.getByRole('main'))).toBe(true);
});

test('its flow leads to the delivery and on to the journal; Escape leaves a dialog where one was', async () => {
  const delivery = called('link', 'DN-2026-000001');
  expect(await tabTo(delivery)).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await holds(delivery)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Delivery DN-2026-000001' }).waitFor();
  await tabTo(called('link', /^JE-2026-/));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Journal entry JE-2026-/ }).waitFor();
});
