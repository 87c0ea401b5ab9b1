import { kitError } from '#adapter-kit';
import type { DocumentsPage, PullFrom, SourceDocument } from '#adapter-kit';
import type { EmbeddedEntity } from './entities.ts';
import { cursorOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { EmbeddedErp } from './port.ts';

const KEYS_PER_PAGE = 500;

type All = Extract<Place, { reading: 'all' }>;
type Changes = Extract<Place, { reading: 'changes' }>;

/** Yields the documents of an entity: all of them, or those that changed. */
export async function* pullDocuments(
  erp: EmbeddedErp,
  entity: EmbeddedEntity,
  from: PullFrom,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  stop.throwIfAborted();
  const place: Place =
    from.after === undefined
      ? { reading: 'all', entity, begun: await erp.mark() }
      : placeOf(from.after, entity);
  if (place.reading === 'all') yield* pullAll(erp, entity, place, stop);
  else yield* pullChanges(erp, entity, place, stop);
}

/**
 * Everything by its key, then what changed meanwhile: a document that was there all the while has
 * been on a page, whatever happened to it.
 */
async function* pullAll(
  erp: EmbeddedErp,
  entity: EmbeddedEntity,
  from: All,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  for (let place = from; ; ) {
    stop.throwIfAborted();
    const keys = await erp.keysAfter(entity, place.after, KEYS_PER_PAGE);
    const after = keys.at(-1);
    if (after === undefined) break;
    place = { ...place, after };
    const { documents } = await erp.read(entity, keys);
    yield { documents, problems: [], next: cursorOf(place) };
  }
  const changes = { reading: 'changes', entity, since: from.begun, toEndOf: 'all' } as const;
  yield* pullChanges(erp, entity, changes, stop);
}

/** What was committed between two marks, as it is now; told again later when it changes again. */
async function* pullChanges(
  erp: EmbeddedErp,
  entity: EmbeddedEntity,
  from: Changes,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage> {
  const why = await erp.whyLost(from.since);
  if (why !== undefined) throw changesLost(entity, why);
  const until = from.until ?? (await erp.mark());
  for (let place: Changes = { ...from, until }; ; ) {
    stop.throwIfAborted();
    const { since, after } = place;
    const { keys, at, more } = await erp.changes(entity, { since, until, after });
    const body = { documents: await documentsOf(erp, entity, keys), problems: [] };
    if (!more) {
      yield { ...body, ...endOf(place, until) };
      return;
    }
    place = { ...place, after: at };
    yield { ...body, next: cursorOf(place) };
  }
}

/**
 * The next changes are those since `until`. After everything they begin where it began: what was on its
 * last page is told once more, which is harmless, and nothing hangs on who asks when.
 */
function endOf(
  { entity, since, toEndOf }: Changes,
  until: string,
): Pick<DocumentsPage, 'next' | 'last' | 'changesFrom'> {
  const changes = { reading: 'changes', entity } as const;
  if (toEndOf === undefined) return { next: cursorOf({ ...changes, since: until }), last: true };
  const changesFrom = cursorOf({ ...changes, since });
  return { next: cursorOf({ ...changes, since, toEndOf }), last: true, changesFrom };
}

async function documentsOf(
  erp: EmbeddedErp,
  entity: EmbeddedEntity,
  keys: readonly string[],
): Promise<readonly SourceDocument[]> {
  if (keys.length === 0) return [];
  const { documents, gone } = await erp.read(entity, keys);
  return [...documents, ...gone.map((key) => ({ key, content: {}, deleted: true as const }))];
}

/** Sync reads everything again. */
const changesLost = (entity: string, why: string): Error =>
  kitError('conflict', 'adapter-kit.changes-lost', `reading what has changed of '${entity}'`, {
    cause: new Error(why),
    remedy: 'Everything is read again, by itself.',
  });
