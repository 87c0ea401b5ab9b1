import { textAt, valueAt } from '#adapter-kit/expression';
import { RialtoError } from '#kernel';
import type { Json } from '#kernel';
import { read, urlOf } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { keyOf } from '../document-of.ts';
import { httpError } from '../errors.ts';
import type { PagePlace } from '../place.ts';
import type { Entity } from '../profile/entity.ts';

/** A list to be read page by page. */
export type Listing = {
  readonly connection: Connection;
  readonly name: string;
  readonly entity: Entity;
  readonly query: Readonly<Record<string, string>>; // Without what paging adds.
};

/** One answer of a list. */
export type Fetched = {
  readonly records: readonly Json[];
  readonly keys: readonly (string | undefined)[];
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
  readonly total?: number;
};

/** One page as it is handed on. */
export type SourcePage = {
  readonly records: readonly Json[];
  readonly headers: Readonly<Record<string, string>>;
  readonly total?: number;
  readonly at: PagePlace | undefined; // Where it begins; undefined: at the beginning.
  readonly next: PagePlace | undefined; // Undefined: nothing follows.
};

/** Reads pages from a place on, to the end. */
export type Walk = (
  listing: Listing,
  from: PagePlace | undefined,
  stop: AbortSignal,
) => AsyncGenerator<SourcePage>;

/** Fetches one page by what paging adds to the query. */
export async function fetchPage(
  listing: Listing,
  added: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<Fetched> {
  const { connection, entity, query } = listing;
  const { paging } = entity;
  const size =
    'size' in paging && paging.size !== undefined
      ? { [paging.size.parameter]: String(paging.size.rows) }
      : {};
  const address = { path: entity.path, query: { ...query, ...size, ...added } };
  return await fetchUrl(listing, urlOf(connection, address), stop);
}

/** Fetches one page by its URL. */
export async function fetchUrl(
  { connection, name, entity }: Listing,
  url: string,
  stop: AbortSignal,
): Promise<Fetched> {
  const { answer, body } = await read(connection, url, stop);
  const records = valueAt(body, entity.records);
  if (records !== null && !Array.isArray(records)) {
    throw httpError('invalid', 'http.unexpected-answer', `reading '${name}'`, {
      cause: new Error(`'${entity.records}' of the answer is no list`),
      remedy: `Set 'entities.${name}.records' to where the answer has the list.`,
    });
  }
  const list: readonly Json[] = records ?? [];
  const { paging } = entity;
  const total = 'total' in paging && paging.total !== undefined ? countAt(body, paging.total) : {};
  const keys = list.map((record) => keyOf(record, entity));
  return { records: list, keys, body, headers: answer.headers, ...total };
}

/** Whether a page number or a cursor is one that the system does not have. */
export const isNotThere = (error: unknown): boolean =>
  error instanceof RialtoError && error.kind === 'not-found';

function countAt(body: Json, path: string): { total?: number } {
  const total = Number(textAt(body, path) ?? Number.NaN);
  return Number.isInteger(total) && total >= 0 ? { total } : {};
}
