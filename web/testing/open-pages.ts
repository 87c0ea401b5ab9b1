import type { Page } from 'playwright-core';
import { readWithAxe } from './axe.ts';
import { startBrowser } from './browser.ts';
import { buildPages } from './build-pages.ts';
import { serveFixture } from './fixture-server.ts';
import type { Behaviour } from './fixture-server.ts';

/** How a page is looked at. */
export type Look = { dark?: boolean; width?: number; german?: boolean; behaviour?: Behaviour };

export type OpenPages = Awaited<ReturnType<typeof openPages>>;

/** The pages as they are shipped, before a small server, in a browser. */
export async function openPages() {
  const [browser, server] = await Promise.all([startBrowser(), buildPages().then(serveFixture)]);
  return {
    ...server,
    async visit(path: string, look: Look = {}): Promise<Page> {
      server.behave(look.behaviour ?? 'ready');
      const context = await browser.newContext({
        viewport: { width: look.width ?? 1280, height: 800 },
        colorScheme: look.dark === true ? 'dark' : 'light',
        locale: look.german === true ? 'de-DE' : 'en-US',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto(server.url + path);
      await page.waitForSelector('main');
      return page;
    },
    whatAxeFinds: readWithAxe,
    overflow: (page: Page): Promise<number> =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    async close(): Promise<void> {
      await browser.close();
      server.close();
    },
  };
}
