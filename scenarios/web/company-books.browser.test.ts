/**
 * The books of a company in real Chromium: a real server on which a guide was followed, walked from an
 * order along its flow to its invoice, the payment of what is left, the journal and the trial balance.
 * Then every page of the books is read by axe, in one look each.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWithAxe } from '../../web/testing/axe.ts';
import { startBrowser } from '../../web/testing/browser.ts';
import { walkThrough } from '../erp/walk-through.ts';
import type { WalkThrough } from '../erp/walk-through.ts';
import { sendTo } from '../open-books.ts';

const PATIENCE_MS = 60_000; // A busy machine is slow, not broken.

let followed: WalkThrough;
let browser: Browser;
let reader: BrowserContext;
let page: Page;

const at = (path: string): string => new URL(path, followed.rialto.address).href;

beforeAll(async () => {
  [followed, browser] = await Promise.all([walkThrough('erp-order-to-cash.md'), startBrowser()]);
  reader = await browser.newContext({ locale: 'en-US', acceptDownloads: true });
  reader.setDefaultTimeout(PATIENCE_MS);
  page = await reader.newPage();
  const link = await followed.rialto.request('POST', '/v1/sign-in-links', {});
  await page.goto(at(String(Reflect.get(Object(link), 'path'))));
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await writeMore(followed);
}, 300_000);

/** One of each kind of document that the guide does not write: their pages are looked at, too. */
async function writeMore({ rialto }: WalkThrough): Promise<void> {
  const send = sendTo(rialto);
  const customer = await send('parties', { role: 'customer', name: 'Mill' });
  const supplier = await send('parties', { role: 'supplier', name: 'Works' });
  const item = await send('items', { name: 'Cable', kind: 'stock', baseUnit: 'MTR' });
  const reel = await send('items', {
    name: 'Reel',
    kind: 'finished',
    baseUnit: 'C62',
    reorderPoint: '20',
  });
  const wound = { line: '1', component: item, quantity: '2.5', scrapPercent: '0' };
  const bill = { version: '1', baseQuantity: '10', validFrom: '2026-01-01', lines: [wound] };
  await send(`items/${reel}/boms`, bill);
  const house = await send('warehouses', { code: 'SHOP', name: 'Shop', kind: 'store' });
  const [issuedOn, validFrom] = ['2026-03-02', '2026-01-01'];
  const line = { item, quantity: '10', unitPrice: '2.50', warehouse: house };
  await send('quotations', { customer, issuedOn, validUntil: '2026-12-31', lines: [line] });
  const wish = { item, quantity: '5', neededOn: '2026-04-01', supplier };
  await send('requisitions', { issuedOn, lines: [wish] });
  const list = { code: 'RETAIL', name: 'Retail', currency: 'EUR', validFrom };
  await send(`price-lists/${await send('price-lists', list)}/prices`, {
    item,
    price: '3.50',
    validFrom,
  });
  const agreed = { line: '1', item, price: '2.00', quantityLimit: '500' };
  const terms = { side: 'purchase', kind: 'volume', currency: 'EUR', validFrom };
  await send('agreements', { ...terms, party: supplier, lines: [agreed] });
  const opening = { item, warehouse: house, quantity: '100', unitCost: '1.00' };
  await send('stock-adjustments', { postedOn: issuedOn, text: 'opening stock', lines: [opening] });
  await send('stock-counts', { warehouse: house });
  const bank = { currency: 'EUR', clearingAccount: '1420' };
  const giro = { ...bank, code: 'GIRO', name: 'Giro', accountNumber: '1', ledgerAccount: '1401' };
  const saved = {
    ...bank,
    code: 'SAVE',
    name: 'Savings',
    accountNumber: '2',
    ledgerAccount: '1402',
  };
  const [from, to] = [
    await send('own-bank-accounts', giro),
    await send('own-bank-accounts', saved),
  ];
  await send('bank-transfers', { from, to, on: issuedOn, amount: '250.00', text: 'put aside' });
  const tasks = [{ number: '1', name: 'Lay', months: [{ month: issuedOn, cost: '100.00' }] }];
  const plan = { startsOn: issuedOn, endsOn: '2026-04-30', tasks };
  await send('projects', { name: 'Cabling', kind: 'internal', plan });
}

afterAll(async () => {
  await browser.close();
  await followed.stop();
}, 60_000);

const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const act = async (title: string, dayLabel: string, day: string): Promise<void> => {
  await page.locator('summary', { hasText: title }).click();
  const form = page.getByRole('form', { name: title });
  await form.getByLabel(dayLabel).fill(day);
  await form.getByRole('button', { name: title }).click();
  await page.locator('summary', { hasText: title }).waitFor({ state: 'detached' });
};
const flow = () => page.getByRole('region', { name: 'Flow of the document' }).last();

test('an order is found by its status, and its flow leads to its invoice', async () => {
  await page.getByRole('link', { name: 'Sales', exact: true }).click();
  await heading('Sales orders').waitFor();
  await page.getByRole('row', { name: /SO-2026-000002.*Bazaar/ }).waitFor();
  await page.getByLabel('Status', { exact: true }).selectOption('partly-delivered');
  await page.waitForURL('**status=partly-delivered**');
  await expect.poll(() => page.locator('tbody tr').count(), { timeout: PATIENCE_MS }).toBe(1);
  await page.getByRole('link', { name: 'SO-2026-000001' }).click();
  await heading('Sales order SO-2026-000001').waitFor();
  await flow().getByRole('link', { name: 'DN-2026-000002' }).waitFor();
  expect(await flow().getByText('from SO-2026-000001').count()).toBe(4); // Deliveries, invoice.
  await flow().getByRole('link', { name: 'CI-2026-000001' }).focus();
  await page.keyboard.press('Enter');
  await heading('Invoice CI-2026-000001').waitFor();
}, 180_000);

test('what is left of the invoice is paid from its page, once', async () => {
  await page.locator('summary', { hasText: 'Note a payment' }).click();
  const form = page.getByRole('form', { name: 'Note a payment' });
  expect(await form.getByLabel('Amount').inputValue()).toBe('12.22');
  await form.getByLabel('Paid').fill('2026-03-25');
  await form.getByRole('button').click();
  await flow().getByRole('link', { name: 'CP-2026-000002' }).waitFor();
  await page.getByText('cleared').first().waitFor();
  expect(await page.locator('summary', { hasText: 'Note a payment' }).count()).toBe(0);
}, 180_000);

test('the invoice was booked, and the books balance', async () => {
  await flow().getByRole('link', { name: 'JE-2026-000005' }).click();
  await heading('Journal entry JE-2026-000005').waitFor();
  const debtor = page.getByRole('row', { name: /1300 Trade receivables.*Kiosk.*712\.22/ });
  await debtor.waitFor();
  expect(await flow().locator('[aria-current=page]').textContent()).toBe('JE-2026-000005');
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await page.getByRole('link', { name: 'Trial balance' }).click();
  await page.getByText('Debit and credit agree.').waitFor();
  const row = page.getByRole('row', { name: /^1300/ });
  expect(await row.textContent()).toContain('712.22712.220.00'); // Debit, credit, nothing is open.
}, 180_000);

test('the balance sheet adds up on both sides, and an account leads to its postings', async () => {
  await page.getByRole('link', { name: 'Balance sheet' }).click();
  const sumOf = async (name: string): Promise<string> =>
    (await page.getByRole('row', { name }).getByRole('cell').last().textContent()) ?? '';
  await page.getByRole('row', { name: 'Total equity and liabilities' }).waitFor();
  expect(await sumOf('Total assets')).toMatch(/[1-9]/);
  expect(await sumOf('Total assets')).toBe(await sumOf('Total equity and liabilities'));
  const result = await sumOf('Result not yet carried forward');
  await page.getByRole('link', { name: 'Income statement' }).click();
  await page.getByRole('row', { name: /^(Profit|Loss)/ }).waitFor();
  expect(await sumOf('Revenue')).toMatch(/[1-9]/);
  expect(await sumOf(result.startsWith('-') ? 'Loss' : 'Profit')).toBe(result);
  await page.getByRole('link', { name: '4000', exact: true }).click();
  await page.waitForURL('**/journal-entries**account=4000**');
}, 180_000);

const posted = async (): Promise<string> => (await flow().innerText()).replaceAll(/\s+/g, ' ');

test('an order is written, delivered, charged and paid through the screen alone', async () => {
  await page.goto(at('/erp/sales-orders?entity=DE01'));
  await page.getByRole('link', { name: 'New order' }).click();
  const order = page.getByRole('form', { name: 'New order' });
  await order.getByRole('combobox', { name: 'Customer' }).pressSequentially('baz');
  await page.getByRole('option', { name: /Bazaar/ }).waitFor();
  await page.keyboard.press('Enter');
  await order.getByLabel('Issued').fill('2026-03-26');
  await order.getByRole('combobox', { name: 'Item' }).pressSequentially('lam');
  await page.getByRole('option', { name: /Lamp/ }).click();
  await order.getByLabel('Unit price').fill('-1'); // The server says beside the line what is wrong.
  await order.getByRole('button', { name: 'Save and confirm' }).click();
  await order.getByText('a price is not below zero, a discount 0 to 100 %').first().waitFor();
  expect(await order.getByRole('combobox', { name: 'Customer' }).inputValue()).toContain('Bazaar'); // Nothing is lost.
  await order.getByLabel('Unit price').fill('100.00');
  await order.getByLabel('Discount in %').fill('10');
  await order.getByLabel('Tax code').selectOption('');
  await order.getByText('90.00 EUR').first().waitFor();
  await order.getByRole('button', { name: 'Save and confirm' }).dblclick();
  await heading('Sales order SO-2026-000003').waitFor();
  await page.getByText('confirmed').first().waitFor();
  await act('Deliver', 'Posted', '2026-03-27');
  await act('Write the invoice', 'Issued', '2026-03-28');
  const invoice = flow().getByRole('link', { name: /^CI-2026-/ });
  await invoice.click();
  await heading('Invoice CI-2026-000002').waitFor();
  await act('Note a payment', 'Paid', '2026-03-30');
  await page.getByText('cleared').first().waitFor();
  await flow().getByRole('link', { name: 'CP-2026-000003' }).waitFor(); // It is asked for by itself.
  expect(await posted()).toMatch(/SO-2026-000003.*CI-2026-000002.*CP-2026-000003/);
}, 240_000);

test('an entry that does not balance cannot be posted', async () => {
  await page.goto(at('/erp/journal-entries/new?entity=DE01'));
  const entry = page.getByRole('form', { name: 'New entry' });
  await entry.getByLabel('Posted').fill('2026-03-31');
  await entry.getByLabel('Text').first().fill('rent of March');
  await entry.getByRole('combobox', { name: 'Account' }).first().fill('6200');
  await entry.getByLabel('Debit').first().fill('100.00');
  await entry.getByRole('combobox', { name: 'Account' }).last().fill('1400');
  await entry.getByLabel('Credit').last().fill('99.00');
  await entry.getByText('1.00 EUR missing in credit').waitFor();
  expect(await entry.getByRole('button', { name: 'Post' }).isDisabled()).toBe(true);
  await entry.getByLabel('Credit').last().fill('100.00');
  await entry.getByText('Debit and credit agree.', { exact: true }).waitFor();
  await entry.getByRole('button', { name: 'Post' }).click();
  await page.getByRole('row', { name: /6200/ }).waitFor();
}, 120_000);

test('a list is handed over as a file, all of it', async () => {
  await page.goto(at('/erp/deliveries?entity=DE01'));
  const save = page.getByRole('button', { name: 'Export CSV' });
  await save.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(file.suggestedFilename()).toBe('deliveries.csv');
}, 120_000);

test.each(['stock', 'stock-movements'])(
  '%s says in words what is counted',
  async (list) => {
    await page.goto(at(`/erp/${list}?entity=DE01`));
    const cable = page.getByRole('row', { name: /Cable.*SHOP/ });
    await cable.waitFor();
    await expect.poll(() => cable.textContent(), { timeout: PATIENCE_MS }).toContain('100 m');
  },
  120_000,
);

const cellsOf = async (row: RegExp): Promise<readonly string[]> => {
  const found = page.getByRole('row', { name: row });
  await found.waitFor();
  return found.getByRole('cell').allInnerTexts();
};

test('an order says in words what of it has left and was charged, an item what it is made of', async () => {
  await page.goto(at('/erp/sales-orders?entity=DE01&status=partly-delivered'));
  await page.getByRole('link', { name: 'SO-2026-000001' }).click();
  expect((await cellsOf(/Lamp/)).slice(3, 6)).toEqual(['8 pc', '7 pc', '7 pc']);
  await page.goto(at('/erp/items?entity=DE01'));
  await page.getByRole('link', { name: 'Reel' }).click();
  await page.getByRole('table', { name: 'Bill of material 1, for 10 pc' }).waitFor();
  expect(await cellsOf(/Cable/)).toContain('2.5 m');
  await page.getByText('20 pc', { exact: true }).waitFor();
}, 120_000);

test.each([
  ['quotations', ['10 m', '0 m']],
  ['requisitions', ['5 m', '0 m']],
] as const)(
  'the first of %s says in words what is wanted, and what of it was ordered',
  async (list, expected) => {
    await page.goto(at(`/erp/${list}?entity=DE01`));
    await page.locator(`tbody a[href*="/erp/${list}/"]`).first().click();
    expect((await cellsOf(/Cable/)).slice(2, 4)).toEqual(expected);
  },
  120_000,
);

const LISTS = [
  ['sales-orders', 'light'],
  ['customer-payments', 'dark'],
  ['receivables', 'narrow'],
  ['receivables-aging', 'German'],
  ['customers', 'dark'],
  ['purchase-orders', 'narrow'], // Empty: it says what to do next.
  ['supplier-invoices', 'German'],
  ['payables-aging', 'light'],
  ['stock', 'German'],
  ['stock-movements', 'narrow'],
  ['items', 'light'],
  ['journal-entries', 'dark'],
  ['sales-orders/new', 'light'],
  ['purchase-orders/new', 'narrow'],
  ['journal-entries/new', 'German'],
  ['customers/new', 'narrow'],
  ['items/new', 'dark'],
  ['work-orders/new', 'German'],
  ['trial-balance', 'narrow'],
  ['balance-sheet', 'German'],
  ['income-statement', 'dark'],
  ['quotations', 'dark'],
  ['quotations/new', 'narrow'],
  ['requisitions', 'German'],
  ['requisitions/new', 'dark'],
  ['projects', 'narrow'],
  ['projects/new', 'German'],
  ['project-change-orders', 'dark'],
  ['price-lists', 'light'],
  ['agreements', 'narrow'],
  ['stock-counts', 'dark'],
  ['subscriptions', 'German'],
  ['dunning-runs', 'light'],
  ['bank-accounts', 'narrow'],
  ['bank-transfers', 'dark'],
  ['bank-transfers/new', 'German'],
  ['periods', 'dark'],
  ['exchange-rates', 'German'],
  ['imports', 'narrow'],
] as const;

test.each(LISTS)(
  'axe finds nothing in %s and the first of it, %s',
  async (list, look) => {
    const context = await browser.newContext({
      storageState: await reader.storageState(),
      locale: look === 'German' ? 'de-DE' : 'en-US',
      colorScheme: look === 'dark' ? 'dark' : 'light',
      viewport: { width: look === 'narrow' ? 390 : 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const shown = await context.newPage();
    const read = async (): Promise<void> => {
      await shown.waitForLoadState('networkidle');
      await shown.locator('h1').waitFor();
      expect(await readWithAxe(shown)).toEqual([]);
      const over = await shown.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(over).toBe(0);
    };
    await shown.goto(at(`/erp/${list}?entity=DE01`));
    await shown.locator('.rialto-table, .rialto-empty, .erp-document-form').first().waitFor();
    await read();
    const first = shown.locator(`tbody a[href*="/erp/${list}/"]`).first();
    if ((await first.count()) > 0) {
      await first.click();
      await shown.waitForURL(`**/erp/${list}/*`);
      await shown.locator('.rialto-tiles').waitFor();
      await read();
    }
    await context.close();
  },
  180_000,
);
