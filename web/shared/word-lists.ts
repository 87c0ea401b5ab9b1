import { addWords } from './i18n.ts';

/** Words that are fetched with the part of the product that says them. */
const WORD_LISTS = {
  connections: {
    en: () => import('../locales/connections.en.json'),
    de: () => import('../locales/connections.de.json'),
  },
  erp: {
    en: () => import('../locales/erp.en.json'),
    de: () => import('../locales/erp.de.json'),
  },
} as const;

/** Fetches a page with the words that it says: it is not shown before they are there. */
export async function withWords<Page>(
  of: keyof typeof WORD_LISTS,
  load: () => Promise<Page>,
): Promise<Page> {
  const [page] = await Promise.all([load(), addWords(WORD_LISTS[of])]);
  return page;
}
