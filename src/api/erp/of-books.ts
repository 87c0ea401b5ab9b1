import type { Database } from '#database';
import { findLegalEntity } from '#erp/company';
import { notThere } from '../errors.ts';
import type { Route } from '../route.ts';

type OfEntity = { readonly params: { readonly entity: string } };

/** Legal entities that are there: none ever goes, so that each is asked for once. */
const known = new WeakMap<Database, Set<string>>();

/**
 * A route of a legal entity's books that refuses one that is not there, instead of answering that
 * nothing is owed there. Bookings look for themselves, within their transaction.
 */
export function ofBooks(route: Route): Route {
  if (!route.shape.path.includes('/:entity/') || route.book !== undefined) return route;
  return {
    ...route,
    handle: async (request, services) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's own; its params passed the shape's schema.
      const { entity } = (request as OfEntity).params;
      await requireEntity(services.database, entity);
      return await route.handle(request, services);
    },
  };
}

async function requireEntity(database: Database, code: string): Promise<void> {
  const codes = known.get(database) ?? new Set();
  known.set(database, codes);
  if (codes.has(code)) return;
  if ((await findLegalEntity(database.kysely, code)) === undefined) {
    throw notThere('api.no-such-record', `the legal entity ${code}`);
  }
  codes.add(code);
}
