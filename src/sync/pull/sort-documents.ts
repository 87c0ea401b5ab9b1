import { setImmediate as pause } from 'node:timers/promises';
import type { SourceDocument } from '#adapter-kit';
import { referencesOf } from '#canonical';
import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import type { Draft } from '#records';
import type { Held } from '../quarantine.ts';
import { placeOf } from '../mapping/map-document.ts';
import type { Mapped } from '../mapping/map-document.ts';
import type { MappingProblem } from '../mapping/document.ts';
import { lacks as lacksOf, missingOf } from '../missing-references.ts';
import type { EntityPlan, EntityMapping } from './entity-plan.ts';

/** What a batch's documents turned out to be, by mapping. `Made`: what is kept of a draft. */
export type Sorted<Made> = {
  readonly drafts: ReadonlyMap<EntityMapping, readonly Made[]>;
  readonly removed: ReadonlyMap<EntityMapping, readonly string[]>; // Deleted, or no longer of it.
  readonly held: ReadonlyMap<EntityMapping, readonly Held[]>;
  readonly heldKeys: ReadonlySet<string>;
};

/** Documents that were mapped; what they point at was not looked for yet. */
export type MappedDocuments<Made> = readonly MappedPart<Made>[];

type MappedPart<Made> = {
  readonly mapping: EntityMapping;
  readonly ready: readonly Ready<Made>[];
  readonly gone: readonly string[];
  readonly held: readonly Held[];
};

type Ready<Made> = {
  readonly made: Made;
  readonly source: SourceDocument;
  readonly points: ReturnType<typeof referencesOf>;
};

export type Origin = {
  readonly integration: string;
  readonly runId: string;
  readonly mappingVersion: number;
  /** What counts as there besides the records that are: a dry run's own. */
  readonly there?: (kind: RecordKind, key: string) => boolean;
};

const PROBLEMS_MAX = 20;
const DOCUMENTS_PER_PAUSE = 5; // The batch before is being written meanwhile.

/** Maps documents. What `make` makes of a draft is kept, the draft itself is not. */
export async function mapDocuments<Made>(
  entity: EntityPlan,
  documents: readonly SourceDocument[],
  origin: Origin,
  make: (draft: Draft) => Made,
): Promise<MappedDocuments<Made>> {
  const parts: MappedPart<Made>[] = [];
  for (const mapping of entity.mappings) {
    const ready: Ready<Made>[] = [];
    const gone: string[] = [];
    const held: Held[] = [];
    for (const [at, source] of documents.entries()) {
      if (at % DOCUMENTS_PER_PAUSE === 0) await pause();
      const result: Mapped =
        source.deleted === true ? { kind: 'left-out' } : mapping.map(mapping.rowsOf(source));
      if (result.kind === 'left-out') gone.push(source.key);
      else if (result.kind === 'problems') held.push(...heldFor(source, result.problems));
      else {
        const made = make(draftOf(source, result, entity.name, origin));
        ready.push({ made, source, points: referencesOf(result.record) });
      }
    }
    parts.push({ mapping, ready, gone, held });
  }
  return parts;
}

/** Whether any of these documents points at a record of that kind. */
export const pointsAt = (parts: MappedDocuments<unknown>, kind: RecordKind): boolean =>
  parts.some(({ ready }) => ready.some(({ points }) => points.some((each) => each.kind === kind)));

/** Looks whether what mapped documents point at is there. */
export async function sortMapped<Made>(
  database: Database,
  parts: MappedDocuments<Made>,
  origin: Origin,
): Promise<Sorted<Made>> {
  const drafts = new Map<EntityMapping, readonly Ready<Made>[]>();
  const removed = new Map<EntityMapping, readonly string[]>();
  const held = new Map<EntityMapping, readonly Held[]>();
  const lacks = await lackingOf(database, parts, origin);
  for (const { mapping, ready, gone, held: wrong } of parts) {
    const lacking = lackingIn(mapping, ready, lacks);
    const waiting = new Set(lacking.map(({ key }) => key));
    drafts.set(
      mapping,
      waiting.size === 0 ? ready : ready.filter(({ source }) => !waiting.has(source.key)),
    );
    removed.set(mapping, gone);
    held.set(mapping, [...wrong, ...lacking]);
  }
  const heldKeys = new Set([...held.values()].flatMap((list) => list.map(({ key = '' }) => key)));
  return {
    drafts: new Map([...drafts].map(([mapping, list]) => [mapping, list.map(({ made }) => made)])),
    removed: exceptKept(drafts, removed),
    held,
    heldKeys,
  };
}

/** Maps documents and looks whether what they point at is there. */
export async function sortDocuments<Made>(
  database: Database,
  entity: EntityPlan,
  documents: readonly SourceDocument[],
  { make, ...origin }: Origin & { readonly make: (draft: Draft) => Made },
): Promise<Sorted<Made>> {
  return sortMapped(database, await mapDocuments(entity, documents, origin, make), origin);
}

type Lacks = (point: Pick<Ready<unknown>['points'][number], 'kind' | 'key'>) => boolean;

/**
 * Tells what is lacking: it is neither among the records nor among these documents, of which one that
 * lacks something itself does not count.
 */
async function lackingOf(
  database: Database,
  parts: MappedDocuments<unknown>,
  { integration, there }: Origin,
): Promise<Lacks> {
  const wanted = new Map<RecordKind, Set<string>>();
  for (const { points } of parts.flatMap(({ ready }) => ready)) {
    for (const { kind, key } of points) {
      const keys = wanted.get(kind);
      if (keys === undefined) wanted.set(kind, new Set([key]));
      else keys.add(key);
    }
  }
  const missing = await missingOf(database, integration, wanted);
  if (missing.size === 0) return () => false;
  const all = parts.flatMap(({ mapping: { kind }, ready }) =>
    ready.map(({ source: { key }, points }) => ({ kind, key, points })),
  );
  const here = new Map<RecordKind, Set<string>>();
  for (const { kind, key } of all) here.set(kind, (here.get(kind) ?? new Set()).add(key));
  const lacks: Lacks = ({ kind, key }) =>
    missing.get(kind)?.has(key) === true &&
    here.get(kind)?.has(key) !== true &&
    there?.(kind, key) !== true;
  const takeOut = (): boolean =>
    all
      .filter(({ points }) => points.some(lacks))
      .map(({ kind, key }) => here.get(kind)?.delete(key))
      .includes(true);
  while (takeOut()); // What pointed at one of those lacks it now.
  return lacks;
}

function lackingIn(
  mapping: EntityMapping,
  ready: readonly Ready<unknown>[],
  lacks: Lacks,
): readonly (Held & { readonly key: string })[] {
  return ready.flatMap(({ source, points }) => {
    const lacking = points.filter(lacks);
    if (lacking.length === 0) return [];
    const rows = mapping.rowsOf(source);
    return heldFor(
      source,
      lacking.map(({ field, kind, key }) => ({
        ...placeOf(mapping.plan, rows, field),
        value: key,
        ...lacksOf(kind, key),
      })),
    );
  });
}

const heldFor = (
  { key, content }: SourceDocument,
  problems: readonly MappingProblem[],
): readonly (Held & { readonly key: string })[] =>
  problems
    .slice(0, PROBLEMS_MAX)
    .map((problem) => ({ key, raw: content, problem: withoutLine(problem) }));

function draftOf(
  source: SourceDocument,
  { record }: Extract<Mapped, { kind: 'record' }>,
  file: string,
  origin: Origin,
): Draft {
  const { integration, runId, mappingVersion } = origin;
  const from = { integration, runId, mappingVersion, key: source.key, file };
  return source.changedAt === undefined
    ? { record, source: from }
    : { record, source: from, sourceAt: source.changedAt };
}

/** A document has no line of its own; a member of one of its lists has. */
function withoutLine({ line, ...problem }: MappingProblem): MappingProblem {
  return line === undefined || line === 0 ? problem : { ...problem, line };
}

/** Left out by one mapping of a kind, taken by another: not removed. */
function exceptKept(
  drafts: ReadonlyMap<EntityMapping, readonly Ready<unknown>[]>,
  removed: ReadonlyMap<EntityMapping, readonly string[]>,
): ReadonlyMap<EntityMapping, readonly string[]> {
  if ([...removed.values()].every((keys) => keys.length === 0)) return removed;
  const kept = new Map<RecordKind, Set<string>>();
  for (const [{ kind }, list] of drafts) {
    const keys = kept.get(kind) ?? new Set();
    for (const { source } of list) keys.add(source.key);
    kept.set(kind, keys);
  }
  return new Map(
    [...removed].map(([mapping, keys]) => [
      mapping,
      keys.filter((key) => kept.get(mapping.kind)?.has(key) !== true),
    ]),
  );
}
