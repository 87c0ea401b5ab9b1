import type { RouteName } from '#api-contract';
import type { Handle } from '#database';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import type { Services } from '../services.ts';
import { pageFrom } from './page-from.ts';

/** Why reading this need not be kept. */
export const SHOWS_NOTHING_PERSONAL = {
  none: 'changes nothing, and shows no personal data',
} as const;

/** What every list by cursor is asked with. */
export type ListQuery = {
  readonly limit: number;
  readonly sort?: string | undefined;
  readonly after?: string | undefined;
};

/** A page of a list by cursor, whose rows are told by their id. */
export async function listed<Query extends ListQuery, Row extends { id: string }>(
  query: Query,
  read: (wanted: Query) => Promise<readonly Row[]>,
): Promise<{ readonly items: readonly Row[]; readonly next?: string }> {
  const { limit } = query;
  return pageFrom(await read({ ...query, limit: limit + 1 }), limit, ({ id }) => id);
}

/** A route that reads what is not personal. */
export const readRoute = <Name extends RouteName>(
  definition: Omit<Parameters<typeof route<Name>>[0], 'audit'>,
): Route => route<Name>({ ...definition, audit: SHOWS_NOTHING_PERSONAL });

/** Handles a list: those of the legal entity in the path, as the area lists them. */
export const listBy =
  <Query extends ListQuery, Row extends { id: string }>(
    list: (
      handle: Handle,
      filter: Query & { readonly legalEntity: string },
    ) => Promise<readonly Row[]>,
  ) =>
  (
    { params, query }: { readonly params: { readonly entity: string }; readonly query: Query },
    { database }: Services,
  ) =>
    listed(query, (wanted) => list(database.kysely, { ...wanted, legalEntity: params.entity }));

/** Lists documents with their lines, or without where none are wanted. */
export const linesOrNone =
  <Filter, Head>(
    whole: (handle: Handle, filter: Filter) => Promise<readonly Head[]>,
    heads: (handle: Handle, filter: Filter) => Promise<readonly Head[]>,
  ) =>
  (handle: Handle, filter: Filter & { readonly lines?: 'none' }): Promise<readonly Head[]> =>
    filter.lines === 'none' ? heads(handle, filter) : whole(handle, filter);

/** Handles one document of the legal entity in the path, as the area finds it. */
export const showBy =
  <Found extends { readonly legalEntity: string }>(
    find: (handle: Handle, ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  ) =>
  async (
    { params }: { readonly params: { readonly entity: string; readonly id: string } },
    { database }: Services,
  ): Promise<Found> =>
    there((await find(database.kysely, [params.id])).get(params.id), params);

/** A document of the legal entity in the path; another's is not there. */
export function there<Found extends { readonly legalEntity: string }>(
  found: Found | undefined,
  { entity, id }: { readonly entity: string; readonly id: string },
): Found {
  if (found?.legalEntity === entity) return found;
  throw notThere('api.no-such-record', `${id} of ${entity}`);
}
