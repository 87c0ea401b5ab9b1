import type { PagePlace } from '../place.ts';
import { fetchPage } from './listing.ts';
import type { Listing, SourcePage, Walk } from './listing.ts';
import { walkAhead } from './walk-ahead.ts';
import { walkChain } from './walk-chain.ts';
import { walkNumbers } from './walk-numbers.ts';
import { walkOffset } from './walk-offset.ts';

/** Reads a list from a place on, by its own way of paging. What is asked ahead ends with it. */
export async function* walkPages(
  listing: Listing,
  from: PagePlace | undefined,
  stop: AbortSignal,
): AsyncGenerator<SourcePage> {
  const over = new AbortController();
  try {
    yield* walkOf(listing)(listing, from, AbortSignal.any([stop, over.signal]));
  } finally {
    over.abort();
  }
}

function walkOf({ entity: { paging } }: Listing): Walk {
  switch (paging.style) {
    case 'none':
      return walkOnce;
    case 'cursor':
    case 'link-header':
    case 'next-link':
      return walkChain;
    case 'offset':
      return paging.stable === true ? walkAhead : walkOffset;
    case 'page':
      return paging.stable === true ? walkAhead : walkNumbers;
  }
}

const walkOnce: Walk = async function* walkOnce(listing, _from, stop) {
  yield { ...(await fetchPage(listing, {}, stop)), at: undefined, next: undefined };
};
