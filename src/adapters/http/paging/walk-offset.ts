import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import { fetchPage } from './listing.ts';
import type { Fetched, Listing, Walk } from './listing.ts';
import { countedPaging } from './walk-ahead.ts';

const STEPS_BACK_MAX = 3; // Then it begins anew.
const ANEW_MAX = 5;
const IDLE_MAX = 40; // Looks that brought nothing new, on end.
const BEHIND_MAX = 2000;

type State = {
  count: number; // Where the next row is thought to stand.
  behind: readonly string[]; // Keys of the rows read last.
  stepsBack: number;
  anew: number;
  idle: number;
};

/**
 * Reads pages by offset out of rows that may shift. Each page must hold a row that was read before:
 * then, rows being in one order, none lies unread between. When it holds none, rows were taken out
 * before it, and one steps back until it does. So no row is passed over; some may come twice.
 */
export const walkOffset: Walk = async function* walkOffset(listing, from, stop) {
  const { size } = countedPaging(listing);
  const state = stateOf(from);
  for (;;) {
    const at = placeOf(state);
    const start = Math.max(0, state.count - 1);
    const page = await fetchFrom(listing, start, stop);
    const known = new Set(state.behind);
    const seen = state.count === 0 || page.keys.some((key) => known.has(key ?? ''));
    if (!seen) {
      stepBack(listing, state, size.rows);
      continue;
    }
    const fresh = page.records.filter((_, row) => !known.has(page.keys[row] ?? ''));
    const before = state.count;
    advance(state, page, { start, fresh: fresh.length });
    const counted = page.total !== undefined && state.count >= page.total;
    const ended = counted || (await isEnd(listing, { page, start, fresh: fresh.length }, stop));
    if (fresh.length > 0) state.idle = 0;
    else if (!ended) idle(listing, state, before);
    if (fresh.length === 0 && !ended) continue;
    yield { ...page, records: fresh, at, next: ended ? undefined : placeOf(state) };
    if (ended) return;
  }
};

async function fetchFrom(listing: Listing, start: number, stop: AbortSignal): Promise<Fetched> {
  const { parameter } = countedPaging(listing);
  return await fetchPage(listing, { [parameter]: String(start) }, stop);
}

type Seen = { readonly page: Fetched; readonly start: number; readonly fresh: number };

/**
 * Without a stated total: only the last row read is left, nothing stands behind it, and it is still
 * alone afterwards. A page may only be short, and rows may shift from one look to the next.
 */
async function isEnd(
  listing: Listing,
  { page, start, fresh }: Seen,
  stop: AbortSignal,
): Promise<boolean> {
  if (page.records.length === 0) return true; // From the very beginning.
  if (fresh > 0 || page.records.length > 1) return false;
  const behind = await fetchFrom(listing, start + 1, stop);
  if (behind.records.length > 0) return false;
  const again = await fetchFrom(listing, start, stop);
  return again.keys.length === 1 && again.keys[0] === page.keys[0];
}

/** Never beyond what was read: a page may begin with rows of the one before, unasked. */
function advance(state: State, page: Fetched, { start, fresh }: Omit<Seen, 'page'>): void {
  const base = state.count === 0 ? 0 : start + 1;
  const idleStep = fresh === 0 && page.records.length > 1;
  state.count = idleStep ? start + page.records.length : base + fresh;
  state.stepsBack = 0;
  const keys = page.keys.filter((key) => key !== undefined);
  const now = new Set(keys);
  const earlier = state.behind.filter((key) => !now.has(key));
  state.behind = [...earlier, ...keys].slice(-BEHIND_MAX);
}

function stepBack(listing: Listing, state: State, rows: number): void {
  idle(listing, state, state.count);
  state.stepsBack += 1;
  state.count = state.stepsBack > STEPS_BACK_MAX ? 0 : Math.max(0, state.count - rows + 1);
  if (state.count > 0) return;
  state.anew += 1;
  if (state.anew > ANEW_MAX) throw shifted(listing);
}

function idle(listing: Listing, state: State, before: number): void {
  if (state.count > before) return; // On the way through rows that were read.
  state.idle += 1;
  if (state.idle > IDLE_MAX) throw shifted(listing);
}

const shifted = ({ name }: Listing): Error =>
  httpError('conflict', 'http.source-shifted', `reading '${name}'`, {
    cause: new Error('its rows shift faster than they can be read'),
    remedy: 'Read it at a quieter time, by a cursor, or with larger pages.',
  });

function placeOf({ count, behind }: State): PagePlace | undefined {
  const anchor = behind.at(-1);
  return count === 0 || anchor === undefined ? undefined : { offset: count, anchor };
}

function stateOf(from: PagePlace | undefined): State {
  const anchored = from !== undefined && 'offset' in from && from.anchor !== undefined;
  return anchored
    ? { count: from.offset, behind: [from.anchor ?? ''], stepsBack: 0, anew: 0, idle: 0 }
    : { count: 0, behind: [], stepsBack: 0, anew: 0, idle: 0 };
}
