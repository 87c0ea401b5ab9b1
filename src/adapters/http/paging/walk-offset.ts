import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import { countedPaging } from './walk-ahead.ts';
import { fetchPage } from './listing.ts';
import type { Fetched, Listing, Walk } from './listing.ts';

const STEPS_BACK_MAX = 3; // Then it begins anew.
const TRIES_MAX = 5;

type State = {
  count: number; // Rows that lie behind.
  behind: ReadonlySet<string>; // Keys of the page before.
  last: string | undefined; // The last of them.
  stepsBack: number;
  anew: number;
};

/**
 * Reads pages by offset out of rows that may shift. Each page begins with the row before it, which
 * must be one that was seen: when a row was taken out in between, it is not, and one steps back until
 * it is. So no row is passed over; some may come twice.
 */
export const walkOffset: Walk = async function* walkOffset(listing, from, stop) {
  const { size } = countedPaging(listing);
  const state = stateOf(from);
  for (;;) {
    const at = placeOf(state);
    const page = await pageAfter(listing, state, stop);
    const seen = state.count === 0 || page.keys.some((key) => state.behind.has(key ?? ''));
    if (!seen && page.confirmed !== true) {
      stepBack(listing, state, size.rows);
      continue;
    }
    const fresh = page.records.filter((_, row) => !state.behind.has(page.keys[row] ?? ''));
    advance(state, page, fresh.length);
    const ended = fresh.length === 0 || (page.total !== undefined && state.count >= page.total);
    yield { ...page, records: fresh, at, next: ended ? undefined : placeOf(state) };
    if (ended) return;
  }
};

type Window = Fetched & { readonly start: number; readonly confirmed?: true };

/** The page after what lies behind, with one row of it; when nothing more is there, that is made sure. */
async function pageAfter(listing: Listing, state: State, stop: AbortSignal): Promise<Window> {
  const { parameter } = countedPaging(listing);
  const fetchFrom = async (start: number): Promise<Window> => ({
    ...(await fetchPage(listing, { [parameter]: String(start) }, stop)),
    start,
  });
  const page = await fetchFrom(Math.max(0, state.count - 1));
  const nothingNew =
    page.records.length > 0 && page.keys.every((key) => state.behind.has(key ?? ''));
  if (state.count === 0 || !nothingNew || (page.total ?? Infinity) <= state.count) return page;
  // The page may only be short: ask right behind it.
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const rest = await fetchFrom(state.count);
    const more = rest.keys.some((key) => !state.behind.has(key ?? ''));
    if (more) return { ...rest, confirmed: true };
    if (rest.records.length === 0) return { ...page, confirmed: true };
  }
  return page;
}

function stepBack(listing: Listing, state: State, rows: number): void {
  state.stepsBack += 1;
  state.count = state.stepsBack > STEPS_BACK_MAX ? 0 : Math.max(0, state.count - rows + 1);
  if (state.count > 0) return;
  state.anew += 1;
  if (state.anew > TRIES_MAX) {
    throw httpError('conflict', 'http.source-shifted', `reading '${listing.name}'`, {
      cause: new Error('its rows shift faster than they can be read'),
      remedy: 'Read it at a quieter time, by a cursor, or with larger pages.',
    });
  }
}

function advance(state: State, page: Window, fresh: number): void {
  const stepped = state.stepsBack > 0;
  state.count = stepped ? page.start + page.records.length : state.count + fresh;
  state.stepsBack = 0;
  const keys = page.keys.filter((key) => key !== undefined);
  if (keys.length === 0) return;
  state.behind = new Set(keys);
  state.last = keys.at(-1);
}

const placeOf = ({ count, last }: State): PagePlace | undefined =>
  count === 0 ? undefined : { offset: count, ...(last === undefined ? {} : { anchor: last }) };

function stateOf(from: PagePlace | undefined): State {
  const place = from !== undefined && 'offset' in from ? from : { offset: 0 };
  const { offset: count, anchor } = { anchor: undefined, ...place };
  const behind = new Set(anchor === undefined ? [] : [anchor]);
  return { count: anchor === undefined ? 0 : count, behind, last: anchor, stepsBack: 0, anew: 0 };
}
