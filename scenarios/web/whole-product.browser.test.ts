/**
 * A reader's day with the whole product: a real server on its embedded PostgreSQL with a
 * workshop's files, in real Chromium. Each test goes on from the state the one before left the server in.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../web/testing/browser.ts';
import { localDate } from '#kernel/time';
import { writeWorkshop } from '../../src/main/workshop/write-workshop.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';
import { editFile, writeLargerCompany } from './larger-company.ts';

const PATIENCE_MS = 60_000; // A busy machine is slow, not broken.
const COPIES = 12;

let rialto: RunningRialto;
let browser: Browser;
let reader: BrowserContext;
let page: Page;
const shop = mkdtempSync(join(tmpdir(), 'rialto-workshop-'));
const folder = mkdtempSync(join(tmpdir(), 'rialto-larger-'));
const PATIENT = { timeout: PATIENCE_MS };
const today = (): string => new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  [rialto, browser] = await Promise.all([startRialto({ flags: ['--empty'] }), startBrowser()]);
  await writeWorkshop({ folder: shop, seed: 4600, asOf: localDate(today()) });
  await rialto.command(
    'connect',
    'file',
    '--name',
    'sample',
    '--path',
    shop,
    '--mapping',
    'sample',
  );
  await rialto.command('sync', 'sample');
  reader = await browser.newContext({ locale: 'en-US', acceptDownloads: true });
  reader.setDefaultTimeout(PATIENCE_MS);
  page = await reader.newPage();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await rialto.stop();
  for (const each of [shop, folder]) rmSync(each, { recursive: true, force: true });
}, 60_000);

const at = (path: string): string => new URL(path, rialto.address).href;
const searchOf = (): URLSearchParams => new URL(page.url()).searchParams;
const linesIn = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, 'utf8')).trimEnd().split('\r\n');

async function signInLink(): Promise<string> {
  const reply = await rialto.request('POST', '/v1/sign-in-links', {});
  return at(String(Reflect.get(Object(reply), 'path')));
}

/** Downloads what a click hands over, and reads its lines. */
async function download(click: () => Promise<void>): Promise<readonly string[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return linesIn(await file.path());
}

const amountOf = (text: string): number => Number(text.replace(/[^\d.]/g, ''));

test('the one-time link signs in, and works once', { timeout: 120_000 }, async () => {
  await page.goto(at('/'));
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  const link = /Sign in \(once\):\s+(\S+)/.exec(rialto.printed())?.[1] ?? '';
  await page.goto(link);
  await page.getByRole('combobox', { name: 'Your question' }).waitFor();
  const stranger = await browser.newContext({ locale: 'en-US' });
  const second = await stranger.newPage();
  await second.goto(link);
  expect(await second.textContent('body')).not.toContain('Your question');
  expect(await second.getByRole('combobox').count()).toBe(0);
  await stranger.close();
});

test('a question is answered, and a figure leads to its cell, its orders, a record, its history', {
  timeout: 180_000,
}, async () => {
  await page.getByRole('combobox', { name: 'Your question' }).fill('top 5 suppliers by spend');
  await page.keyboard.press('Enter');
  await page.locator('article table').waitFor();
  expect(searchOf().get('q')).toBe('top 5 suppliers by spend');
  expect(await page.locator('article tbody tr').count()).toBe(5);

  const said = page.locator('.rialto-narrative button').first();
  await said.click();
  const cell = await page.locator('mark').first().textContent();
  expect(amountOf(cell ?? '')).toBe(amountOf((await said.textContent()) ?? '-'));
  expect(amountOf(cell ?? '')).toBeGreaterThan(1000);

  const supplier = await page.locator('article tbody a').first().textContent();
  await page.locator('article tbody tr').first().getByRole('link').last().click();
  await page.waitForURL('**/purchase-orders?*');
  await page.locator('main tbody tr').first().waitFor();
  await page.locator('.rialto-filter-chip', { hasText: supplier ?? 'nobody' }).waitFor();

  const lines = await download(() => page.getByRole('link', { name: 'Export CSV' }).click());
  const [head = '', ...rows] = lines;
  const netAt = head.split(',').indexOf('Net amount');
  const sum = rows.reduce((total, row) => total + Math.round(Number(cellOf(row, netAt)) * 100), 0);
  expect(sum / 100).toBeCloseTo(amountOf(cell ?? ''), 2); // The orders behind it add up to it.

  const number = (await page.locator('main tbody a').first().textContent()) ?? '';
  await page.locator('main tbody a').first().click();
  await page.getByRole('heading', { level: 1, name: number }).waitFor();
  await page.getByText('Header and lines agree exactly').waitFor();
  const history = page.getByRole('region', { name: 'Change history' });
  await history.locator('ol').getByText('Created').waitFor();
  expect(await history.textContent()).toContain('purchase-orders.csv line');
});

/** One cell of a CSV line; a quoted one may hold commas. */
function cellOf(line: string, place: number): string {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return (cells[place] ?? '').replace(/,$/, '');
}

test('what is asked next goes on from the answer, and a reload keeps it; a proposal stands for itself', {
  timeout: 120_000,
}, async () => {
  const box = page.getByRole('combobox', { name: 'Your question' });
  const rowsOf = page.locator('article tbody tr');
  await page.goto(at('/?q=top+3+suppliers+by+spend'));
  await expect.poll(() => rowsOf.count(), PATIENT).toBe(3);
  const first = await rowsOf.allTextContents();

  await box.fill('all of them');
  await page.keyboard.press('Enter');
  await page.getByText('Read as going on from').waitFor();
  await expect.poll(() => rowsOf.count(), PATIENT).toBeGreaterThan(3);
  expect((await rowsOf.allTextContents()).slice(0, 3)).toEqual(first);
  expect(searchOf().get('q')).toBe('all of them');
  await page.reload();
  await page.getByText('Read as going on from').waitFor();
  await expect.poll(() => rowsOf.count(), PATIENT).toBeGreaterThan(3);

  const proposal = page.getByRole('group', { name: 'Ask next' }).getByRole('button').first();
  const said = await proposal.textContent();
  await proposal.click();
  await expect.poll(() => searchOf().get('q'), PATIENT).toBe(said);
  expect(searchOf().has('after')).toBe(false);
  await page.locator('article table, article .rialto-number').first().waitFor();
});

test('in German it answers in German', { timeout: 120_000 }, async () => {
  await page.getByRole('button', { name: 'account and settings' }).click();
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.goto(at('/?q=Top+3+Lieferanten+nach+Einkaufsvolumen'));
  await page.locator('article table').waitFor();
  expect(await page.locator('article tbody tr').count()).toBe(3);
  const figure = page.locator('article tbody tr').first().getByRole('link').last();
  expect(await figure.textContent()).toMatch(/^\d{1,3}(\.\d{3})*,\d{2}$/);
  expect(await page.textContent('main')).toContain('Verstanden als');
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click();
  await page.getByRole('radio', { name: 'English' }).click();
  await page.getByText('Read as').waitFor();
});

test('search, filter, order and page are in the address, and a reload restores them', {
  timeout: 180_000,
}, async () => {
  await page.goto(at('/purchase-orders'));
  await page.getByLabel('Status', { exact: true }).selectOption('closed');
  await page.waitForURL('**?status=closed');
  await page.getByRole('button', { name: 'Net amount' }).click();
  await page.waitForURL('**sort=netAmount**');
  await page.getByLabel('Rows per page').selectOption('25');
  await page.waitForURL('**pageSize=25**');
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.waitForURL('**page=2**');
  await page.getByText(/^26–50 of/).waitFor();
  const rows = await page.locator('tbody tr').allTextContents();
  expect(rows).toHaveLength(25);
  await page.reload();
  await page.getByText(/^26–50 of/).waitFor();
  expect(await page.locator('tbody tr').allTextContents()).toEqual(rows);
  expect(await page.getByLabel('Status', { exact: true }).inputValue()).toBe('closed');

  const total = amountOf((await page.getByText(/^26–50 of/).textContent())?.split('of')[1] ?? '');
  const lines = await download(() => page.getByRole('link', { name: 'Export CSV' }).click());
  expect(lines).toHaveLength(total + 1); // All pages of the filtered list, and the head.

  await page.goto(at('/suppliers'));
  await page.getByRole('searchbox').fill('gmbh');
  await page.waitForURL('**/suppliers?search=gmbh');
  await expect
    .poll(
      async () =>
        (await page.locator('tbody tr').allTextContents()).every((row) => /gmbh/i.test(row)),
      { timeout: PATIENCE_MS },
    )
    .toBe(true);
  await page.reload();
  expect(await page.getByRole('searchbox').inputValue()).toBe('gmbh');
  await page.goBack();
  await page.waitForURL('**/purchase-orders**');
});

test('a folder is connected and synced from the screen, watched, left and found again', {
  timeout: 300_000,
}, async () => {
  await writeLargerCompany(shop, folder, COPIES);
  await page.goto(at('/integrations'));
  await page.getByRole('link', { name: 'Connect a system' }).click();
  await page.getByRole('radio', { name: /^Files/ }).check();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('works');
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(folder);
  await page.getByLabel('Mapping', { exact: true }).selectOption('sample');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('heading', { name: 'works is connected' }).waitFor();
  await page.getByRole('button', { name: 'Test: works' }).click();
  await page.getByText('✓ passed').first().waitFor();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByRole('table', { name: 'Result of the dry run' }).waitFor();
  await page.goto(at('/integrations'));
  const start = page.getByRole('button', { name: 'Sync now: works' });
  await start.waitFor();
  expect(await page.getByRole('button', { name: 'Sync now: sample' }).count()).toBe(0);
  await start.click();
  await page.locator('progress').waitFor();
  const told = await page.locator('.rialto-progress').textContent();
  // Moved by the event stream alone: nothing was clicked.
  await expect
    .poll(() => page.locator('.rialto-progress').textContent(), { timeout: PATIENCE_MS })
    .not.toBe(told);

  await page.close();
  page = await reader.newPage();
  await page.goto(at('/integrations'));
  await page.getByText('Quarantined 1').waitFor({ timeout: 120_000 });
  await page.getByRole('link', { name: 'What this run did' }).click();
  await page.getByRole('heading', { name: 'Run of works' }).waitFor();
  const orders = page.getByRole('row', { name: /^Purchase order/ });
  const whole = await readFile(join(folder, 'purchase-orders.csv'), 'utf8');
  const count = whole.trimEnd().split('\n').length - 1;
  expect(await orders.textContent()).toContain(count.toLocaleString('en-US'));
});

test('what could not become a record is in quarantine, with place and reason', async () => {
  await page.goto(at('/'));
  await page.getByRole('link', { name: 'Quarantine 1', exact: true }).click();
  const row = page.locator('tbody tr');
  await row.waitFor();
  expect(await row.count()).toBe(1);
  expect(await row.textContent()).toMatch(/99999.*Purchase order PO-STRAY.*purchase-orders\.csv/);
  const lines = await download(() => page.getByRole('link', { name: 'Export CSV' }).click());
  expect(lines).toHaveLength(2);

  const german = await browser.newContext({ locale: 'de-DE' });
  const theirs = await german.newPage();
  await theirs.goto(await signInLink());
  await theirs.getByRole('navigation').first().waitFor({ timeout: PATIENCE_MS });
  await theirs.goto(at('/quarantine'));
  await theirs.getByText('Lieferant „99999“ gibt es nicht').waitFor({ timeout: PATIENCE_MS });
  await german.close();
}, 180_000);

test('a cell edited at the source is one change, with before and after', async () => {
  await editFile(folder, 'suppliers.csv', ['Albrecht Schrauben SAS', 'Albrecht Schrauben AG']);
  await page.goto(at('/integrations'));
  await page.getByRole('button', { name: 'Sync now: works' }).click();
  await page.getByText('Changed 1', { exact: false }).waitFor({ timeout: 120_000 });
  await page.goto(at('/suppliers?search=Albrecht'));
  await page.getByRole('link', { name: 'Albrecht Schrauben AG' }).click();
  const history = page.getByRole('region', { name: 'Change history' });
  await history.locator('del').waitFor();
  expect(await history.locator('del').textContent()).toBe('Albrecht Schrauben SAS');
  expect(await history.locator('ins').textContent()).toBe('Albrecht Schrauben AG');
}, 240_000);

test('a connection is scheduled, held and released, and its mapping tried and saved', async () => {
  await page.goto(at('/integrations/works'));
  await page.getByText('Set a schedule').click();
  await page.getByLabel('When (cron)').fill('15 3 * * 1-5');
  await page.getByRole('form', { name: 'Set a schedule' }).getByText('Save').click();
  await page.getByText(/Mon–Fri at 03:15.*next: /).waitFor();
  await page.locator('summary', { hasText: 'Hold' }).click();
  await page.getByLabel('Reason').fill('stocktaking');
  await page.getByRole('form', { name: 'Hold' }).getByRole('button').click();
  await page.getByText(/Held since .*: stocktaking/).waitFor();
  await page.goto(at('/integrations?standing=held'));
  await page.getByText('Nothing is sent to it: stocktaking').waitFor();
  await page.getByRole('link', { name: 'release it' }).click();
  await page.getByRole('button', { name: 'Release' }).click();
  await page.locator('summary', { hasText: 'Hold' }).waitFor();

  await page.getByRole('link', { name: 'Versions and editor' }).click();
  const box = page.getByLabel('Mapping as JSON');
  await box.waitFor();
  const whole = await box.inputValue();
  await box.fill(whole.replace('{', '{ "surprise": 1,'));
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByRole('alert').getByText('surprise').first().waitFor(); // The server says what is wrong.
  await box.fill(whole.replace(/"title": "[^"]*"/, '"title": "Ours"'));
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByRole('table', { name: 'Result of the dry run' }).waitFor();
  await page.getByRole('textbox', { name: 'Note' }).fill('told apart');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByRole('cell', { name: 'told apart' }).waitFor();
  await page.waitForURL('**/mapping?version=2');
  expect(await box.inputValue()).toContain('"title": "Ours"');
}, 240_000);

test("a folder is connected with a mapping of one's own; what is wrong is said before", async () => {
  const pack = await rialto.request('GET', '/v1/integrations/works/mappings/1');
  const own: unknown = Reflect.get(Object(pack), 'pack');
  await page.goto(at('/connect?adapter=file'));
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('own');
  await page.getByLabel('Mapping', { exact: true }).selectOption('My own (JSON)');
  const box = page.getByLabel('Mapping as JSON');
  await box.fill(JSON.stringify(own));
  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  await connect.click();
  await page.getByRole('alert').getByText('Say where the files are').waitFor();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(folder);
  await box.fill(JSON.stringify({ ...Object(own), adapter: 'http' }));
  await connect.click();
  await page.getByRole('alert').getByText('at adapter').waitFor();
  await box.fill(JSON.stringify(own));
  await connect.click();
  await page.getByRole('heading', { name: 'own is connected' }).waitFor();
  await page.goto(at('/integrations/own'));
  const card = page.getByRole('region', { name: 'Mapping', exact: true });
  await card.getByText('its own: it does not follow one that ships').waitFor();
  expect(await card.textContent()).toContain('sample, version 1');
}, 240_000);

test('someone is added with a role, signs in by their link, and sees only what they may', async () => {
  await page.goto(at('/people'));
  await page.getByText('Add someone').first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Vito Viewer');
  await page.getByRole('button', { name: 'Add someone' }).click();
  const link = (await page.locator('.rialto-link-text').first().textContent()) ?? '';
  await page.getByRole('cell', { name: 'Vito Viewer', exact: true }).waitFor();
  const visitor = await browser.newContext({ locale: 'en-US' });
  const theirs = await visitor.newPage();
  await theirs.goto(link);
  await theirs.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await theirs.getByRole('link', { name: 'Suppliers' }).count()).toBeGreaterThan(0);
  expect(await theirs.getByRole('link', { name: 'People' }).count()).toBe(0);
  await visitor.close();
  await page.goto(at('/audit?action=people'));
  await page.getByText('people.added').first().waitFor();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/The chain is whole/).waitFor();
}, 180_000);

test('who signs out is out, on this page and on every other', async () => {
  await page.goto(at('/suppliers'));
  await page.locator('tbody tr').first().waitFor();
  await page.getByRole('button', { name: 'account and settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.goto(at('/purchase-orders'));
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  expect(await page.locator('table').count()).toBe(0);
  await page.goto(await signInLink());
  await page.getByRole('combobox', { name: 'Your question' }).waitFor();
}, 120_000);
