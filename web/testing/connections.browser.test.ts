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

const NARROW: Look = { width: 360 };
const DARK: Look = { dark: true };
const GERMAN_NARROW: Look = { ...NARROW, german: true };
const EXCHANGES = '/runs/run_1?tab=exchanges';

const STATES: readonly (readonly [string, string, Look, string])[] = [
  ['the worklist, dark', '/integrations', DARK, '.rialto-reasons'],
  ['the wizard', '/connect?adapter=tryton', {}, 'input[type=password]'],
  ['the wizard, dark, 360 px', '/connect', { ...DARK, ...NARROW }, 'form'],
  ['the wizard in German', '/connect?adapter=tryton', GERMAN_NARROW, 'input[type=password]'],
  ['the first steps', '/connect?name=erp', {}, 'text=See what a sync would do'],
  ['a connection', '/integrations/erp', {}, 'text=Mon–Fri at 02:30'],
  ['a connection, dark', '/integrations/erp', DARK, 'text=Mon–Fri at 02:30'],
  ['a connection, 360 px, German', '/integrations/erp', GERMAN_NARROW, 'text=Mo–Fr um 02:30'],
  ['a mapping', '/integrations/erp/mapping?from=1', {}, 'textarea'],
  ['a mapping, dark', '/integrations/erp/mapping?from=1', DARK, 'textarea'],
  ['a mapping, 360 px, German', '/integrations/erp/mapping?from=1', GERMAN_NARROW, 'textarea'],
  ['transactions', '/transactions?batch=batch_1', {}, 'table'],
  ['transactions, dark, 360 px', '/transactions', { ...DARK, ...NARROW }, 'table'],
  ['dead letters', '/dead-letters?integration=erp', {}, 'table'],
  ['dead letters, 360 px, German', '/dead-letters', GERMAN_NARROW, 'table'],
  ['no dead letters', '/dead-letters', { behaviour: 'empty' }, 'text=Nothing waits for a person'],
  ['a dead letter', '/transactions/tx_1', {}, 'text=Send again'],
  ['a dead letter, dark, 360 px', '/transactions/tx_1', { ...DARK, ...NARROW }, 'pre'],
  ['a conflict', '/transactions/tx_2', {}, 'text=In the system'],
  ['a conflict, dark, German', '/transactions/tx_2', { ...DARK, german: true }, 'text=Im System'],
  ['an uncertain one', '/transactions/tx_3', {}, 'text=It is booked there'],
  ['drift', '/drift', {}, 'table'],
  ['drift, dark, 360 px, German', '/drift', { ...DARK, ...GERMAN_NARROW }, 'table'],
  ['exchanges of a run', EXCHANGES, {}, '.rialto-exchange'],
  ['exchanges of a run, dark, 360 px', EXCHANGES, { ...DARK, ...NARROW }, '.rialto-exchange'],
  ['batches', '/batches', {}, 'table'],
  ['batches, dark, 360 px, German', '/batches', { ...DARK, ...GERMAN_NARROW }, 'table'],
  ['schedules', '/schedules', {}, 'table'],
  ['schedules, dark, 360 px', '/schedules', { ...DARK, ...NARROW }, 'table'],
  ['no schedules, German', '/schedules', { german: true, behaviour: 'empty' }, '.rialto-empty'],
  ['the password', '/password', {}, 'form'],
  ['the password, dark, 360 px, German', '/password', { ...DARK, ...GERMAN_NARROW }, 'form'],
];

describe('in every state axe finds nothing, and nothing is wider than the screen', () => {
  test.each(STATES)('%s', async (_, path, look, sign) => {
    const page = await pages.visit(path, look);
    await page.waitForSelector(sign, { state: 'attached' });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
    });
    expect(await pages.whatAxeFinds(page)).toEqual([]);
    expect(await pages.overflow(page)).toBe(0);
    await page.context().close();
  });
});

/** What a test does on a page, and what was asked of the server by it. */
async function changesOn(path: string, act: (page: Page) => Promise<void>) {
  const page = await pages.visit(path);
  pages.changes();
  await act(page);
  const done = pages.changes();
  await page.context().close();
  return done;
}

describe('what a reader can rely on', () => {
  test('the connection most in need of a person comes first, with a reason and a step', async () => {
    const page = await pages.visit('/integrations');
    await page.getByText('Nothing is sent to it: stocktaking').waitFor();
    expect(await page.locator('main section h2').first().textContent()).toBe('erp');
    await page.getByRole('link', { name: 'release it' }).click();
    await page.getByRole('button', { name: 'Release' }).waitFor();
    await page.context().close();
  });

  test('a standing narrows the worklist, in the address', async () => {
    const page = await pages.visit('/integrations');
    await page.getByLabel('Standing').selectOption('good');
    await page.waitForURL('**/integrations?standing=good');
    const shown = page.locator('main section h2');
    await expect.poll(() => shown.allTextContents(), { timeout: 30_000 }).toEqual(['sample']);
    await page.context().close();
  });

  test('a list that is no table is put in order, in the address, and a reload keeps it', async () => {
    const page = await pages.visit('/integrations');
    await page.getByLabel('Order', { exact: true }).selectOption('name');
    await page.waitForURL('**/integrations?sort=name');
    await page.reload();
    const order = page.getByLabel('Order', { exact: true });
    await order.waitFor();
    expect(await order.inputValue()).toBe('name');
    await page.goBack();
    await page.waitForURL('**/integrations');
    await page.context().close();
  });

  test('a list hands over the same rows as a file, all pages of them', async () => {
    const page = await pages.visit('/batches?page=2&search=prices');
    await page.getByText('Prices of October').first().waitFor();
    const file = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
    expect(file).toBe('/v1/batches/export.csv?search=prices&sort=-createdAt&spreadsheet=en');
    await page.context().close();
  });

  test('what the server says is said in German, to who reads German', async () => {
    const page = await pages.visit('/quarantine', { german: true });
    const said = page.getByText('ist kein Datum: als JJJJ-MM-TT schreiben').first();
    await said.waitFor();
    expect(await page.getByText('not a calendar day (YYYY-MM-DD)').count()).toBe(0);
    await page.context().close();
    const english = await pages.visit('/quarantine');
    await english.getByText('not a calendar day (YYYY-MM-DD)').first().waitFor();
    expect(await english.getByText('ist kein Datum').count()).toBe(0);
    await english.context().close();
  });

  test('a system is connected by keyboard: chosen, filled in, tested, tried', async () => {
    const changes = await changesOn('/integrations', async (page) => {
      await page.getByRole('link', { name: 'Connect a system' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: /^Files/ }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('textbox', { name: 'Address' }).focus();
      await page.keyboard.type('https://erp.example.com');
      await page.keyboard.press('Tab');
      await page.keyboard.type('lagoon');
      await page.keyboard.press('Tab');
      await page.keyboard.type('10.0.0.0/8');
      await page.getByLabel('pages').fill('20');
      await page.getByRole('checkbox', { name: 'read only' }).check();
      await page.getByLabel('Password').fill('gondola');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/connect?name=erp');
      await page.getByRole('button', { name: 'Test: erp' }).click();
      await page.getByText('the password was refused').waitFor();
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByText('Only the first documents were read').waitFor();
      await page.locator('details details', { hasText: '17' }).locator('summary').click();
      await page.getByText('Murano Glass S.r.l.').waitFor();
      expect(await page.content()).not.toContain('gondola');
    });
    expect(changes).toEqual([
      {
        route: 'POST /v1/integrations',
        body: {
          name: 'tryton',
          adapter: 'tryton',
          settings: {
            url: 'https://erp.example.com',
            database: 'lagoon',
            networks: ['10.0.0.0/8'],
            pages: 20,
            readOnly: true,
          },
          secrets: { password: 'gondola' },
          mapping: 'tryton',
        },
      },
      { route: 'POST /v1/integrations/erp/test', body: {} },
      { route: 'POST /v1/integrations/erp/dry-run', body: { documentsMax: 100 } },
    ]);
  });

  test('settings are changed and a secret that is left empty stays', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      await page.getByText('Change settings and secrets').click();
      await page.getByRole('textbox', { name: 'Database' }).fill('laguna');
      await page.getByRole('form', { name: 'Change settings' }).getByText('Save').click();
      await page.getByText('✓ Done').waitFor();
    });
    expect(changes).toEqual([
      {
        route: 'PUT /v1/integrations/erp',
        body: {
          settings: {
            url: 'https://erp.example.com',
            database: 'laguna',
            networks: ['10.0.0.0/8'],
          },
          secrets: {},
        },
      },
    ]);
  });

  test('how patient writing is is said in seconds, and set by a person', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      const card = page.getByRole('region', { name: 'How it is written to' });
      await card.getByText('2 min · set here').waitFor();
      await card.locator('summary').click();
      await card.getByLabel('It may still book after (s)').fill('90.5');
      await card.getByLabel('Attempts before a person is asked').fill('7');
      await card.getByLabel('Stands in while it is away').selectOption('sample');
      await card.getByRole('button', { name: 'Save' }).click();
      await card.getByText('Done').waitFor();
    });
    expect(changes).toEqual([
      {
        route: 'PUT /v1/integrations/erp/posting',
        body: { policy: { settleMs: 90_500, attemptsMax: 7 }, fallback: 'sample' },
      },
    ]);
  });

  test('a source that is behind its log says so, and by how much', async () => {
    const page = await pages.visit('/integrations/erp');
    const card = page.getByRole('region', { name: 'Change log of the source' }).first();
    await card.getByText('1.2 GB').waitFor();
    expect(await card.textContent()).toContain('31 min 40 sec');
    await page.getByText('Its change log is not read as it should be: orders').waitFor();
    await page.context().close();
  });

  test("a system is connected with a mapping of one's own, as text that is JSON", async () => {
    const changes = await changesOn('/connect?adapter=file', async (page) => {
      await page.getByRole('textbox', { name: 'Folder' }).fill('/data/erp');
      await page.getByLabel('Mapping', { exact: true }).selectOption('My own (JSON)');
      const connect = page.getByRole('button', { name: 'Connect', exact: true });
      const text = page.getByLabel('Mapping as JSON');
      await page.getByRole('button', { name: /^Begin with .*AdventureWorks/ }).click();
      await expect.poll(() => text.inputValue()).toContain('"suppliers"');
      await text.fill('["no mapping"]');
      expect(await connect.isDisabled()).toBe(true);
      await text.fill('{ "name": "mine" }');
      await connect.click();
      await page.waitForURL('**/connect?name=*');
    });
    expect(changes).toMatchObject([
      { route: 'POST /v1/integrations', body: { name: 'file', mapping: { name: 'mine' } } },
    ]);
  });

  test('a schedule says in words when it comes, and is paused', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      await page.getByText('next: Mon, Nov 23, 2026, 02:30 AM').waitFor();
      await page.getByText('Set a schedule').click();
      await page.getByLabel('When (cron)').fill('*/20 * * * *');
      await page.getByText('every 20 minutes').waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect.poll(() => page.locator('[data-loading]').count()).toBe(0);
    });
    expect(changes).toEqual([
      {
        route: 'PUT /v1/integrations/erp/schedule',
        body: { cron: '30 2 * * 1-5', paused: true },
      },
    ]);
  });

  test('a system is disconnected only after its name was typed', async () => {
    const changes = await changesOn('/integrations/erp', async (page) => {
      const card = page.getByRole('region', { name: 'Disconnect' });
      await card.locator('summary').click();
      const button = card.getByRole('button', { name: 'Disconnect' });
      expect(await button.isDisabled()).toBe(true);
      await card.getByLabel('Type erp to confirm').fill('erp');
      await button.click();
      await page.waitForURL('**/integrations');
    });
    expect(changes).toEqual([{ route: 'DELETE /v1/integrations/erp', body: {} }]);
  });

  test('an edited mapping is tried on real records and saved on top of what was in force', async () => {
    const changes = await changesOn('/integrations/erp/mapping', async (page) => {
      await page.getByLabel('Mapping as JSON').fill('{ "name": ');
      await page.getByRole('button', { name: 'Dry run' }).and(page.locator(':disabled')).waitFor();
      await page.getByLabel('Mapping as JSON').fill('{ "name": "mine" }');
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByText('Only the first documents were read').waitFor();
      await page.getByRole('textbox', { name: 'Note' }).fill('why not');
      await page.getByRole('button', { name: 'Save as a new version' }).click();
      await page.waitForURL('**/mapping?version=3');
    });
    expect(changes.map(({ body }) => body)).toEqual([
      { pack: { name: 'mine' }, documentsMax: 100 },
      { pack: { name: 'mine' }, note: 'why not', basedOn: 2 },
    ]);
  });

  test('who saves a mapping too late is told, and keeps their text', async () => {
    const page = await pages.visit('/integrations/erp/mapping');
    await page.getByLabel('Mapping as JSON').fill('{ "name": "faster" }');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Someone saved another version meanwhile').waitFor();
    expect(await page.getByLabel('Mapping as JSON').inputValue()).toContain('faster');
    await page.context().close();
  });

  test('a dead letter is corrected, sent again or dismissed with a reason', async () => {
    const changes = await changesOn('/transactions/tx_1', async (page) => {
      await page.getByText('Edit the payload').click();
      await page.getByRole('textbox', { name: 'Payload' }).fill('{ "currency": "EUR" }');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. Send it again next.').waitFor();
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.locator('summary', { hasText: 'Dismiss' }).click();
      const form = page.getByRole('form', { name: 'Dismiss' });
      await form.getByLabel('Reason').fill('ordered by phone');
      await page.keyboard.press('Enter');
      await form.getByText('✓ Done').waitFor();
    });
    expect(changes).toEqual([
      { route: 'PUT /v1/dead-letters/tx_1', body: { payload: { currency: 'EUR' } } },
      { route: 'POST /v1/dead-letters/tx_1/retry', body: {} },
      { route: 'POST /v1/dead-letters/tx_1/dismiss', body: { reason: 'ordered by phone' } },
    ]);
  });

  test('an uncertain one is settled by who has looked', async () => {
    const changes = await changesOn('/transactions/tx_3', async (page) => {
      await page.locator('summary', { hasText: 'It is booked there' }).click();
      const form = page.getByRole('form', { name: 'It is booked there' });
      await form.getByLabel('What the system calls it').fill('1044');
      await form.getByLabel('Reason').fill('seen in the list');
      await page.keyboard.press('Enter');
      await form.getByText('✓ Done').waitFor();
    });
    expect(changes).toEqual([
      {
        route: 'POST /v1/dead-letters/tx_3/settle',
        body: { bookedAs: '1044', reason: 'seen in the list' },
      },
    ]);
  });

  test('a conflict shows where both versions differ, and nothing else', async () => {
    const page = await pages.visit('/transactions/tx_2');
    const rows = page.getByRole('table', { name: 'Both versions' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.allTextContents()).toEqual(['currencyEURLIR', 'netAmount98.50100.00']);
    await page.context().close();
  });

  test('all that fit are sent again of one source, and a batch is taken back', async () => {
    const retried = await changesOn('/dead-letters', async (page) => {
      const button = page.getByRole('button', { name: 'Send all dead letters that fit' });
      expect(await button.isDisabled()).toBe(true);
      await page.getByLabel('Integration').selectOption('erp');
      await button.click();
      await page.getByText('1 is sent again').waitFor();
    });
    expect(retried.map(({ body }) => body)).toEqual([{ integration: 'erp' }]);
    const back = await changesOn('/transactions?batch=batch_1', async (page) => {
      await page.getByRole('button', { name: 'Roll back' }).click();
      await page.getByText('1 are being taken back, 1 are refused.').waitFor();
      await page.getByText('Create purchase order PO-4711: it has moved on to version 3').waitFor();
    });
    expect(back.map(({ route }) => route)).toEqual(['POST /v1/batches/batch_1/rollback']);
  });

  test('drift is accepted or refused', async () => {
    const changes = await changesOn('/drift', async (page) => {
      await page.getByRole('button', { name: 'Refuse: party.party lang.code' }).click();
      await expect.poll(() => page.locator('[data-loading]').count()).toBe(0);
    });
    expect(changes).toEqual([
      { route: 'POST /v1/drift/drift_1/decision', body: { status: 'refused' } },
    ]);
  });

  test('an exchange shows request and answer, with what is secret masked', async () => {
    const page = await pages.visit('/runs/run_1');
    await page.getByRole('button', { name: 'Exchanges' }).click();
    await page.locator('.rialto-exchange summary').click();
    await page.getByText('authorization: ***').waitFor();
    expect(await page.getByRole('region', { name: 'Answer', exact: true }).textContent()).toBe(
      '{\n  "error": "currency"\n}',
    );
    await page.context().close();
  });

  test('two different passwords are not sent, two equal ones are', async () => {
    const changes = await changesOn('/password', async (page) => {
      await page.getByLabel(/^New password(?! again)/).fill('a bridge of stone');
      await page.getByLabel('New password again').fill('a bridge of wood');
      await page.getByText('The two are not the same.').waitFor();
      expect(await page.getByRole('button', { name: 'Set the password' }).isDisabled()).toBe(true);
      await page.getByLabel('New password again').fill('a bridge of stone');
      await page.keyboard.press('Enter');
      await page.getByText('The password is set.').waitFor();
    });
    expect(changes).toEqual([
      { route: 'POST /v1/session/password', body: { password: 'a bridge of stone' } },
    ]);
  });
});
