/** Opens books in a fresh Rialto and lets somebody work on them in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { startRialto } from './running-rialto.ts';
import type { RunningRialto } from './running-rialto.ts';

const PATIENCE_MS = 60_000; // A busy machine is slow, not broken.
const BOOKS = '/v1/erp/legal-entities/DE01';

/** Sends to an address within the books, and answers the id of what was made. */
type Send = (path: string, body: unknown) => Promise<string>;

/** The books of a company, before anything is in them. */
export type OpenBooks = {
  readonly rialto: RunningRialto;
  readonly send: Send;
  /** A person's browser, signed in: the owner's, or of somebody with a role. */
  signIn(
    browser: Browser,
    person?: { readonly name: string; readonly role: string },
  ): Promise<Page>;
  at(path: string): string;
};

const textOf = (reply: unknown, name: string): string => String(Reflect.get(Object(reply), name));

/** Sends what makes something new in DE01. */
export const sendTo =
  (rialto: RunningRialto): Send =>
  async (path, body) => {
    const reply = await rialto.request('POST', `${BOOKS}/${path}`, body);
    const id: unknown = Reflect.get(Object(reply), 'id');
    if (typeof id !== 'string') throw new Error(`${path}: ${JSON.stringify(reply)}`);
    return id;
  };

/** Founds DE01 in a Rialto of its own. */
export async function openBooks(): Promise<OpenBooks> {
  const rialto = await startRialto({ flags: ['--empty'] });
  await rialto.request('POST', '/v1/erp/legal-entities', {
    code: 'DE01',
    name: 'Muster GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    fiscalYears: [2026],
  });
  const at = (path: string): string => new URL(path, rialto.address).href;
  return {
    rialto,
    at,
    send: sendTo(rialto),
    signIn: async (browser, person) => {
      const [path, body] =
        person === undefined ? ['/v1/sign-in-links', {}] : ['/v1/people', person];
      const context = await browser.newContext({ locale: 'en-US' });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await page.goto(at(textOf(await rialto.request('POST', path, body), 'path')));
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      return page;
    },
  };
}

/** Unfolds an act of a document, fills it in, sends it, and waits until it was done. */
export async function doAct(
  page: Page,
  title: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.locator('summary').getByText(title, { exact: true }).click();
  const form = page.getByRole('form', { name: title, exact: true });
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(new RegExp(`^${RegExp.escape(label)}( \\*)?$`)).fill(value);
  }
  const answered = page.waitForResponse((reply) => reply.request().method() !== 'GET');
  await form.getByRole('button', { name: title, exact: true }).click();
  const reply = await answered;
  if (!reply.ok()) throw new Error(`${title}: ${await reply.text()}`);
  await page.waitForLoadState('networkidle');
}
