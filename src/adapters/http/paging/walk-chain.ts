import { textAt } from '#adapter-kit/expression';
import { RialtoError } from '#kernel';
import { urlOf } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import { fetchPage, fetchUrl } from './listing.ts';
import type { Fetched, Listing, Walk } from './listing.ts';

/**
 * Reads pages of which each says where the next one is: by a cursor, a link in a header or a link in
 * the answer. The next one is asked for while this one is being used.
 */
export const walkChain: Walk = async function* walkChain(listing, from, stop) {
  let at = from;
  let coming = fetchAt(listing, at, stop);
  for (;;) {
    const page = await coming;
    const next = nextOf(listing, page);
    if (next !== undefined && JSON.stringify(next) === JSON.stringify(at)) {
      throw httpError('unavailable', 'http.paging-stuck', `reading '${listing.name}'`, {
        cause: new Error('a page names itself as the next one'),
        remedy: "Check 'paging' in the profile.",
      });
    }
    if (next !== undefined) {
      coming = fetchAt(listing, next, stop);
      coming.catch(() => undefined); // Told when it is waited for, if it ever is.
    }
    yield { ...page, at, next };
    if (next === undefined) return;
    at = next;
  }
};

async function fetchAt(
  listing: Listing,
  at: PagePlace | undefined,
  stop: AbortSignal,
): Promise<Fetched> {
  const { connection, name, entity } = listing;
  try {
    if (at === undefined) return await fetchPage(listing, {}, stop);
    if ('url' in at) return await fetchUrl(listing, connection.baseUrl + at.url, stop);
    const parameter = entity.paging.style === 'cursor' ? entity.paging.parameter : 'cursor';
    return await fetchPage(listing, 'cursor' in at ? { [parameter]: at.cursor } : {}, stop);
  } catch (error) {
    const refused =
      error instanceof RialtoError && ['invalid', 'not-found', 'conflict'].includes(error.kind);
    if (at === undefined || !refused) throw error;
    throw httpError('conflict', 'http.cursor-expired', `going on in '${name}'`, {
      cause: error,
      remedy: 'Read the entity from the start.',
    });
  }
}

function nextOf({ connection, entity }: Listing, page: Fetched): PagePlace | undefined {
  const { paging } = entity;
  if (paging.style === 'cursor') {
    const cursor = textAt(page.body, paging.next);
    return cursor === undefined || cursor === '' ? undefined : { cursor };
  }
  const link =
    paging.style === 'link-header'
      ? nextLink(page.headers['link'] ?? '')
      : textAt(page.body, paging.style === 'next-link' ? paging.next : '');
  return link === undefined || link === ''
    ? undefined
    : { url: ownUrl(connection, link, entity.path) };
}

/** The target of rel="next" in a Link header (RFC 8288). */
function nextLink(header: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*("[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters)) return target;
  }
  return undefined;
}

/**
 * A link as a path of the system, so that no answer and no stored place can lead elsewhere. A key
 * that the answer repeats is taken out: the signer adds it.
 */
function ownUrl(connection: Connection, link: string, path: string): string {
  const base = new URL(connection.baseUrl);
  const url = new URL(link, urlOf(connection, { path }));
  const own = url.pathname.startsWith(base.pathname === '/' ? '/' : `${base.pathname}/`);
  if (url.host !== base.host || !own) {
    throw httpError('forbidden', 'http.unexpected-answer', 'following the link to the next page', {
      cause: new Error(`it leads to ${connection.client.mask.url(url.origin + url.pathname)}`),
      remedy: 'Links are followed within the base URL only.',
    });
  }
  if (connection.secretParameter !== undefined) url.searchParams.delete(connection.secretParameter);
  const prefix = base.pathname === '/' ? '' : base.pathname;
  return url.pathname.slice(prefix.length) + url.search;
}
