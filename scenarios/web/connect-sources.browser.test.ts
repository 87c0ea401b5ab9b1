/**
 * A database and a folder with workbooks are connected by the wizard, in a real browser, as someone
 * new to Rialto does it: chosen, filled in, tested, looked at, read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { testPostgres } from '../../src/adapters/database/testing.ts';
import type { TestDatabase } from '../../src/adapters/database/testing/test-database.ts';
import { startBrowser } from '../../web/testing/browser.ts';
import { makeTables } from '../database/purchasing-tables.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const PATIENCE_MS = 120_000; // A busy machine is slow, not broken.

let rialto: RunningRialto;
let browser: Browser;
let database: TestDatabase;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'rialto-workbooks-'));

beforeAll(async () => {
  database = await testPostgres();
  await makeTables(database);
  [rialto, browser] = await Promise.all([startRialto({ flags: ['--empty'] }), startBrowser()]);
  const context = await browser.newContext({ locale: 'en-US' });
  context.setDefaultTimeout(PATIENCE_MS);
  page = await context.newPage();
  await page.goto(/Sign in \(once\):\s+(\S+)/.exec(rialto.printed())?.[1] ?? '');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}, 240_000);
afterAll(async () => {
  await browser.close();
  await rialto.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const LONG_AGO = new Date('2026-01-02T03:04:05Z');
const at = (path: string): string => new URL(path, rialto.address).href;
const box = (name: string) => page.getByRole('textbox', { name, exact: true });

/** The steps after connecting: how it stands, how many of a kind would be created, and it is read. */
async function tryAndRead(name: string, created: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: `Test: ${name}` }).click();
  await page.getByText('✓ passed').first().waitFor();
  await page.getByRole('button', { name: 'Dry run' }).click();
  const trial = page.getByRole('table', { name: 'Result of the dry run' });
  for (const row of created) await trial.getByRole('row', { name: row }).waitFor();
  await page.getByRole('button', { name: `Sync now: ${name}` }).click();
  await page.waitForURL(`**/integrations/${name}`);
  await page.getByRole('cell', { name: 'Done' }).waitFor();
}

test('a database is connected: what is missing is said, then it is tested, tried and read', async () => {
  const { host, port, database: named, user, password } = database.settings;
  await page.goto(at('/connect?adapter=database'));
  await box('Name').fill('plant');
  await page.getByRole('combobox', { name: 'Profile' }).selectOption('purchasing-tables');
  await page.getByLabel('Kind of server').selectOption('PostgreSQL');
  await box('Server').fill(host);
  await page.getByLabel('Port').fill(String(port));
  await box('Database').fill(named);
  await box('User').fill(user);
  await page.getByLabel('Password').fill(password);
  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  await connect.click();
  await page.getByRole('alert').getByText("switch 'tls' off").waitFor();
  await page.getByLabel('Encryption of the line').selectOption('off: the line is open');
  await page.getByLabel('Allowed networks').fill('127.0.0.1\n::1');
  await connect.click();
  await page.getByRole('heading', { name: 'plant is connected' }).waitFor();
  await tryAndRead('plant', ['Supplier 1 1', 'Item 1 1', 'Purchase order 2 2']);
  expect(await page.content()).not.toContain(password);
}, 400_000);

test('a folder with a workbook is connected: a file that is not there is named, the rest comes in', async () => {
  const suppliers = [
    ['Number', 'Name', 'Status', 'Country', 'City', 'Since'],
    ['V-1', 'Müller & Söhne', 'active', 'AT', 'Linz', null],
  ];
  const items = [
    ['Number', 'Name', 'Group', 'Unit', 'Cost'],
    ['P-1', 'Bolt M8', 'Fasteners', 'EA', 0.3],
  ];
  const offers = [
    ['Item', 'Supplier', 'Price', 'Days'],
    ['P-1', 'V-1', 0.29, 5],
  ];
  const workbook = await writeExcelFile([
    { sheet: 'Suppliers', data: suppliers },
    { sheet: 'Items', data: items },
    { sheet: 'Offers', data: offers },
  ]).toBuffer();
  const file = join(folder, 'masterdata.xlsx');
  await writeFile(file, workbook);
  await utimes(file, LONG_AGO, LONG_AGO); // At rest: what is still being written is not read.
  await page.goto(at('/connect?adapter=file'));
  await box('Name').fill('books');
  await box('Folder').fill(folder);
  await page.getByLabel('Mapping', { exact: true }).selectOption('excel-and-xml');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('heading', { name: 'books is connected' }).waitFor();
  await page.getByRole('button', { name: 'Test: books' }).click();
  await page.getByText('orders.xml is not in').first().waitFor();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('These could not be read').waitFor();
  const trial = page.getByRole('table', { name: 'Result of the dry run' });
  await trial.getByRole('row', { name: 'Supplier 1 1' }).waitFor();
  await page.getByRole('button', { name: 'Sync now: books' }).click();
  await page.waitForURL('**/integrations/books');
  await page.getByRole('cell', { name: 'Incomplete' }).waitFor();
  await page.goto(at('/suppliers?search=Linz'));
  await page.getByRole('link', { name: 'Müller & Söhne' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
}, 400_000);
