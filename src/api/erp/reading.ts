import { notThere } from '../errors.ts';
import { pageFrom } from './page-from.ts';

/** Why reading this need not be kept. */
export const SHOWS_NOTHING_PERSONAL = {
  none: 'changes nothing, and shows no personal data',
} as const;

/** A page of a list by cursor, whose rows are told by their id. */
export async function listed<Query extends { readonly limit: number }, Row extends { id: string }>(
  query: Query,
  read: (wanted: Query) => Promise<readonly Row[]>,
): Promise<{ readonly items: readonly Row[]; readonly next?: string }> {
  const found = await read({ ...query, limit: query.limit + 1 });
  return pageFrom(found, query.limit, ({ id }) => id);
}

/** A document of the legal entity in the path; another's is not there. */
export function there<Found extends { readonly legalEntity: string }>(
  found: Found | undefined,
  { entity, id }: { readonly entity: string; readonly id: string },
): Found {
  if (found?.legalEntity === entity) return found;
  throw notThere('api.no-such-record', `${id} of ${entity}`);
}
