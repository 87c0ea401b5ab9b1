import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import type { CountedPaging } from '../profile/entity.ts';
import { fetchPage, isNotThere } from './listing.ts';
import type { Fetched, Listing, Walk } from './listing.ts';

const AHEAD = 12; // How many are asked for at once: the host's own limit is learned below.
const AHEAD_BLIND = 2; // When the end is not known.

/** Reads pages whose rows do not shift: several are asked for at once, and handed on in order. */
export const walkAhead: Walk = async function* walkAhead(listing, from, stop) {
  const paging = countedPaging(listing);
  let number = numberOf(paging, from);
  const first = await fetchNumber(listing, paging, number, stop);
  const coming: Promise<Fetched>[] = [];
  let asked = number;
  let page: Fetched = first;
  for (;;) {
    const before = number * paging.size.rows;
    const ended = isEnd(listing, page, before);
    const most = page.total === undefined ? AHEAD_BLIND : AHEAD;
    const lastAsked = ended ? asked : number + most;
    while (asked < lastAsked && isWithin(page, (asked + 1) * paging.size.rows)) {
      asked += 1;
      const one = fetchNumber(listing, paging, asked, stop);
      one.catch(() => undefined); // Told when its turn comes.
      coming.push(one);
    }
    yield {
      ...page,
      at: placeAt(paging, number),
      next: ended ? undefined : placeAt(paging, number + 1),
    };
    const next = coming.shift();
    if (ended || next === undefined) return;
    page = await next;
    number += 1;
  }
};

/** A page beyond the last is empty, or to some systems an error. */
async function fetchNumber(
  listing: Listing,
  paging: CountedPaging,
  number: number,
  stop: AbortSignal,
): Promise<Fetched> {
  const value = paging.style === 'page' ? number + paging.first : number * paging.size.rows;
  try {
    return await fetchPage(listing, { [paging.parameter]: String(value) }, stop);
  } catch (error) {
    if (number === 0 || !isNotThere(error)) throw error;
    return { records: [], keys: [], body: null, headers: {} };
  }
}

function isEnd(listing: Listing, { records, total }: Fetched, before: number): boolean {
  const { size } = countedPaging(listing);
  const whole = records.length >= size.rows;
  if (total === undefined) return !whole;
  const ended = before + records.length >= total;
  if (!ended && !whole) {
    throw httpError('conflict', 'http.source-shifted', `reading '${listing.name}'`, {
      cause: new Error(`a page of ${records.length} rows, and more follow`),
      remedy: `Take 'stable' out of 'entities.${listing.name}.paging'.`,
    });
  }
  return ended;
}

const isWithin = ({ total }: Fetched, offset: number): boolean =>
  total === undefined || offset < total;

function numberOf(paging: CountedPaging, from: PagePlace | undefined): number {
  if (from === undefined) return 0;
  if ('page' in from) return Math.max(0, from.page - ('first' in paging ? paging.first : 0));
  return 'offset' in from ? Math.floor(from.offset / paging.size.rows) : 0;
}

const placeAt = (paging: CountedPaging, number: number): PagePlace =>
  paging.style === 'page' ? { page: number + paging.first } : { offset: number * paging.size.rows };

/** The paging of a list whose pages are counted. */
export function countedPaging({ entity, name }: Listing): CountedPaging {
  const { paging } = entity;
  if (paging.style === 'page' || paging.style === 'offset') return paging;
  throw new Error(`assertion failed: the pages of '${name}' are not counted`);
}
