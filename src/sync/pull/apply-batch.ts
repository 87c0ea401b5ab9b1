import { createHash } from 'node:crypto';
import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import { copyLines, copyText, rows, sql, transact } from '#database';
import type { Handle } from '#database';
import { contentHashOf, createdByUs, noteOvertaken, standingOf } from '#postings';
import type { Standing } from '#postings';
import { applyPage } from '#records';
import type { PreparedDraft } from '#records';
import { noticeDrift } from '../drift/notice-drift.ts';
import type { Looking } from '../drift/notice-drift.ts';
import { quarantine, release } from '../quarantine.ts';
import type { QuarantinePlace } from '../quarantine.ts';
import type { EntityMapping, EntityPlan } from './entity-plan.ts';
import { canonicalBy } from './canonical-of.ts';
import { originOf } from './prepare-documents.ts';
import type { FreshPrint, PreparedDocuments, Print } from './prepare-documents.ts';
import type { PullContext } from './pull-context.ts';
import { step } from './pull-state.ts';
import type { PullState } from './pull-state.ts';
import type { Batch } from './read-pages.ts';
import { pointsAt, sortMapped } from './sort-documents.ts';
import type { Sorted } from './sort-documents.ts';

const NOTHING = '\\N'; // As COPY has it.

/**
 * Brings one batch in: records, log, quarantine and the place reached, in one transaction. Its records are
 * written while the batch before is still at it; all else waits until that one is in. They share no document.
 */
export async function applyBatch(
  work: Work,
  batch: Pick<Batch, 'next' | 'problems'>,
  prepared: PreparedDocuments,
  before: Promise<PullState>,
): Promise<PullState> {
  const { prints } = prepared;
  const { problems } = batch;
  return applyDocuments(work, { prepared, problems, before }, async (transaction) =>
    step(transaction, await before, {
      cursor: batch.next,
      keys: prints.map(({ source }) => source.key),
      unreadable: problems.length,
      digest: digestOf(prints),
    }),
  );
}

/** Brings documents in, each once, with what else is to be in the same transaction. */
export async function applyDocuments<T>(
  { context, entity, state }: Work,
  { prepared, problems, before }: Prepared,
  along: (transaction: Handle) => Promise<T>,
): Promise<T> {
  const { prints, fresh, mapped } = prepared;
  const documents = fresh.map(({ source }) => source);
  const look = onceOnly(async () => {
    await before;
    const own = await sourcesOwn({ context, entity }, documents);
    return noticeDrift(context.database, lookingAt(context, entity, state), own);
  });
  if (entity.mappings.some(({ kind }) => pointsAt(mapped, kind))) await before;
  const sorted = await sortMapped(context.database, mapped, originOf(context));
  return transact(context.database, async (transaction) => {
    const work = { context, entity, state };
    const { echoes, overtaken } = await standingIn(transaction, work, documents);
    await applySorted(transaction, work, sorted, { documents, echoes, turn: look });
    const keepShape = await look();
    await remember(transaction, work, fresh, sorted);
    await noteOvertaken(transaction, overtaken, { by: context.runId, at: context.clock() });
    await noteProblems(transaction, work, problems);
    await keepShape(transaction);
    const unchanged = prints.length - fresh.length;
    for (const { kind } of entity.mappings.slice(0, 1)) {
      context.tally.add(kind, { read: prints.length, unchanged });
    }
    await context.tally.save(transaction);
    return along(transaction);
  });
}

type Prepared = Pick<Batch, 'problems'> & {
  readonly prepared: PreparedDocuments;
  readonly before?: Promise<unknown>; // What must be in before anything of this is.
};

/** The same answer however often it is asked. */
function onceOnly<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}

/**
 * What the source itself wrote. What we booked there has the fields that we send: lacking others, it
 * says nothing of what the source sends.
 */
async function sourcesOwn(
  { context, entity }: Pick<Work, 'context' | 'entity'>,
  documents: readonly SourceDocument[],
): Promise<readonly SourceDocument[]> {
  const { integration, adapter, database } = context;
  if (adapter.capabilities.writes.length === 0) return documents;
  const kinds = entity.mappings.map(({ kind }) => kind);
  const keys = documents.map(({ key }) => key);
  const ours = await createdByUs(database.kysely, { integration, kinds, keys });
  return documents.filter(({ key }) => !ours.has(key));
}

function lookingAt(context: PullContext, entity: EntityPlan, state: PullState): Looking {
  return {
    pull: state.id,
    integration: context.integration,
    entity: entity.name,
    mapped: new Set(entity.mappings.flatMap(({ paths }) => paths)),
    judging:
      context.adapter.capabilities.isOurs !== true &&
      (state.completedAt !== null || state.generation > 1),
    at: context.clock(),
  };
}

/** What is ours of what came in, and what waits to change it: one look into the journal a page. */
export async function standingIn(
  transaction: Handle,
  { context, entity }: Work,
  documents: readonly SourceDocument[],
): Promise<Standing> {
  const { integration, adapter } = context;
  if (adapter.capabilities.writes.length === 0) return { echoes: new Set(), overtaken: [] };
  const kinds = entity.mappings.map(({ kind }) => kind);
  const page = { integration, kinds, documents };
  return standingOf(transaction, page, canonicalBy(entity.mappings));
}

/** What the steps of one batch work on. */
export type Work = {
  readonly context: PullContext;
  readonly entity: EntityPlan;
  readonly state: PullState;
};

/** Documents as they came, and the keys of those that are what we ourselves wrote. */
type Arrived = Pick<Standing, 'echoes'> & {
  readonly documents: readonly SourceDocument[];
  readonly turn?: () => Promise<unknown>; // Waited for when the records are written, before all else.
};

/** Writes what documents turned out to be: records and quarantine. */
export async function applySorted(
  transaction: Handle,
  { context, entity, state }: Work,
  sorted: Sorted<PreparedDraft>,
  { documents, echoes, turn }: Arrived,
): Promise<void> {
  const keys = documents.map(({ key }) => key);
  for (const mapping of entity.mappings) {
    const place = placeIn(context, mapping);
    const drafts = sorted.drafts.get(mapping) ?? [];
    const { integration } = context;
    const written = { integration, kind: mapping.kind, seenAt: place.seenAt, alone: true } as const;
    const page = turn === undefined ? written : { ...written, turn };
    const confirmed = drafts.filter(({ key }) => echoes.has(key));
    if (confirmed.length > 0) {
      await applyPage(transaction, { ...page, drafts: confirmed, cause: 'echo' });
    }
    const applied = await applyPage(transaction, {
      ...page,
      drafts: confirmed.length > 0 ? drafts.filter((each) => !confirmed.includes(each)) : drafts,
      removedKeys: sorted.removed.get(mapping) ?? [],
      cause: state.mode === 'snapshot' ? 'snapshot' : 'change',
    });
    const held = sorted.held.get(mapping) ?? [];
    const wrong = new Set(held.map(({ key }) => key));
    await quarantine(transaction, place, held);
    const released = await release(
      transaction,
      place,
      keys.filter((key) => !wrong.has(key)),
    );
    const { created, changed, unchanged, deleted } = applied;
    const counts = { created, changed, unchanged, deleted, released };
    context.tally.add(mapping.kind, { ...counts, echoed: confirmed.length });
  }
}

/** Keeps what each document looked like; those in quarantine are kept whole, to be tried again. */
export async function remember(
  transaction: Handle,
  work: Work,
  fresh: readonly FreshPrint[],
  { heldKeys }: Pick<Sorted<unknown>, 'heldKeys'>,
): Promise<void> {
  if (fresh.length === 0) return;
  const { state } = work;
  const keys = fresh.map(({ source }) => source.key);
  const gone = fresh.filter(({ source }) => source.deleted === true);
  const good = fresh.filter(({ source }) => !heldKeys.has(source.key) && source.deleted !== true);
  const held = fresh.filter(({ source }) => heldKeys.has(source.key));
  await rows(
    transaction,
    sql`delete from sync.pull_held where pull = ${state.id} and key = any(${keys})`,
  );
  await rows(
    transaction,
    sql`delete from sync.pulled where pull = ${state.id}
      and key = any(${gone.map(({ source }) => source.key)})`,
  );
  await rememberNew(
    transaction,
    work,
    good.filter(({ isNew }) => isNew),
  );
  await rememberChanged(
    transaction,
    work,
    good.filter(({ isNew }) => !isNew),
  );
  await rows(
    transaction,
    sql`insert into sync.pull_held (pull, key, document)
      select ${state.id}, key, document::json
      from unnest(${held.map(({ source }) => source.key)}::text[],
        ${held.map(({ source }) => JSON.stringify(source))}::text[]) as d(key, document)`,
  );
}

async function rememberNew(
  transaction: Handle,
  { context, state }: Work,
  prints: readonly Print[],
): Promise<void> {
  if (prints.length === 0) return;
  const lines = prints.map(({ source, hash }) => {
    const { key, changedAt, version } = source;
    const contentHash = contentHashIn(context, source);
    const cells = [copyText(key), `\\\\x${hash.toString('hex')}`, changedAt ?? NOTHING];
    cells.push(version === undefined ? NOTHING : copyText(version), contentHash ?? NOTHING);
    return `${state.id}\t${cells.join('\t')}\n`;
  });
  const columns = ['pull', 'key', 'hash', 'changed_at', 'version', 'content_hash'];
  await copyLines(transaction, 'sync.pulled', columns, lines);
}

async function rememberChanged(
  transaction: Handle,
  { context, state }: Work,
  prints: readonly Print[],
): Promise<void> {
  if (prints.length === 0) return;
  await rows(
    transaction,
    sql`insert into sync.pulled (pull, key, hash, changed_at, version, content_hash)
      select ${state.id}, key, decode(hash, 'hex'), changed_at, version, content_hash
      from unnest(${prints.map(({ source }) => source.key)}::text[],
        ${prints.map(({ hash }) => hash.toString('hex'))}::text[],
        ${prints.map(({ source }) => source.changedAt ?? null)}::timestamptz[],
        ${prints.map(({ source }) => source.version ?? null)}::text[],
        ${prints.map(({ source }) => contentHashIn(context, source))}::text[])
        as d(key, hash, changed_at, version, content_hash)
      on conflict (pull, key) do update set hash = excluded.hash, changed_at = excluded.changed_at,
        version = excluded.version, content_hash = excluded.content_hash`,
  );
}

/** What a change of it will be made against, where there are no versions and it can be changed. */
function contentHashIn({ adapter }: PullContext, source: SourceDocument): string | null {
  if (source.version !== undefined || adapter.capabilities.writes.length === 0) return null;
  return contentHashOf(source.content);
}

/** Where a mapping's problems are kept. */
export function placeIn(context: PullContext, mapping: EntityMapping): QuarantinePlace {
  const { integration, runId, clock } = context;
  return { integration, mapping: mapping.name, kind: mapping.kind, runId, seenAt: clock() };
}

/** What came in a page and is no document: kept to be looked at, by place in the page's text. */
async function noteProblems(
  transaction: Handle,
  { context, entity }: Work,
  problems: readonly DocumentProblem[],
): Promise<void> {
  const [mapping] = entity.mappings;
  if (problems.length === 0 || mapping === undefined) return;
  const held = problems.map(({ key, reason, raw }) => ({
    key: key ?? createHash('sha256').update(raw).digest('hex').slice(0, 16),
    raw,
    problem: { file: entity.name, reason },
  }));
  await quarantine(transaction, placeIn(context, mapping), held);
}

function digestOf(prints: readonly Print[]): Buffer {
  const digest = createHash('sha256');
  for (const { source, hash } of prints) digest.update(`${source.key}\0`).update(hash);
  return digest.digest();
}
