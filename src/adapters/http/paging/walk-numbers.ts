import type { Json } from '#kernel';
import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import type { CountedPaging } from '../profile/entity.ts';
import { fetchPage, isNotThere } from './listing.ts';
import type { Fetched, Listing, Walk } from './listing.ts';
import { countedPaging } from './walk-ahead.ts';

const LOOKS_MAX = 12; // At two pages until they stand still.
const ANEW_MAX = 5;
const BACK_MAX = 4; // Pages to look for the last row after a pause.

/**
 * Reads pages by number out of rows that may shift. After each page the one before is looked at
 * again: when it has changed, both are read until it stands still, so that no row slipped from one
 * to the other unseen. When nothing of it is left where it was, all begins anew. Rows may come twice.
 */
export const walkNumbers: Walk = async function* walkNumbers(listing, from, stop) {
  const paging = countedPaging(listing);
  const lowest = paging.style === 'page' ? paging.first : 0;
  let { number, page } = await firstPage(listing, from, lowest, stop);
  let { records } = page;
  let anew = 0;
  for (;;) {
    const ended = isEnd(page, paging, number - lowest);
    const last = page.keys.findLast((key) => key !== undefined);
    const next = ended ? undefined : placeOf(number + 1, last);
    yield { ...page, records, at: { page: number }, next };
    if (ended) return;
    const after = await pageAfter(listing, number, keySet(page), stop);
    if (after === undefined) {
      anew += 1;
      if (anew > ANEW_MAX) throw shifted(listing);
      ({ number, page } = await firstPage(listing, undefined, lowest, stop));
      ({ records } = page);
    } else {
      number += 1;
      ({ page, records } = after);
    }
  }
};

type After = { readonly page: Fetched; readonly records: readonly Json[] };

/** The page after one that was read, with what slipped over; undefined: the place is lost. */
async function pageAfter(
  listing: Listing,
  number: number,
  seen: ReadonlySet<string>,
  stop: AbortSignal,
): Promise<After | undefined> {
  const records: Json[] = [];
  const known = new Set(seen);
  const add = (page: Fetched): void => {
    for (const [row, record] of page.records.entries()) {
      const key = page.keys[row];
      if (key === undefined || !known.has(key)) records.push(record);
      if (key !== undefined) known.add(key);
    }
  };
  let before = seen;
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const page = await fetchNumber(listing, number + 1, stop);
    const again = keySet(await fetchedInto(add, listing, number, stop));
    add(page);
    if (again.symmetricDifference(before).size === 0) return { page, records };
    if (again.isDisjointFrom(before)) return undefined;
    before = again;
  }
  throw shifted(listing);
}

async function fetchedInto(
  add: (page: Fetched) => void,
  listing: Listing,
  number: number,
  stop: AbortSignal,
): Promise<Fetched> {
  const page = await fetchNumber(listing, number, stop);
  add(page);
  return page;
}

/** After a pause one goes on at the page where the last row stands now; without it, one begins anew. */
async function firstPage(
  listing: Listing,
  from: PagePlace | undefined,
  lowest: number,
  stop: AbortSignal,
): Promise<{ readonly number: number; readonly page: Fetched }> {
  if (from !== undefined && 'page' in from && from.anchor !== undefined) {
    const back = Math.max(lowest, from.page - BACK_MAX);
    for (let number = from.page - 1; number >= back; number -= 1) {
      const page = await fetchNumber(listing, number, stop);
      if (page.keys.includes(from.anchor)) return { number, page };
    }
  }
  return { number: lowest, page: await fetchNumber(listing, lowest, stop) };
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

const keySet = ({ keys }: Fetched): ReadonlySet<string> =>
  new Set(keys.filter((key) => key !== undefined));

const placeOf = (page: number, anchor: string | undefined): PagePlace => ({
  page,
  ...(anchor === undefined ? {} : { anchor }),
});

const shifted = ({ name }: Listing): Error =>
  httpError('conflict', 'http.source-shifted', `reading '${name}'`, {
    cause: new Error('its rows shift faster than they can be read'),
    remedy: 'Read it at a quieter time, by a cursor, or with larger pages.',
  });
