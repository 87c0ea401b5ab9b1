import type { DocumentProblem, DocumentsPage, PullFrom, SourceDocument } from '#adapter-kit';
import type { Json } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { entityOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { documentOf, isDocument } from './document-of.ts';
import { httpError } from './errors.ts';
import { fetchDetail } from './fetch-document.ts';
import { fillTemplate } from './fill-template.ts';
import type { Listing, SourcePage } from './paging/listing.ts';
import { walkPages } from './paging/walk-pages.ts';
import { cursorOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { Entity, MomentFormat } from './profile/entity.ts';
import { refuseSetBack, sourceTime } from './source-time.ts';

const PAGE_DOCUMENTS_MAX = 2000;

/** Yields the documents of an entity, all of them or those that changed. */
export async function* pullDocuments(
  connection: Connection,
  name: string,
  from: PullFrom,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const entity = entityOf(connection, name);
  const place = beginning(name, from);
  stop.throwIfAborted();
  if (place.done === true) {
    yield pageOf({ place, entity, documents: [], problems: [], ended: true });
    return;
  }
  const listing = { connection, name, entity, query: queryOf(entity, place) };
  let known = place;
  for await (const page of walkPages(listing, place.at, stop)) {
    if (known.began === undefined) {
      const told = sourceTime(page, connection);
      refuseSetBack(place, told, entity);
      known = { ...place, ...told };
    }
    for (const part of partsOf(page)) {
      const { documents, problems } = await documentsOf(listing, part.records, page, stop);
      // From within a page one goes on at its beginning: its rows may have shifted since.
      const next = part.more ? page.at : page.next;
      const ended = !part.more && page.next === undefined;
      yield pageOf({
        place: { ...known, at: next },
        entity,
        documents,
        problems,
        ended,
        expected: page.total,
      });
      stop.throwIfAborted();
    }
  }
}

function beginning(entity: string, from: PullFrom): Place {
  if (from.after === undefined) return { entity };
  const place = placeOf(from.after, entity);
  const fits = (from.mode === 'changes') === (place.since !== undefined);
  if (fits) return place;
  throw httpError('invalid', 'http.cursor-malformed', `going on in '${entity}'`, {
    remedy: 'A place in a snapshot is no place among changes: ask from `changesFrom`.',
  });
}

type Made = {
  readonly place: Omit<Place, 'at'> & { readonly at?: Place['at'] | undefined };
  readonly entity: Entity;
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly DocumentProblem[];
  readonly ended: boolean;
  readonly expected?: number | undefined;
};

function pageOf({ place, entity, documents, problems, ended, expected }: Made): DocumentsPage {
  const { entity: name, since, began, aheadMs, at } = place;
  const ahead = aheadMs === undefined ? {} : { aheadMs };
  const body = { documents, problems, ...(expected === undefined ? {} : { expected }) };
  if (!ended) {
    const next = {
      entity: name,
      ...(since === undefined ? {} : { since }),
      ...(began === undefined ? {} : { began }),
      ...ahead,
      ...(at === undefined ? {} : { at }),
    };
    return { ...body, next: cursorOf(next) };
  }
  const changes = began === undefined ? since : safelyBefore(began, entity);
  if (since !== undefined) {
    // Never back in time: within the overlap clocks of one system may differ.
    const from = changes !== undefined && changes > since ? changes : since;
    return { ...body, next: cursorOf({ entity: name, since: from, ...ahead }), last: true };
  }
  const done = { entity: name, ...(began === undefined ? {} : { began }), done: true } as const;
  const tells = entity.changes !== undefined && changes !== undefined;
  return {
    ...body,
    next: cursorOf(done),
    last: true,
    ...(tells ? { changesFrom: cursorOf({ entity: name, since: changes, ...ahead }) } : {}),
  };
}

function safelyBefore(began: Instant, { changes }: Entity): Instant {
  return instantOf(millisecondsOf(began) - (changes?.overlapSeconds ?? 0) * 1000);
}

function queryOf(entity: Entity, { since }: Place): Record<string, string> {
  const { query = {}, changes } = entity;
  if (since === undefined || changes === undefined) return { ...query };
  const moment = written(since, changes.format);
  const filled = Object.entries(changes.query).map(([name, template]) => [
    name,
    fillTemplate(
      template,
      (placeholder) => (placeholder === 'since' ? moment : undefined),
      'plain',
    ),
  ]);
  return { ...query, ...Object.fromEntries(filled) };
}

function written(at: Instant, format: MomentFormat): string {
  switch (format) {
    case 'rfc3339':
      return at;
    case 'rfc3339-seconds':
      return at.replace(/\.\d+Z$/, 'Z');
    case 'date':
      return at.slice(0, 10);
    case 'epoch-seconds':
      return String(Math.floor(millisecondsOf(at) / 1000));
    case 'epoch-ms':
      return String(millisecondsOf(at));
  }
}

/** A page in parts of at most 2,000. */
function* partsOf({
  records,
}: SourcePage): Generator<{ readonly records: readonly Json[]; readonly more: boolean }> {
  let at = 0;
  do {
    const end = Math.min(at + PAGE_DOCUMENTS_MAX, records.length);
    yield { records: records.slice(at, end), more: end < records.length };
    at = end;
  } while (at < records.length);
}

async function documentsOf(
  listing: Listing,
  records: readonly Json[],
  page: SourcePage,
  stop: AbortSignal,
): Promise<Pick<DocumentsPage, 'documents' | 'problems'>> {
  const { connection, entity } = listing;
  const listed = records.map((record) => documentOf(record, entity, page.headers));
  const made =
    entity.detail.each === true
      ? await Promise.all(
          listed.map(async (one) =>
            isDocument(one) && one.deleted !== true
              ? await fetchDetail(connection, entity, one.key, stop)
              : one,
          ),
        )
      : listed;
  const documents: SourceDocument[] = [];
  const problems: DocumentProblem[] = [];
  for (const one of made) {
    if (one === undefined) continue; // Gone since it was listed.
    if (isDocument(one)) documents.push(one);
    else problems.push(one);
  }
  return { documents, problems };
}
