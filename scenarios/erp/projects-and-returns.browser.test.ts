/**
 * A project and two returns in real Chromium, by screen alone: planned, worked, changed by an order that
 * somebody else approves, a milestone reached and charged; then goods come back from a customer and go
 * back to a supplier, and an order that becomes dearer waits for another's approval.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { doAct, openBooks } from '../open-books.ts';
import type { OpenBooks } from '../open-books.ts';

const PATIENT = { timeout: 60_000 };
const MARCH = '2026-03-09';

let books: OpenBooks;
let browser: Browser;
let page: Page; // The owner's.
let other: Page; // Of somebody who approves what the owner asks for.

beforeAll(async () => {
  [books, browser] = await Promise.all([openBooks(), startBrowser()]);
  const { send } = books;
  await send('parties', { role: 'customer', name: 'Paper Mill South' });
  await send('parties', { role: 'supplier', name: 'Lamp Works' });
  await send('warehouses', { code: 'MAIN', name: 'Main', kind: 'plant' });
  await send('items', { name: 'Lamp', kind: 'stock', baseUnit: 'C62' });
  const rates = [{ validFrom: '2026-01-01', costRate: '50.00', billRate: '95.00' }];
  await send('project-resources', { code: 'EVA', name: 'Eva Weber', rates });
  page = await books.signIn(browser);
  other = await books.signIn(browser, { name: 'Ada', role: 'administrator' });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await books.rialto.stop();
}, 60_000);

const isShown = (text: string | RegExp, on = page) => on.getByText(text).first().waitFor();
const heading = (name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Begins something new of a list, in its form. */
async function begin(list: string, title: string) {
  await page.goto(books.at(`/erp/${list}?entity=DE01`));
  await page.getByRole('link', { name: title }).first().click();
  return page.getByRole('form', { name: title });
}

/** Finds a partner or an item by part of its name. */
async function pick(label: string, typed: string, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).pressSequentially(typed);
  await page.getByRole('option', { name }).click();
}

test('a project is planned and released, and hours are worked on it', async () => {
  const plan = await begin('projects', 'New project');
  await plan.getByLabel('Name').fill('Control of line 4');
  await plan.getByLabel('Start').first().fill('2026-03-01');
  await plan.getByLabel('End').first().fill('2026-04-30');
  await pick('Customer', 'paper', /Paper Mill/);
  const task = plan.getByRole('group', { name: 'Line 1' });
  await task.getByLabel('Task').fill('Design');
  await task.getByLabel('Planned hours').fill('40');
  await task.getByLabel('Planned cost').fill('2000.00');
  await task.getByLabel('Planned revenue').fill('4000.00');
  await task.getByLabel('End').fill('2026-02-01'); // Before it begins: said beside the task.
  await plan.getByRole('button', { name: 'Save' }).click();
  await task.getByText('it ends before it begins').waitFor();
  await task.getByLabel('End').fill('2026-03-31');
  await plan.getByRole('button', { name: 'Save' }).click();
  await heading(/^Project PJ-2026-000001/);
  await page.getByRole('button', { name: 'Release' }).click();
  await doAct(page, 'Record hours', { 'Worked on': MARCH, Hours: '10' });
  await doAct(page, 'Report progress', { 'Done, in %': '25', 'At the end of': MARCH });
  const actuals = page.getByRole('table', { name: 'What it cost and earned' });
  await expect.poll(() => actuals.innerText(), PATIENT).toMatch(/TS-2026-000001[^]*500\.00 EUR/);
}, 180_000);

test('more is asked for, and somebody else approves it', async () => {
  await doAct(page, 'Ask for a change', {
    'What changes': 'Second sensor',
    'More cost (less: below zero)': '500.00',
    'More revenue (less: below zero)': '1000.00',
  });
  await isShown('awaiting approval');
  await other.goto(page.url());
  const decision = other.getByRole('form', { name: 'Decide on CO-2026-000001' });
  await decision.getByLabel('Note').fill('agreed by phone');
  await decision.getByRole('button', { name: 'Approve' }).click();
  await isShown(/agreed by phone/, other);
  const milestones = other.getByRole('table', { name: 'Milestones' });
  await expect.poll(() => milestones.innerText(), PATIENT).toContain('5,000.00'); // 4,000 and 1,000.
}, 180_000);

test('a milestone is reached and charged', async () => {
  await page.reload();
  await doAct(page, 'Milestone reached', { Reached: '2026-03-27' });
  await doAct(page, 'Write the invoice', { Issued: '2026-03-27' });
  const invoice = page.getByRole('link', { name: 'CI-2026-000001' }).first();
  await invoice.click();
  await heading(/^Invoice CI-2026-000001/);
  expect(await page.locator('.rialto-tiles').innerText()).toContain('5,950.00'); // With its tax.
}, 180_000);

test('what was bought goes back in part', async () => {
  await begin('purchase-orders', 'New order');
  await pick('Supplier', 'lamp', /Lamp Works/);
  await pick('Item', 'lam', /Lamp/);
  const order = page.getByRole('form', { name: 'New order' });
  await order.getByLabel('Quantity').fill('10');
  await order.getByLabel('Unit price').fill('20.00');
  await order.getByRole('button', { name: 'Save and issue' }).click();
  await heading(/^Purchase order PO-2026-000001/);
  await doAct(page, 'Receive');
  await doAct(page, 'Send back', { 'Quantity of line 10': '4', Reason: 'scratched' });
  await expect
    .poll(() => page.getByRole('table', { name: 'Lines' }).innerText(), PATIENT)
    .toMatch(/\b6\b/);
  await page.getByRole('link', { name: 'GR-2026-000002' }).first().waitFor();
}, 180_000);

test('an order that becomes dearer than the limit waits until somebody else approves it', async () => {
  await page.request.put(books.at('/v1/erp/legal-entities/DE01/purchasing-settings'), {
    data: { approvalLimit: '250.00' },
    headers: { origin: new URL(books.rialto.address).origin },
  });
  await doAct(page, 'Change the order', { 'Quantity of line 10': '20', Reason: 'two shops more' });
  await isShown('awaiting approval');
  await other.goto(page.url());
  await isShown('two shops more', other);
  await doAct(other, 'Approve', { Reason: 'within the plan' });
  await isShown('partly received', other);
  expect(await other.getByRole('region', { name: 'Changes' }).innerText()).toMatch(/10 → 20/);
}, 180_000);

test('the palette finds a receipt by the beginning of its number', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('gr-2026');
  await page.getByRole('option', { name: /GR-2026-000002/ }).click();
  await heading(/^Goods receipt GR-2026-000002/);
  expect(await page.getByRole('table', { name: 'Lines' }).innerText()).toContain('-4'); // It went back.
}, 180_000);

test('what a customer sends back is taken back', async () => {
  await begin('sales-orders', 'New order');
  await pick('Customer', 'paper', /Paper Mill/);
  await pick('Item', 'lam', /Lamp/);
  const order = page.getByRole('form', { name: 'New order' });
  await order.getByLabel('Quantity').fill('3');
  await order.getByLabel('Unit price').fill('45.00');
  await order.getByRole('button', { name: 'Save and confirm' }).click();
  await heading(/^Sales order SO-2026-000001/);
  await doAct(page, 'Change the order', { 'Quantity of line 10': '2', Reason: 'one less' });
  await isShown('one less');
  await doAct(page, 'Deliver');
  await doAct(page, 'Take a return', { 'Quantity of line 10': '1', Reason: 'wrong colour' });
  await page.getByRole('link', { name: 'DN-2026-000002' }).first().waitFor();
  expect(await page.getByRole('region', { name: 'Changes' }).innerText()).toMatch(/3 → 2/);
}, 180_000);
