/** What a person has to decide is seen, and is called what it is. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPages } from './open-pages.ts';
import type { OpenPages } from './open-pages.ts';

vi.setConfig({ testTimeout: 120_000 });

let pages: OpenPages;

beforeAll(async () => {
  pages = await openPages();
}, 120_000);
afterAll(() => pages.close());

test('an uncertain one is not said to be unbooked, and a look says what it found', async () => {
  const page = await pages.visit('/transactions/tx_3');
  await page.getByRole('heading', { name: 'Why it is not known whether it is booked' }).waitFor();
  const story = page.locator('.rialto-change');
  expect(await story.allTextContents()).toEqual([
    expect.stringContaining('refused as wrong'),
    expect.stringContaining('it could not be looked for'),
    expect.stringContaining('it is not booked'),
  ]);
  await page.context().close();
});

test('drift is decided without scrolling to the side, in German too', async () => {
  const page = await pages.visit('/drift', { german: true });
  const accept = page.getByRole('button', { name: /^Annehmen/ }).first();
  await accept.waitFor();
  const right = await accept.evaluate((button) => {
    const table = button.closest('table')?.parentElement?.getBoundingClientRect().right ?? 0;
    return table - button.getBoundingClientRect().right;
  });
  expect(right).toBeGreaterThan(0);
  await page.context().close();
});

test('a batch that is named by its id alone is no wider than a phone', async () => {
  const batch = 'batch_01M82338BEJCWRCBK31VAEV000';
  const page = await pages.visit(`/transactions?batch=${batch}`, { width: 360, german: true });
  await page.getByText(batch).waitFor();
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(wider).toBe(0);
  await page.context().close();
});
