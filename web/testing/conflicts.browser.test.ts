import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPages } from './open-pages.ts';
import type { Look, OpenPages } from './open-pages.ts';

vi.setConfig({ testTimeout: 120_000 }); // Axe reads whole pages: a busy machine is slow, not broken.

let pages: OpenPages;

beforeAll(async () => {
  pages = await openPages();
}, 120_000);

afterAll(() => pages.close());

const STATES: readonly (readonly [string, string, Look, string])[] = [
  ['conflicts', '/conflicts', {}, 'text=PO-2026-0117'],
  ['conflicts-dark', '/conflicts', { dark: true }, 'text=PO-2026-0117'],
  ['conflicts-narrow-german', '/conflicts', { width: 360, german: true }, 'text=PO-2026-0117'],
  ['no-conflicts', '/conflicts', { behaviour: 'empty' }, 'text=Nothing waits to be decided'],
  ['conflict', '/conflicts/conflict_1', {}, 'text=Who wins?'],
  ['conflict-dark', '/conflicts/conflict_1', { dark: true }, 'text=Who wins?'],
  ['conflict-german', '/conflicts/conflict_1', { german: true }, 'text=Was gilt?'],
  [
    'conflict-narrow-dark-german',
    '/conflicts/conflict_1',
    { width: 360, dark: true, german: true },
    'text=Was gilt?',
  ],
  ['rules', '/integrations/erp', {}, 'text=Who wins'],
  ['rules-narrow-dark', '/integrations/erp', { width: 360, dark: true }, 'text=Who wins'],
];

describe('in every state axe finds nothing, and nothing is wider than the screen', () => {
  test.each(STATES)('%s', async (name, path, look, sign) => {
    const page = await pages.visit(path, look);
    await page.waitForSelector(sign, { state: 'attached' });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
    });
    expect(await pages.whatAxeFinds(page)).toEqual([]);
    expect(await pages.overflow(page)).toBe(0);
    await keepPicture(page, name);
    await page.context().close();
  });
});

/** Pictures for people, where somebody says where to. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['RIALTO_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What a test does on a page, and what was asked of the server by it. */
async function changesOn(path: string, act: (page: Page) => Promise<void>) {
  const page = await pages.visit(path);
  pages.changes();
  await act(page);
  await expect.poll(() => page.locator('[data-loading]').count()).toBe(0);
  const done = pages.changes();
  await page.context().close();
  return done;
}

describe('what a reader can rely on', () => {
  test('the side bar says how many wait, and g k goes there', async () => {
    const page = await pages.visit('/suppliers');
    const entry = page.getByRole('link', { name: /^Conflicts/ });
    await expect.poll(() => entry.textContent()).toContain('2');
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.waitForURL('**/conflicts');
    const file = page.getByRole('link', { name: 'Export CSV' });
    await expect
      .poll(() => file.getAttribute('href'))
      .toBe('/v1/conflicts/export.csv?sort=-noticedAt&spreadsheet=en');
    await page.getByLabel('Status').selectOption('decided');
    await page.waitForURL('**/conflicts?state=decided');
    await page.context().close();
  });

  test('nothing is sent before every disputed field is chosen; then each as chosen, by keyboard', async () => {
    const changes = await changesOn('/conflicts/conflict_1', async (page) => {
      const submit = page.getByRole('button', { name: 'Decide and send' });
      await submit.waitFor();
      expect(await submit.isDisabled()).toBe(true);
      await page.getByRole('radio', { name: 'Line 1 · Unit price: Ours 4.50' }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      expect(await submit.isDisabled()).toBe(true);
      await page.getByLabel('Requester: Another value (Value)').fill('Chiara');
      await page.getByLabel('Why (for the audit log)').fill('she asked');
      await page.keyboard.press('Enter');
      await page.getByText('Decided.').waitFor();
    });
    expect(changes).toEqual([
      {
        route: 'POST /v1/conflicts/conflict_1/decision',
        body: {
          revision: 1,
          fields: { 'lines[1].unitPrice': { take: 'theirs' }, requester: { value: 'Chiara' } },
          reason: 'she asked',
        },
      },
    ]);
  });

  test('all of one side is one click; giving our change up is another', async () => {
    const ours = await changesOn('/conflicts/conflict_1', async (page) => {
      await page.getByRole('button', { name: 'All ours' }).click();
      await page.getByRole('button', { name: 'Decide and send' }).click();
      await page.getByText('Decided.').waitFor();
    });
    expect(ours.map(({ body }) => body)).toEqual([
      {
        revision: 1,
        fields: { 'lines[1].unitPrice': { take: 'ours' }, requester: { take: 'ours' } },
      },
    ]);
    const nothing = await changesOn('/conflicts/conflict_1', async (page) => {
      await page.locator('summary', { hasText: 'Send nothing' }).click();
      await page.getByRole('button', { name: 'Send nothing' }).click();
    });
    expect(nothing.map(({ body }) => body)).toEqual([{ revision: 1, whole: 'theirs' }]);
  });

  test('what is decided by itself says why', async () => {
    const page = await pages.visit('/conflicts/conflict_1');
    const rows = page.getByRole('table', { name: 'Decided without you' }).locator('tbody tr');
    await rows.first().waitFor();
    const said = await rows.locator('td:last-child').allTextContents();
    expect(said).toEqual([
      'Ours: changed here only',
      'Theirs: by the rule for Shipped by',
      'Theirs: follows from the other amounts',
    ]);
    await page.context().close();
  });

  test('a rule is added, changed and dropped, and put in force on the version that was seen', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      const card = page.getByRole('region', { name: 'Who wins' });
      await card.locator('summary', { hasText: 'Rules for Purchase order' }).click();
      await card.getByRole('button', { name: 'Drop rule 3' }).click();
      await card.getByLabel('Who wins by rule 1').selectOption('ours');
      await card.getByRole('button', { name: 'Add a rule' }).first().click();
      await card.getByLabel('Field of rule 3').selectOption('*');
      await card.getByLabel('Who wins by rule 3').selectOption('theirs');
      await card.getByLabel('Why').first().fill('as agreed');
      await card.getByRole('button', { name: 'Put in force' }).first().click();
      await card.getByText('Done').waitFor();
    });
    expect(changes).toEqual([
      {
        route: 'PUT /v1/integrations/erp/conflict-rules/purchase-order',
        body: {
          rules: [
            { field: 'lines.unitPrice', wins: 'ours' },
            { field: 'requester', wins: 'newest' },
            { field: '*', wins: 'theirs' },
          ],
          basedOn: 2,
          note: 'as agreed',
        },
      },
    ]);
  });

  test('the versions of rules say what each changed, and an earlier one is put in force again', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      const card = page.getByRole('region', { name: 'Who wins' });
      await card.locator('summary', { hasText: 'Versions: Purchase order' }).click();
      const changed = card.getByRole('table', { name: 'What version 2 changed' });
      await changed.waitFor();
      const rows = await changed.locator('tbody tr').allTextContents();
      expect(rows[0]).toMatch(/Unit price.*Theirs.*Ask a person/);
      expect(rows[1]).toMatch(/Shipped by.*Theirs/);
      expect(rows).toHaveLength(2);
      await card.getByRole('button', { name: 'Restore version 1' }).click();
    });
    expect(changes).toEqual([
      {
        route: 'POST /v1/integrations/erp/conflict-rules/purchase-order/versions/1/restore',
        body: {},
      },
    ]);
  });
});
