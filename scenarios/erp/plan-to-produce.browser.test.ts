/**
 * A planner's day in real Chromium: a work order is planned, released, its steel issued by batch,
 * its sawing confirmed with scrap and times, hardened at a supplier's, ground, received and closed.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { doAct, openBooks } from '../open-books.ts';
import type { OpenBooks } from '../open-books.ts';

const PATIENT = { timeout: 60_000 };
const MARCH = '2026-03-02';

let books: OpenBooks;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [books, browser] = await Promise.all([openBooks(), startBrowser()]);
  await makeMasters(books);
  page = await books.signIn(browser);
}, 300_000);

afterAll(async () => {
  await browser.close();
  await books.rialto.stop();
}, 60_000);

/** A gear of batched steel: sawn here, hardened at Nord's, ground here. */
async function makeMasters({ send }: OpenBooks): Promise<void> {
  const supplier = await send('parties', { role: 'supplier', name: 'Haerterei Nord' });
  const house = await send('warehouses', { code: 'MAIN', name: 'Main', kind: 'plant' });
  const there = await send('warehouses', { code: 'NORD', name: 'At Nord', kind: 'subcontractor' });
  const made = { kind: 'finished', baseUnit: 'C62', costing: 'standard', standardCost: '9.00' };
  const steel = { name: 'Steel', kind: 'raw', baseUnit: 'KGM', batchManaged: true };
  const [steelId, gear] = [
    await send('items', steel),
    await send('items', { name: 'Gear', ...made }),
  ];
  const rates = [{ validFrom: '2026-01-01', machineRate: '60.00', labourRate: '30.00' }];
  const saw = await send('work-centres', { code: 'SAW', name: 'Saw', kind: 'machine', rates });
  const holds = { version: '1', baseQuantity: '1', validFrom: '2026-01-01' };
  const step = { kind: 'inside', workCentre: saw, setupSeconds: 0, runSeconds: '60' };
  const line = { line: '1', component: steelId, quantity: '2', scrapPercent: '0', operation: '10' };
  await send(`items/${gear}/boms`, { ...holds, lines: [line] });
  await send('routings', {
    item: gear,
    ...holds,
    operations: [
      { number: 10, name: 'Saw', ...step },
      {
        number: 20,
        name: 'Harden',
        kind: 'outside',
        supplier,
        unitPrice: '1.50',
        supplierWarehouse: there,
      },
      { number: 30, name: 'Grind', ...step },
    ],
  });
  await send('stock-adjustments', {
    postedOn: '2026-03-01',
    text: 'opening stock',
    lines: [{ item: steelId, warehouse: house, batch: 'B7', quantity: '100', unitCost: '2.00' }],
  });
}

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const operation = (name: string) =>
  page.getByRole('table', { name: 'Operations' }).getByRole('row', { name });
const isShown = (text: string) => page.getByText(text, { exact: true }).first().waitFor();

test('a work order is planned and released', async () => {
  await page.goto(books.at('/erp/work-orders?entity=DE01'));
  await page.getByRole('link', { name: 'New work order' }).first().click();
  const order = page.getByRole('form', { name: 'New work order' });
  await order.getByRole('combobox', { name: 'Item' }).pressSequentially('gea');
  await page.getByRole('option', { name: /Gear/ }).click();
  await order.getByLabel('Quantity').fill('20');
  await order.getByLabel('Start').fill(MARCH);
  await order.getByLabel('End').fill('2026-03-20');
  await order.getByRole('button', { name: 'Save' }).click();
  await heading('Work order WO-2026-000001').waitFor();
  expect(await page.getByText('planned', { exact: true }).count()).toBe(1);
  await page.locator('summary', { hasText: 'Release' }).click();
  const release = page.getByRole('form', { name: 'Release' });
  await release.getByRole('checkbox', { name: 'Steel' }).check(); // A person picks its batch.
  await release.getByRole('button', { name: 'Release' }).click();
  await isShown('released');
}, 180_000);

test('steel is issued by its batch, and sawing is confirmed with scrap, its reason and times', async () => {
  await doAct(page, 'Issue materials', { Posted: MARCH, 'Batch of line 10': 'B7' });
  const work = { Posted: MARCH, Began: '2026-03-02T07:00', Ended: '2026-03-02T09:00' };
  await doAct(page, 'Confirm work', { ...work, Good: '18', Scrap: '2', 'Why scrap': 'crooked' });
  await expect.poll(() => operation('Saw').innerText(), PATIENT).toMatch(/18 pc\s+2 pc/);
}, 180_000);

test('what a supplier does is ordered, shipped and comes back', async () => {
  await doAct(page, 'Order “Harden” outside'); // The 18 that were passed on stand there.
  await doAct(page, 'Ship for “Harden”', { Posted: '2026-03-04' });
  await doAct(page, 'Receive from “Harden”', {
    Good: '17',
    Scrap: '1',
    'Why scrap': 'brittle',
    Received: '2026-03-11',
  });
  await expect.poll(() => operation('Harden').innerText(), PATIENT).toMatch(/17 pc\s+1 pc/);
}, 180_000);

test('it is ground, received into stock and closed', async () => {
  await doAct(page, 'Confirm work', { Posted: '2026-03-12' });
  await doAct(page, 'Receive into stock', { Posted: '2026-03-12' });
  await isShown('17 / 20 pc');
  await doAct(page, 'Close the work order', { Posted: '2026-03-13', Reason: 'all are made' });
  await isShown('closed');
  expect(await page.locator('.rialto-tiles').innerText()).toMatch(/In work\s+0\.00 EUR/);
}, 180_000);
