import type { Adapter, EntityState, ExchangeLog, RowAdapter } from '#adapter-kit';
import type { RecordKind } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { newId, sentenceOf } from '#kernel';
import type { Sentence } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { syncError } from './errors.ts';
import { openExchangeBook } from './exchanges.ts';
import { hashOf } from './hash-of.ts';
import { loadIntegration } from './integration.ts';
import type { LoadedIntegration } from './integration.ts';
import { entitiesOf } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';
import { extractOf, plansOf } from './mapping/plans.ts';
import { countHeld, quarantine, release } from './quarantine.ts';
import { notReadyOf } from './not-ready.ts';
import { pruneRuns } from './prune-runs.ts';
import { beginRun, recoverRuns, saveRun } from './run.ts';
import type { RunSummary, Told } from './run.ts';
import { dropStaging, stageEntity, stagePrefix } from './stage.ts';
import type { Staged } from './stage.ts';
import { checkpointOf, countUnchanged, inOrder, syncMapping } from './sync-mapping.ts';
import type { RunContext } from './sync-mapping.ts';
import { entityPlansOf } from './pull/entity-plan.ts';
import { fetchNamed } from './pull/fetch-named.ts';
import type { NamedDocuments } from './pull/fetch-named.ts';
import { pullAll } from './pull/pull-all.ts';
import { openTally } from './tally.ts';
import type { RunProgress } from './tally.ts';
import { noteUnreadable, unreadableRows } from './unreadable-rows.ts';
import { say } from './sentences.ts';

/** What a sync works with. */
export type SyncDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly adapters: Adapters;
};

/** Makes an integration's adapter; what it sends and hears goes into the log. */
export type Adapters = (
  integration: LoadedIntegration,
  log?: ExchangeLog,
) => Adapter | Promise<Adapter>;

export type SyncOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Deletes even when a large part of the records is gone from the source. */
  readonly acceptDeletions?: boolean;
  /** Reads everything, also where the source can tell what has changed. */
  readonly full?: boolean;
  /** Reads these entities alone, where the source hands over documents. */
  readonly entities?: readonly string[];
  /** Reads these documents alone, by name, as they are now. */
  readonly named?: NamedDocuments;
  /** Records a transaction. 2,000 of files, 1,000 of documents; fewer only in tests. */
  readonly pageSize?: number;
};

const PAGE_SIZE = 2_000;
const DOCUMENTS_PAGE_SIZE = 1_000; // They are kept whole until they are in: more would cost memory and save no time.

/**
 * Brings an integration's records up to what its source says now. What fails is told in the
 * summary's status and message; only what kept the run from beginning is thrown.
 */
export async function startSync(
  deps: SyncDeps,
  name: string,
  options: SyncOptions = {},
): Promise<RunSummary> {
  const { database, clock } = deps;
  await recoverRuns(database, clock);
  const integration = await loadIntegration(database, name);
  const startedAt = clock();
  const runId = newId('run', millisecondsOf(startedAt));
  const begun: RunSummary = {
    runId,
    integration: name,
    startedAt,
    status: 'running',
    entities: [],
    notReady: [],
  };
  const tally = openTally(begun, options.onProgress ?? (() => undefined));
  const cancelled = await beginRun(database, begun);
  const signal =
    options.signal === undefined ? cancelled : AbortSignal.any([cancelled, options.signal]);
  const finish = async (
    status: RunSummary['status'],
    sentences: readonly Told[],
  ): Promise<RunSummary> => {
    for (const sentence of sentences) tally.say(sentence);
    const done = { ...tally.summary(), status, finishedAt: clock() };
    await saveRun(database.kysely, done);
    return done;
  };
  const book = openExchangeBook(database, { integration: name, runId });
  try {
    const adapter = await deps.adapters(integration, book.log);
    await runWith(deps, integration, options, { runId, signal, tally, adapter });
    return await finish('done', conclusionOf(tally.summary()));
  } catch (error) {
    if (signal.aborted) {
      return await finish('cancelled', [say('stopped', {})]);
    }
    return await finish('failed', [sentenceOf(error)]);
  } finally {
    await book.close();
    await dropStaging(database.kysely, { run: runId }).catch(() => undefined); // Else at next start.
    await pruneRuns(database.kysely, name).catch(() => undefined); // Else after the next run.
  }
}

/** Rows are read whole and joined here; documents come whole and may be told one by one. */
async function runWith(
  deps: SyncDeps,
  integration: LoadedIntegration,
  options: SyncOptions,
  run: Pick<RunContext, 'runId' | 'signal' | 'tally'> & { readonly adapter: Adapter },
): Promise<void> {
  const { database, clock } = deps;
  const { name, mappingVersion, pack } = integration;
  const { acceptDeletions = false, full = false } = options;
  const { adapter, ...shown } = run;
  const shared = { database, clock, acceptDeletions, ...shown };
  if ('pull' in adapter && !('layout' in pack)) {
    const { entities, pageSize = DOCUMENTS_PAGE_SIZE } = options;
    const context = {
      ...shared,
      pageSize,
      integration: name,
      mappingVersion,
      adapter,
      full,
      ...(entities === undefined ? {} : { entities }),
    };
    const plans = entityPlansOf(pack);
    if (options.named === undefined) await pullAll(context, plans);
    else await fetchNamed(context, plans, options.named);
  } else if ('survey' in adapter && 'layout' in pack) {
    const prefix = stagePrefix(run.runId);
    const { pageSize = PAGE_SIZE } = options;
    await runAll({ ...shared, pageSize, integration: { ...integration, pack }, adapter, prefix });
  } else {
    const message = `reading '${name}' through ${adapter.name} with the mapping '${pack.name}'`;
    throw syncError('invalid', 'sync.bad-mapping', message, {
      remedy: 'The mapping is for another kind of source. Connect it with a mapping of its own.',
    });
  }
}

type Run = Omit<RunContext, 'stage'> & { readonly adapter: RowAdapter };

async function runAll(run: Run): Promise<void> {
  const { integration, adapter, tally, signal } = run;
  const plans = inOrder(plansOf(integration.pack));
  const states = new Map<string, EntityState>();
  for (const state of await adapter.survey(signal)) states.set(state.entity, state);
  const needed = new Set(plans.flatMap(entitiesOf));
  for (const { entity, reason, said } of notReadyOf(needed, states)) {
    tally.notReady(entity, { text: reason, ...said });
  }
  const stagedOnce = new Map<string, Promise<Staged>>();
  const stage = (entity: string): Promise<Staged> => {
    const staging = stagedOnce.get(entity) ?? stageWith(run, plans, states, entity);
    stagedOnce.set(entity, staging);
    return staging;
  };
  for (const plan of plans) {
    signal.throwIfAborted();
    const waitsFor = entitiesOf(plan).filter((entity) => states.get(entity)?.ready !== true);
    if (waitsFor.length === 0) await syncOrSkip({ ...run, stage }, plan, states);
    else await countSkipped(run, plan);
  }
  // Files that are as they were are not read again: what of them cannot be read is held still.
  const left = [...needed].filter((entity) => !stagedOnce.has(entity));
  const unreadable = await unreadableRows(run.database.kysely, integration.name, left);
  for (const [entity, quarantined] of unreadable) tally.add(kindOf(plans, entity), { quarantined });
}

async function syncOrSkip(
  context: RunContext,
  plan: Plan,
  states: ReadonlyMap<string, EntityState>,
): Promise<void> {
  const { database, integration, tally } = context;
  const checkpoint = await checkpointOf(database, integration.name, plan.name);
  const { columns } = plan;
  const entities = entitiesOf(plan);
  const mapping = hashOf([plan.mapping, entities.map((entity) => [entity, columns[entity] ?? []])]);
  const all = hashOf([mapping, entities.map((entity) => states.get(entity)?.fingerprint ?? '')]);
  const same = checkpoint.print === all && entities.every((entity) => hasPrint(states, entity));
  const { waiting } = await countHeld(database.kysely, integration.name, plan.name);
  const newRecords = tally.summary().entities.some(({ created }) => created > 0);
  if (same && !(waiting > 0 && newRecords)) await countUnchanged(context, plan, checkpoint);
  else await syncMapping(context, plan, checkpoint, { mapping, all });
}

function hasPrint(states: ReadonlyMap<string, EntityState>, entity: string): boolean {
  return (states.get(entity)?.fingerprint ?? '') !== '';
}

async function countSkipped(run: Run, plan: Plan): Promise<void> {
  const checkpoint = await checkpointOf(run.database, run.integration.name, plan.name);
  await countUnchanged(run, plan, checkpoint);
}

/** Stages an entity; its unreadable rows go to quarantine, and those readable now are released. */
async function stageWith(
  run: Run,
  plans: readonly Plan[],
  states: ReadonlyMap<string, EntityState>,
  entity: string,
): Promise<Staged> {
  const { database, adapter, integration, signal, tally, runId, clock } = run;
  const columns = integration.pack.layout.entities[entity]?.columns ?? [];
  const total = states.get(entity)?.rowsExpected;
  const number = Object.keys(integration.pack.layout.entities).indexOf(entity);
  const staged = await stageEntity(database, {
    adapter,
    entity,
    columns,
    extract: extractOf(plans, entity),
    signal,
    table: `${run.prefix}e${number}`,
    onRows: (count) => tally.reading(entity, count, total),
  });
  const kind = kindOf(plans, entity);
  const mapping = `rows of ${entity}`;
  const place = { integration: integration.name, mapping, kind, runId, seenAt: clock() };
  await transact(database, async (transaction) => {
    const held = staged.problems.map(({ raw, ...problem }) => ({ raw: raw ?? '', problem }));
    await quarantine(transaction, place, held);
    const released = await release(transaction, place);
    await noteUnreadable(transaction, integration.name, entity, staged.unreadable);
    tally.add(kind, { quarantined: staged.unreadable, released });
  });
  return staged;
}

/** Where the rows of an entity are counted: with what they first become a part of. */
function kindOf(plans: readonly Plan[], entity: string): RecordKind {
  return plans.find((plan) => entitiesOf(plan).includes(entity))?.mapping.kind ?? 'supplier';
}

function conclusionOf(summary: RunSummary): readonly Sentence[] {
  const sum = (name: 'created' | 'changed' | 'deleted' | 'released' | 'quarantined'): number =>
    summary.entities.reduce((total, entity) => total + entity[name], 0);
  if (summary.notReady.length > 0) {
    const which = summary.notReady.map(({ entity, reason }) => `${entity}: ${reason}`);
    const names = summary.notReady.map(({ entity }) => entity);
    const shown = (which.length > 3 ? names : which).join('; ');
    return [say('incomplete', { which: shown, names: names.join(', ') })];
  }
  const moved = sum('created') + sum('changed') + sum('deleted') + sum('released');
  const held = sum('quarantined');
  return [
    ...(moved === 0 && summary.message === undefined ? [say('nothing-changed', {})] : []),
    ...(held === 0 ? [] : [say('in-quarantine', { held })]),
  ];
}

/** Kinds that an integration has records of in quarantine, with how many. */
export async function heldByKind(
  database: Database,
): Promise<readonly { readonly kind: RecordKind; readonly held: number }[]> {
  return rows(
    database.kysely,
    sql`select kind, count(distinct coalesce(key, file || ':' || coalesce(line, 0)))::integer as held
      from sync.quarantine where released_at is null group by kind order by kind`,
  );
}
