import type { SourceDocument } from '#adapter-kit';
import { referencesOf } from '#canonical';
import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import type { Draft } from '#records';
import type { Held } from '../quarantine.ts';
import { placeOf } from '../mapping/map-document.ts';
import type { Mapped } from '../mapping/map-document.ts';
import type { Document, MappingProblem } from '../mapping/document.ts';
import { lacks, missingReferences } from '../missing-references.ts';
import type { EntityPlan, EntityMapping } from './entity-plan.ts';

/** What a batch's documents turned out to be, by mapping. */
export type Sorted = {
  readonly drafts: ReadonlyMap<EntityMapping, readonly Draft[]>;
  readonly removed: ReadonlyMap<EntityMapping, readonly string[]>; // Deleted, or no longer of it.
  readonly held: ReadonlyMap<EntityMapping, readonly Held[]>;
  readonly heldKeys: ReadonlySet<string>;
};

export type Origin = {
  readonly integration: string;
  readonly runId: string;
  readonly mappingVersion: number;
  /** What counts as there besides the records that are: a dry run's own. */
  readonly there?: (kind: RecordKind, key: string) => boolean;
};

const PROBLEMS_MAX = 20;

/** Maps documents and looks whether what they point at is there. */
export async function sortDocuments(
  database: Database,
  entity: EntityPlan,
  documents: readonly SourceDocument[],
  origin: Origin,
): Promise<Sorted> {
  const drafts = new Map<EntityMapping, Draft[]>();
  const removed = new Map<EntityMapping, string[]>();
  const held = new Map<EntityMapping, Held[]>();
  const heldKeys = new Set<string>();
  for (const mapping of entity.mappings) {
    const ready: { draft: Draft; rows: Document; source: SourceDocument }[] = [];
    const gone: string[] = [];
    const wrong: Held[] = [];
    const hold = (source: SourceDocument, problems: readonly MappingProblem[]): void => {
      if (problems.length > 0) heldKeys.add(source.key);
      for (const problem of problems.slice(0, PROBLEMS_MAX)) {
        wrong.push({ key: source.key, raw: source.content, problem: withoutLine(problem) });
      }
    };
    for (const source of documents) {
      const rows = mapping.rowsOf(source);
      const result: Mapped = source.deleted === true ? { kind: 'left-out' } : mapping.map(rows);
      if (result.kind === 'left-out') gone.push(source.key);
      else if (result.kind === 'problems') hold(source, result.problems);
      else ready.push({ draft: draftOf(source, result, entity.name, origin), rows, source });
    }
    const missing = await missingReferences(
      database,
      origin.integration,
      ready.map(({ draft }) => draft),
    );
    const good: Draft[] = [];
    for (const { draft, rows, source } of ready) {
      const lacking = referencesOf(draft.record).filter(
        ({ kind, key }) =>
          missing.get(kind)?.has(key) === true && origin.there?.(kind, key) !== true,
      );
      if (lacking.length === 0) good.push(draft);
      const problems = lacking.map(({ field, kind, key }) => ({
        ...placeOf(mapping.plan, rows, field),
        value: key,
        ...lacks(kind, key),
      }));
      hold(source, problems);
    }
    drafts.set(mapping, good);
    removed.set(mapping, gone);
    held.set(mapping, wrong);
  }
  return { drafts, removed: exceptKept(drafts, removed), held, heldKeys };
}

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
  drafts: ReadonlyMap<EntityMapping, readonly Draft[]>,
  removed: ReadonlyMap<EntityMapping, readonly string[]>,
): ReadonlyMap<EntityMapping, readonly string[]> {
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
