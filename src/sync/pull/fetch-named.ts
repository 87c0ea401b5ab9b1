import type { SourceDocument } from '#adapter-kit';
import { rows, sql } from '#database';
import { describeError, RialtoError } from '#kernel';
import { deletionsHeld, tooManyGone } from '../too-many-gone.ts';
import { applyDocuments } from './apply-batch.ts';
import type { Work } from './apply-batch.ts';
import type { EntityPlan } from './entity-plan.ts';
import { pullAll, settleHeld } from './pull-all.ts';
import type { PullContext } from './pull-context.ts';
import { prepareDocuments } from './prepare-documents.ts';
import { openPull } from './pull-state.ts';
import { say } from '../sentences.ts';

/** A document that somebody says has changed. */
export type NamedDocument = { readonly entity: string; readonly key: string };

/** Documents to be read by name, at most 2,000, and who hears of those that cannot be read. */
export type NamedDocuments = {
  readonly documents: readonly NamedDocument[];
  readonly failed: (document: NamedDocument, reason: string) => void;
};

const FETCHES_AT_ONCE = 8; // The adapter's own limit may hold them back further.

/**
 * Reads documents by name as they are now, and brings them in as a pull does. Where an entity was
 * never read whole, or is to be read anew, everything is pulled instead: that holds them too.
 */
export async function fetchNamed(
  context: PullContext,
  plans: readonly EntityPlan[],
  named: NamedDocuments,
): Promise<void> {
  const wanted = plans.flatMap((entity) => {
    const keys = named.documents.filter((each) => each.entity === entity.name);
    return keys.length === 0 ? [] : [{ entity, keys: [...new Set(keys.map(({ key }) => key))] }];
  });
  const works: { readonly work: Work; readonly keys: readonly string[] }[] = [];
  for (const { entity, keys } of wanted) {
    const { integration, database } = context;
    const beginning = { integration, entity: entity.name, mapping: entity.print, anew: false };
    const state = await openPull(database, beginning);
    if (state.completedAt === null) return pullAll(context, plans);
    // What is brought in is a change, also where a source is otherwise read whole.
    works.push({ work: { context, entity, state: { ...state, mode: 'changes' } }, keys });
  }
  for (const { work, keys } of works) await fetchAll(work, keys, named);
  const done = works.map(({ work }) => work);
  await settleHeld(context, done, plans);
}

/** All that was named of an entity, in one transaction: whether too much is gone is told of all. */
async function fetchAll(
  work: Work,
  keys: readonly string[],
  { failed }: NamedDocuments,
): Promise<void> {
  const { context, entity } = work;
  const found = new Map<string, SourceDocument>(); // By the source's own key.
  for (let at = 0; at < keys.length; at += FETCHES_AT_ONCE) {
    context.signal.throwIfAborted();
    const some = keys.slice(at, at + FETCHES_AT_ONCE);
    const read = await Promise.all(some.map((key) => fetchOne(work, key, failed)));
    for (const one of read) if (one !== undefined) found.set(one.key, one);
    context.tally.reading(entity.name, at + some.length, keys.length);
  }
  const documents = await withoutTooManyGone(work, [...found.values()]);
  const prepared = await prepareDocuments(context, entity, work.state, documents);
  await applyDocuments(work, { prepared, problems: [] }, () => Promise.resolve());
}

/** A document as it is now, gone where the source has none; undefined: it could not be read. */
async function fetchOne(
  { context, entity }: Work,
  key: string,
  failed: NamedDocuments['failed'],
): Promise<SourceDocument | undefined> {
  try {
    const found = await context.adapter.fetch(entity.name, key, context.signal);
    if (found === undefined) return { key, content: {}, deleted: true };
    return found; // Under the source's own key, however the name was written.
  } catch (error) {
    context.signal.throwIfAborted();
    const own = error instanceof RialtoError && ['invalid', 'forbidden'].includes(error.kind);
    if (!own) throw error;
    failed({ entity: entity.name, key }, describeError(error));
    const why = describeError(error);
    context.tally.say(say('one-unreadable', { what: entity.name, key, why }));
    return undefined;
  }
}

/** A source that has lost its senses calls everything gone: then nothing goes. */
async function withoutTooManyGone(
  { context, entity, state }: Work,
  documents: readonly SourceDocument[],
): Promise<readonly SourceDocument[]> {
  const gone = documents.filter(({ deleted }) => deleted === true).map(({ key }) => key);
  if (gone.length === 0 || context.acceptDeletions) return documents;
  const [counts] = await rows<{ gone: number; all: number }>(
    context.database.kysely,
    sql`select count(*) filter (where key = any(${gone}))::integer as gone,
      count(*)::integer as all from sync.pulled where pull = ${state.id}`,
  );
  const { gone: known = 0, all = 0 } = counts ?? {};
  if (!tooManyGone(known, all)) return documents;
  const things = { gone: known, all, what: entity.name, where: context.integration };
  context.tally.say(deletionsHeld(things));
  return documents.filter(({ deleted }) => deleted !== true);
}
