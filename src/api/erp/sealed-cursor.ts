import { hash } from 'node:crypto';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from '../errors.ts';
import type { Route } from '../route.ts';

/** What of a call its cursor belongs to. Filters may change on the way. */
type Asked = {
  readonly params: unknown;
  readonly query: { readonly sort?: unknown; readonly after?: unknown };
};

const SEAL = 8; // Characters: enough to tell a slip from a cursor; it keeps nobody out.

/**
 * A list of the books whose cursors belong to it: `next` says which list, of whose books and in which order it
 * goes on, and `after` that is of another one is refused instead of answered with an empty page.
 */
export function sealed(route: Route): Route {
  const { method, path } = route.shape;
  if (method !== 'GET' || !path.startsWith('/v1/erp/')) return route;
  return {
    ...route,
    handle: async (request, services) => {
      const asked = askedIn(request);
      const { after } = asked.query;
      const seal = sealOf(route.name, asked);
      const reply = await route.handle(
        typeof after === 'string' ? withAfter(asked, opened(after, seal)) : request,
        services,
      );
      return hasNext(reply) ? { ...reply, next: `${reply.next}${seal}` } : reply;
    },
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's own; its query passed a schema of names.
const askedIn = (request: unknown): Asked => request as Asked;

const withAfter = (asked: Asked, after: string): Asked => ({
  ...asked,
  query: { ...asked.query, after },
});

const hasNext = (reply: unknown): reply is { readonly next: string } =>
  typeof reply === 'object' && reply !== null && 'next' in reply && typeof reply.next === 'string';

function sealOf(name: string, { params, query }: Asked): string {
  const { sort } = query;
  const belongsTo = JSON.stringify([name, params, typeof sort === 'string' ? sort : '']);
  return `~${hash('sha256', belongsTo, 'base64url').slice(0, SEAL)}`;
}

/** A cursor as the list gave it, before it was sealed. */
function opened(after: string, seal: string): string {
  const place = after.slice(0, -seal.length);
  if (place !== '' && after.endsWith(seal)) return place;
  throw new RialtoError<ApiErrorCode>(
    'invalid',
    'api.unknown-cursor',
    'after: no place of this list in this order',
    { remedy: 'Begin without `after`, and go on with `next` as each page gives it.' },
  );
}
