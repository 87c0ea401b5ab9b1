import type { JsonObject } from '#kernel';
import type { Books } from './books.ts';
import type { Collection, ErpDocument } from './document.ts';
import type { Faults } from './faults.ts';
import { between } from './random.ts';
import type { Random } from './random.ts';
import { Refusal } from './refusal.ts';

/** A page as it leaves; `next` is the query of the page after. */
export type ListPage = {
  readonly documents: readonly ErpDocument[];
  readonly total: number;
  readonly next: URLSearchParams | undefined;
  readonly nextCursor: string | undefined;
};

type Asked = {
  readonly collection: Collection;
  readonly query: URLSearchParams;
  readonly faults: Faults;
  readonly random: Random;
};

const LIMIT = 100;
const LIMIT_MAX = 500;

/** Reads a page of a list, with whatever the faults do to it. */
export function listPage(books: Books, asked: Asked): ListPage {
  const { query, faults, random } = asked;
  const sorted = sortedFor(books, asked.collection, query);
  const limit = Math.min(LIMIT_MAX, whole(query, 'limit') ?? LIMIT);
  if (limit < 1) throw new Refusal(400, 'QUERY', 'limit is at least 1');
  const hit = (share = 0): boolean => random() < share;
  const begin = beginning(sorted, query, limit);
  const short = hit(faults.shortPage) && limit > 1 ? between(random, 1, limit - 1) : limit;
  const page = whole(query, 'page');
  // By page number a short page would lose rows for ever: the ERP shortens only what it can resume.
  const end = Math.min(sorted.length, begin + (page === undefined ? short : limit));
  const from = hit(faults.repeatRows) ? Math.max(0, begin - between(random, 1, 5)) : begin;
  const documents = sorted.slice(from, end);
  if (hit(faults.shuffle)) shuffle(documents, random);
  const last = sorted[end - 1];
  const more = end < sorted.length && last !== undefined;
  const next = more ? nextQuery(query, { page, end, last, from }) : undefined;
  const nextCursor = next?.get('cursor') ?? undefined;
  return { documents, total: sorted.length, next, nextCursor };
}

function sortedFor(
  books: Books,
  collection: Collection,
  query: URLSearchParams,
): readonly ErpDocument[] {
  const reference = query.get('reference');
  const documents =
    reference === null ? books.all(collection) : books.carrying(collection, reference);
  const since = query.get('changedSince');
  if (since === null) return documents;
  if (Number.isNaN(Date.parse(since))) {
    throw new Refusal(400, 'QUERY', 'changedSince is not a time');
  }
  const from = new Date(since).toISOString();
  return documents
    .filter(({ changedAt }) => changedAt >= from)
    .toSorted((a, b) => compare(placeOf(a, true), placeOf(b, true)));
}

function beginning(sorted: readonly ErpDocument[], query: URLSearchParams, limit: number): number {
  const page = whole(query, 'page');
  if (page !== undefined) return (Math.max(1, page) - 1) * limit;
  const offset = whole(query, 'offset');
  if (offset !== undefined) return offset;
  const cursor = query.get('cursor');
  if (cursor === null) return 0;
  const after = Buffer.from(cursor, 'base64url').toString();
  const byChange = query.has('changedSince');
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const document = sorted[middle];
    if (document !== undefined && compare(placeOf(document, byChange), after) <= 0)
      low = middle + 1;
    else high = middle;
  }
  return low;
}

function nextQuery(
  query: URLSearchParams,
  at: { page: number | undefined; end: number; last: ErpDocument; from: number },
): URLSearchParams {
  const next = new URLSearchParams(query);
  if (at.page !== undefined) next.set('page', String(Math.max(1, at.page) + 1));
  else if (query.has('offset')) next.set('offset', String(at.end));
  else {
    const place = placeOf(at.last, query.has('changedSince'));
    next.set('cursor', Buffer.from(place).toString('base64url'));
  }
  return next;
}

/** Where a document stands in the list, as text that sorts. */
const placeOf = ({ id, changedAt }: ErpDocument, byChange: boolean): string =>
  byChange ? `${changedAt} ${id}` : id;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function shuffle(documents: ErpDocument[], random: Random): void {
  documents.sort(() => random() - 0.5);
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(400, 'QUERY', `${name} is not a whole number`);
  return Number(text);
}

/** What a schema that was changed overnight does to a document. */
export function drifted(wire: JsonObject, schema: Faults['schema']): JsonObject {
  switch (schema) {
    case undefined:
      return wire;
    case 'added':
      return { ...wire, sustainabilityScore: 'B+' };
    case 'missing': {
      const { currency: _gone, ...rest } = wire;
      return rest;
    }
    case 'renamed': {
      const { name, orderNumber, ...rest } = wire;
      return {
        ...rest,
        ...(name === undefined ? {} : { title: name }),
        ...(orderNumber === undefined ? {} : { poNumber: orderNumber }),
      };
    }
    case 'retyped':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON stays JSON.
      return JSON.parse(
        JSON.stringify(wire, (name, value: unknown) =>
          /amount|price|quantity|cost/i.test(name) && typeof value === 'string'
            ? Number(value)
            : value,
        ),
      ) as JsonObject;
  }
}
