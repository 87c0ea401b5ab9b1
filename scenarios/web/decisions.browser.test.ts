/**
 * What waits for a person, decided on the screen in a real browser: a change that met another, a dead
 * letter that is corrected, a batch that is taken back, a field that a source no longer sends.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '#kernel';
import { idOf } from '../../simulators/hostile-erp/document.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import type { HostileErp } from '../../simulators/hostile-erp/start.ts';
import { startBrowser } from '../../web/testing/browser.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const PATIENCE_MS = 120_000; // A busy machine is slow, not broken.
const ERP = join(import.meta.dirname, '..', '..', 'simulators', 'hostile-erp');
const SUPPLIER = idOf('suppliers', 1);

let folder: string;
let erp: HostileErp;
let rialto: RunningRialto;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-decisions-'));
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 1, suppliers: 20 });
  [rialto, browser] = await Promise.all([startRialto({ flags: ['--empty'] }), startBrowser()]);
  process.env['HOSTILE_TEST_SECRET'] = 'secret';
  process.env['HOSTILE_TEST_CLIENT'] = 'rialto';
  const profile = readFileSync(join(ERP, 'profile.json'), 'utf8');
  const set = { profile, baseUrl: erp.url, networks: '127.0.0.1' };
  const settings = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const client = ['--secret', 'clientId=env:HOSTILE_TEST_CLIENT'];
  const secret = ['--secret', 'clientSecret=env:HOSTILE_TEST_SECRET'];
  const mapping = ['--mapping', join(ERP, 'pack.json')];
  await rialto.command(
    'connect',
    'http',
    '--name',
    'erp',
    ...settings,
    ...client,
    ...secret,
    ...mapping,
  );
  await rialto.command('sync', 'erp');
  const context = await browser.newContext({ locale: 'en-US' });
  context.setDefaultTimeout(PATIENCE_MS);
  page = await context.newPage();
  await page.goto(/Sign in \(once\):\s+(\S+)/.exec(rialto.printed())?.[1] ?? '');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}, 480_000);
afterAll(async () => {
  await browser.close();
  await rialto.stop();
  await erp.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const at = (path: string): string => new URL(path, rialto.address).href;
const supplier = (): JsonObject => {
  const found = erp.documents('suppliers').find(({ id }) => id === SUPPLIER);
  return { ...found?.fields };
};

const order = (number: string, from: string): JsonObject => ({
  number,
  kind: 'standard',
  supplier: from,
  status: 'issued',
  issuedOn: '2026-05-04',
  currency: 'EUR',
  netAmount: '12.3450',
  lines: [
    {
      number: '10',
      item: idOf('items', 1),
      ordered: { value: '10', unit: 'C62' },
      received: '0',
      rejected: '0',
      unitPrice: '1.2345',
      priceBase: '1',
      netAmount: '12.3450',
    },
  ],
});

test('a change that met another is decided field by field, and goes out', async () => {
  await rialto.command('hold', 'erp', '--reason', 'both change it');
  await rialto.request('POST', '/v1/transactions', {
    integration: 'erp',
    operation: 'update-supplier',
    businessKey: 'C-1',
    payload: { name: 'Ours', city: 'Wien', country: 'AT' },
    target: { key: SUPPLIER },
  });
  erp.edit('suppliers', SUPPLIER, { name: 'Theirs', country: 'CH' });
  await rialto.command('release', 'erp');
  await page.goto(at('/conflicts'));
  await page.getByRole('link', { name: /Theirs/ }).click();
  const decide = page.getByRole('button', { name: 'Decide and send' });
  expect(await decide.isDisabled()).toBe(true);
  await page.getByRole('radio', { name: 'Country: Ours AT' }).check();
  await page.getByRole('radio', { name: 'Name: Theirs Theirs' }).check();
  await page.getByLabel('Why (for the audit log)').fill('they asked the supplier');
  await decide.click();
  await page.getByText('Decided', { exact: true }).first().waitFor();
  await expect
    .poll(supplier, { timeout: PATIENCE_MS })
    .toMatchObject({ name: 'Theirs', city: 'Wien', country: 'AT' });
}, 480_000);

test('a dead letter is corrected: what is no order is not saved, what is goes out; then all is taken back', async () => {
  const transactions = ['B-1', 'B-2'].map((key, place) => ({
    operation: 'create-purchase-order',
    businessKey: key,
    payload: order(key, place === 0 ? SUPPLIER : 'nobody'),
  }));
  const body = { integration: 'erp', title: 'two opening orders', transactions };
  await rialto.request('POST', '/v1/batches', body);
  await page.goto(at('/dead-letters'));
  await page.getByRole('cell', { name: 'there is no supplier nobody' }).waitFor();
  await page.getByRole('link', { name: 'Create purchase order' }).click();
  await page.getByText('Edit the payload').click();
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await payload.fill(JSON.stringify({ ...order('B-2', SUPPLIER), currency: 'euro' }));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').getByText('currency').first().waitFor();
  await payload.fill(JSON.stringify(order('B-2', SUPPLIER)));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved. Send it again next.').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Accepted', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'two opening orders' }).click();
  await page.getByText('Batch: two opening orders').waitFor();
  await page.getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('2 are being taken back, 0 are refused.').waitFor();
  const cancelled = (): number =>
    erp.documents('purchase-orders').filter(({ fields }) => fields['status'] === 'CANCELLED')
      .length;
  await expect.poll(cancelled, { timeout: PATIENCE_MS }).toBe(2);
}, 480_000);

test('a field that a source no longer sends holds that kind up, until someone accepts it', async () => {
  erp.setFaults({ schema: 'missing' });
  await page.goto(at('/integrations/erp'));
  await page.getByRole('checkbox', { name: /^Read everything/ }).check();
  await page.getByRole('button', { name: 'Sync now: erp' }).click();
  await page.getByRole('cell', { name: 'Failed' }).waitFor(); // It says so of each kind.
  await page.goto(at('/drift'));
  await page.getByText('No longer there · a mapping reads it').first().waitFor();
  const accept = page.getByRole('button', { name: 'Accept: suppliers currency' });
  await accept.click();
  await accept.waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: /^Accept: / }).count()).toBe(2); // Items and orders.
}, 480_000);

test('a run shows what went over the wire, request and answer, and no secret', async () => {
  await page.goto(at('/runs'));
  await page.getByRole('link', { name: /, 20/ }).last().click();
  await page.getByText('Exchanges', { exact: true }).click();
  await page.getByText('/api/v1/suppliers').first().click();
  await page.getByText('Answer headers').filter({ visible: true }).first().waitFor();
  expect(await page.content()).not.toMatch(/Bearer [A-Za-z0-9]/);
}, 480_000);
