import { transact } from '#database';
import { describeError, RialtoError, sentenceOf } from '#kernel';
import { countHeld } from '../quarantine.ts';
import { applyBatch } from './apply-batch.ts';
import type { Work } from './apply-batch.ts';
import type { EntityPlan } from './entity-plan.ts';
import type { PullContext } from './pull-context.ts';
import { complete, fromOf, openPull } from './pull-state.ts';
import type { Beginning } from './pull-state.ts';
import { prepareDocuments } from './prepare-documents.ts';
import { AtWork } from './at-work.ts';
import { batchesOf } from './read-pages.ts';
import type { Batch } from './read-pages.ts';
import { retryHeld } from './retry-held.ts';
import { sweep } from './sweep.ts';
import { say } from '../sentences.ts';

const RETRY_ROUNDS_MAX = 5; // What waits for what waits: deeper than this is not business.

/**
 * Brings an integration's records up to what its source says now, entity by entity. An entity that
 * fails is told as not ready; the others go on. A source that is not there fails the run.
 */
export async function pullAll(context: PullContext, plans: readonly EntityPlan[]): Promise<void> {
  const done: Work[] = [];
  const failed: { readonly entity: EntityPlan; readonly error: unknown }[] = [];
  const wanted = plans.filter(({ name }) => context.entities?.includes(name) ?? true);
  for (const entity of wanted) {
    context.signal.throwIfAborted();
    try {
      done.push(await pullEntity(context, entity));
    } catch (error) {
      context.signal.throwIfAborted();
      if (!isTheEntitysOwn(error)) throw error;
      failed.push({ entity, error });
    }
  }
  const [first] = failed;
  if (done.length === 0 && first !== undefined) throw first.error; // Not one could be read.
  for (const { entity, error } of failed) {
    const text = describeError(error).replace(`${entity.name}: `, ''); // It is named beside it.
    context.tally.notReady(entity.name, { ...sentenceOf(error), text });
  }
  await settleHeld(context, done, plans);
}

/** Tries what waits in quarantine once more, and counts what still does. */
export async function settleHeld(
  context: PullContext,
  done: readonly Work[],
  plans: readonly EntityPlan[],
): Promise<void> {
  for (let round = 0; round < RETRY_ROUNDS_MAX; round += 1) {
    let solved = 0;
    for (const work of done) solved += await retryHeld(work);
    if (solved === 0) break;
  }
  for (const entity of plans) await countQuarantine(context, entity);
}

function isTheEntitysOwn(error: unknown): boolean {
  return error instanceof RialtoError && ['invalid', 'not-found', 'forbidden'].includes(error.kind);
}

/** How adapters end the code of an error that says: this place means nothing any more. */
const LOST = /\.(?:changes-lost|cursor-expired|cursor-malformed)$/;

/** A source that can no longer go on from where it stood is read whole at once; nothing is passed over. */
async function pullEntity(context: PullContext, entity: EntityPlan): Promise<Work> {
  const { reads } = context.adapter.capabilities;
  const anew = context.full || reads[entity.name] !== 'incremental';
  try {
    return await readEntity(context, entity, { anew });
  } catch (error) {
    if (!(error instanceof RialtoError) || !LOST.test(error.code)) throw error;
    const why = error.cause instanceof Error ? error.cause.message : describeError(error);
    context.tally.say(say('read-whole', { what: entity.name, why }));
    return await readEntity(context, entity, { anew: true, isLost: true });
  }
}

async function readEntity(
  context: PullContext,
  entity: EntityPlan,
  begin: Pick<Beginning, 'anew' | 'isLost'>,
): Promise<Work> {
  const { database, adapter, signal, tally } = context;
  const state = await openPull(database, {
    integration: context.integration,
    entity: entity.name,
    mapping: entity.print,
    ...begin,
  });
  let last: Batch | undefined;
  let read = state.documents;
  const atWork = new AtWork(state);
  const pages = adapter.pull(entity.name, fromOf(state), signal);
  try {
    for await (const batch of batchesOf(pages, context.pageSize)) {
      signal.throwIfAborted();
      const keys = batch.documents.map(({ key }) => key);
      if (atWork.holds(keys)) await atWork.last;
      const prepared = await prepareDocuments(context, entity, state, batch.documents);
      await atWork.room();
      signal.throwIfAborted();
      atWork.start(keys, (before) =>
        applyBatch({ context, entity, state }, batch, prepared, before),
      );
      read += keys.length;
      tally.reading(entity.name, read, state.mode === 'snapshot' ? batch.expected : undefined);
      last = batch;
    }
    await atWork.last;
  } finally {
    await atWork.settled(); // Nothing of a run goes on after it.
  }
  const work = { context, entity, state: await atWork.last };
  if (last?.last !== true) {
    tally.notReady(entity.name, say('cut-short', {}));
    return work;
  }
  if (state.mode === 'snapshot') await finishSnapshot(work, last);
  return work;
}

/** A snapshot that may not be believed is begun again next time; what it brought stays. */
async function finishSnapshot(work: Work, last: Batch): Promise<void> {
  const { context, state } = work;
  const { adapter, database, clock } = context;
  const believed = adapter.capabilities.deletions === 'invisible' || (await sweep(work, last));
  await transact(database, (transaction) =>
    complete(transaction, state, clock(), believed ? last.changesFrom : undefined),
  );
}

async function countQuarantine(context: PullContext, entity: EntityPlan): Promise<void> {
  for (const { name, kind } of entity.mappings) {
    const { held } = await countHeld(context.database.kysely, context.integration, name);
    context.tally.add(kind, { quarantined: held });
  }
}
