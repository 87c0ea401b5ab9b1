import type { PagePlace } from '../place.ts';
import type { CountedPaging } from '../profile/entity.ts';
import { fetchPage, isNotThere } from './listing.ts';
import type { Fetched, Listing, SourcePage, Walk } from './listing.ts';
import { countedPaging } from './walk-ahead.ts';

/**
 * Reads pages by number out of rows that may shift. After each page the one before is looked at
 * again: a row that slipped into it in between is handed on now. So no row is passed over as long
 * as fewer rows are taken out between two requests than a page has. Some may come twice.
 */
export const walkNumbers: Walk = async function* walkNumbers(listing, from, stop) {
  const paging = countedPaging(listing);
  const lowest = paging.style === 'page' ? paging.first : 0;
  let number = await whereToBegin(listing, from, lowest, stop);
  let before: ReadonlySet<string> | undefined; // Keys of the page before.
  for (;;) {
    const page = await fetchNumber(listing, number, stop);
    const slipped =
      before === undefined ? [] : await slippedRows(listing, number - 1, before, stop);
    const ended = isEnd(page, paging, number - lowest);
    const last = page.keys.findLast((key) => key !== undefined);
    yield {
      ...page,
      records: [...slipped, ...page.records],
      at: { page: number },
      next: ended ? undefined : placeOf(number + 1, last),
    };
    if (ended) return;
    before = new Set(page.keys.filter((key) => key !== undefined));
    number += 1;
  }
};

/** Rows that stand on a page now and did not when it was read. */
async function slippedRows(
  listing: Listing,
  number: number,
  seen: ReadonlySet<string>,
  stop: AbortSignal,
): Promise<SourcePage['records']> {
  const { records, keys } = await fetchNumber(listing, number, stop);
  return records.filter((_, row) => !seen.has(keys[row] ?? ''));
}

/** Time has passed since the place was kept: back to the page where its last row stands now. */
async function whereToBegin(
  listing: Listing,
  from: PagePlace | undefined,
  lowest: number,
  stop: AbortSignal,
): Promise<number> {
  if (from === undefined || !('page' in from) || from.anchor === undefined) return lowest;
  for (let number = from.page - 1; number >= Math.max(lowest, from.page - 4); number -= 1) {
    const { keys } = await fetchNumber(listing, number, stop);
    if (keys.includes(from.anchor)) return keys.at(-1) === from.anchor ? number + 1 : number;
  }
  return lowest;
}

async function fetchNumber(listing: Listing, number: number, stop: AbortSignal): Promise<Fetched> {
  const { parameter } = countedPaging(listing);
  try {
    return await fetchPage(listing, { [parameter]: String(number) }, stop);
  } catch (error) {
    // To some systems a page beyond the last is an error.
    if (number <= 1 || !isNotThere(error)) throw error;
    return { records: [], keys: [], body: null, headers: {} };
  }
}

const isEnd = ({ records, total }: Fetched, { size }: CountedPaging, before: number): boolean =>
  records.length === 0 || (total !== undefined && (before + 1) * size.rows >= total);

const placeOf = (page: number, anchor: string | undefined): PagePlace => ({
  page,
  ...(anchor === undefined ? {} : { anchor }),
});
