import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ROUTES } from '#api-contract';
import { RUNNING } from './company.ts';
import { answerTo, replyTo } from './fixture-server.ts';
import { openPages } from './open-pages.ts';
import type { Look, OpenPages } from './open-pages.ts';

vi.setConfig({ testTimeout: 120_000 }); // Axe reads whole pages: a busy machine is slow, not broken.

let pages: OpenPages;

beforeAll(async () => {
  pages = await openPages();
}, 120_000);

afterAll(() => pages.close());

const visit = (path: string, look: Look = {}): Promise<Page> => pages.visit(path, look);
const whatAxeFinds = (page: Page): Promise<readonly string[]> => pages.whatAxeFinds(page);

const TOP = '/?q=top+5+suppliers';
const NARROW: Look = { width: 360 };

const STATES: readonly (readonly [string, string, Look, string])[] = [
  ['the start page', '/', {}, 'text=For example'],
  ['the start page, dark', '/', { dark: true }, 'text=For example'],
  ['a company that is written', '/', { behaviour: 'running' }, 'text=up to Jun 2025'],
  ['the same, German, 360 px', '/', { ...NARROW, german: true, behaviour: 'running' }, 'progress'],
  ['an answer', TOP, {}, 'svg path'],
  ['an answer, dark', TOP, { dark: true }, 'svg path'],
  ['an answer, 360 px', TOP, NARROW, 'svg path'],
  ['an answer in German', '/?q=Quartal', { german: true }, 'svg path'],
  ['a question back', '/?q=value', { dark: true }, 'text=Which one do you mean?'],
  ['an unsupported question', '/?q=weather', {}, 'text=That I cannot answer'],
  ['one number', '/?q=how+many', {}, '.rialto-numbers'],
  ['suppliers', '/suppliers', {}, 'table'],
  ['items, dark', '/items', { dark: true }, 'table'],
  ['orders, filtered', '/purchase-orders?supplier=supplier_1&status=issued', {}, 'table'],
  ['orders, dark', '/purchase-orders?status=issued', { dark: true }, 'table'],
  ['orders, 360 px, German', '/purchase-orders', { ...NARROW, german: true }, 'table'],
  ['a supplier', '/suppliers/supplier_1', {}, 'svg path'],
  ['a supplier, dark', '/suppliers/supplier_1', { dark: true }, 'svg path'],
  ['an item', '/items/item_1', {}, 'table'],
  ['an order', '/purchase-orders/po_1', {}, 'del'],
  ['an order, dark, 360 px', '/purchase-orders/po_1', { ...NARROW, dark: true }, 'del'],
  ['integrations', '/integrations', {}, 'text=Sync now'],
  ['integrations, 360 px, German', '/integrations', { ...NARROW, german: true }, '.rialto-reasons'],
  ['a running sync, dark', '/integrations', { dark: true, behaviour: 'running' }, 'progress'],
  ['runs', '/runs', {}, 'table'],
  ['runs, 360 px, dark', '/runs', { ...NARROW, dark: true }, 'table'],
  ['a run', '/runs/run_1', {}, 'table'],
  ['people', '/people', {}, 'table'],
  ['people, 360 px, German', '/people', { ...NARROW, german: true }, 'table'],
  ['the warehouse, built anew', '/warehouse', { german: true }, 'table'],
  ['the audit log', '/audit', {}, 'table'],
  ['the audit log, dark, 360 px', '/audit', { ...NARROW, dark: true }, 'table'],
  ['quarantine', '/quarantine', {}, 'table'],
  ['quarantine, 360 px', '/quarantine', NARROW, 'table'],
  ['loading', '/suppliers', { behaviour: 'loading' }, '[role=status][aria-label=Loading]'],
  ['a failure', '/suppliers', { behaviour: 'failed' }, '[role=alert]'],
  ['a failure, dark', '/suppliers', { behaviour: 'failed', dark: true }, '[role=alert]'],
  ['an empty list', '/items', { behaviour: 'empty' }, 'text=No items yet'],
  ['signed out', '/', { behaviour: 'signed-out' }, 'text=You are not signed in'],
  ['signed out, dark, German', '/', { behaviour: 'signed-out', dark: true, german: true }, 'h1'],
  ['nowhere', '/nowhere', {}, 'text=Nothing here'],
];

describe('in every state axe finds nothing, and nothing is wider than the screen', () => {
  test.each(STATES)('%s', async (_, path, look, sign) => {
    const page = await visit(path, look);
    await page.waitForSelector(sign, { state: 'attached' });
    expect(await whatAxeFinds(page)).toEqual([]);
    expect(await pages.overflow(page)).toBe(0);
    await page.context().close();
  });
});

describe('by keyboard alone', () => {
  test('the first stop skips to the content', async () => {
    const page = await visit('/suppliers');
    await page.waitForSelector('table');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.context().close();
  });

  test('a question is asked, and its words are in the address', async () => {
    const page = await visit('/');
    await page.waitForSelector('text=For example');
    await page.keyboard.press('/');
    await page.keyboard.type('top 5 suppliers');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article');
    expect(new URL(page.url()).searchParams.get('q')).toBe('top 5 suppliers');
    await page.context().close();
  });

  test('the palette finds a record and focus lands in its page', async () => {
    const page = await visit('/');
    await page.waitForSelector('text=For example');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('Hex bolt');
    await page.getByRole('option', { name: 'Hex bolt M8' }).waitFor();
    expect(await whatAxeFinds(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/items/item_4');
    await page.waitForFunction(() => document.activeElement?.id === 'main');
    await expect.poll(() => page.title()).toBe('Steel sheet 2 mm · Rialto');
    await page.context().close();
  });

  test('Enter that comes before the results goes to what is found, not to a question', async () => {
    const page = await visit('/');
    await page.waitForSelector('text=For example');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('Murano');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/suppliers/supplier_*');
    expect(new URL(page.url()).searchParams.get('q')).toBeNull();
    await page.context().close();
  });

  test('what matches nothing is asked', async () => {
    const page = await visit('/suppliers');
    await page.waitForSelector('table');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('top 5 by weight');
    await page.getByRole('option', { name: 'Ask: top 5 by weight' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForSelector('article');
    expect(new URL(page.url()).searchParams.get('q')).toBe('top 5 by weight');
    await page.context().close();
  });

  test('a question is completed with the arrows', async () => {
    const page = await visit('/');
    await page.getByRole('combobox', { name: 'Your question' }).fill('spend');
    await page.getByRole('option').first().waitFor();
    expect(await whatAxeFinds(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('[role=option][aria-selected=true]').textContent();
    await page.keyboard.press('Enter');
    await page.waitForSelector('article');
    expect(new URL(page.url()).searchParams.get('q')).toBe(chosen);
    await page.context().close();
  });

  test('g and a letter goes to a page, ? shows all keys, and both can be turned off', async () => {
    const page = await visit('/suppliers');
    await page.waitForSelector('table');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL('**/items');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await whatAxeFinds(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'account and settings' }).click();
    expect(await whatAxeFinds(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Single keys work' }).uncheck();
    await page.keyboard.press('Escape');
    await page.locator('#main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/items');
    await page.context().close();
  });

  test('a column is sorted, and the order is in the address', async () => {
    const page = await visit('/suppliers');
    expect(await page.locator('th[aria-sort=ascending]').textContent()).toBe('Supplier');
    await page.getByRole('button', { name: 'Supplier' }).press('Enter');
    await page.waitForURL('**/suppliers?sort=-name');
    expect(await page.locator('th[aria-sort=descending]').textContent()).toBe('Supplier');
    await page.context().close();
  });
});

describe('what a reader can rely on', () => {
  test('a number of the narrative shows its cell', async () => {
    const page = await visit(TOP);
    await page.getByRole('button', { name: '978,001.12' }).focus();
    expect(await page.locator('mark').textContent()).toBe('978,001.12');
    await page.getByRole('button', { name: 'Atelier Câblage SARL' }).focus();
    expect(await page.locator('mark').textContent()).toBe('Atelier Câblage SARL');
    await page.context().close();
  });

  test('a row of the answer leads to its record', async () => {
    const page = await visit(TOP);
    await page.locator('article').getByRole('link', { name: 'Lagunen Stahl GmbH' }).click();
    await page.waitForURL('**/suppliers/supplier_1');
    expect(await page.locator('h1').textContent()).not.toBe('');
    await page.context().close();
  });

  test('an option of a question back is asked', async () => {
    const page = await visit('/?q=value');
    await page.getByRole('button', { name: 'Spend: what was ordered' }).click();
    await page.waitForSelector('article');
    expect(new URL(page.url()).searchParams.get('q')).toBe('spend by supplier in 2025');
    await page.context().close();
  });

  test('a search narrows the list, and can be undone', async () => {
    const page = await visit('/suppliers');
    await page.getByRole('searchbox').fill('murano');
    await page.waitForURL('**/suppliers?search=murano');
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 8);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.context().close();
  });

  test('a running sync moves as the server tells', async () => {
    const page = await visit('/integrations');
    await page.getByRole('button', { name: 'Sync now: sample' }).waitFor();
    pages.behave('running');
    await pages.tell('run.progress', { kind: 'run.progress', run: RUNNING });
    const progress = page.getByText('reading Purchase order: 812 of 4,012');
    await progress.waitFor();
    expect(await progress.count()).toBe(1);
    await page.context().close();
  });

  test('amounts are written in the language chosen', async () => {
    const page = await visit('/purchase-orders', { german: true });
    await page.waitForSelector('text=3.951,00');
    await page.getByRole('button', { name: 'Konto und Einstellungen' }).click();
    await page.getByRole('radio', { name: 'English' }).click();
    await page.waitForSelector('text=3,951.00');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.context().close();
  });
});

const anyOf = (path: string): string =>
  path.replace(':id', 'x_1').replace(':name', 'erp').replace(':version', '2');

test('the recorded replies are what the contract says', () => {
  const gets = Object.values(ROUTES).filter(({ method }) => method === 'GET');
  const known = gets.flatMap(({ path, reply }) => {
    const recorded = replyTo(anyOf(path), new URLSearchParams(), 'ready');
    return recorded === undefined ? [] : [{ path, ok: reply.safeParse(recorded).error?.message }];
  });
  expect(known.length).toBeGreaterThan(25);
  expect(known.filter(({ ok }) => ok !== undefined)).toEqual([]);
  for (const question of ['value', 'weather', 'how many', 'by month', 'top 5']) {
    const sent: unknown = JSON.parse(JSON.stringify(answerTo(question)));
    expect(ROUTES.askQuestion.reply.safeParse(sent).error).toBeUndefined();
  }
});
