import type { DocumentAdapter } from '#adapter-kit';
import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import type { Draft } from '#records';
import { syncError } from '../errors.ts';
import { loadIntegration } from '../integration.ts';
import type { AnyPack } from '../load-pack.ts';
import type { DocumentPack } from '../mapping/document-pack.ts';
import type { NotReady } from '../not-ready.ts';
import { entityPlansOf } from '../pull/entity-plan.ts';
import type { EntityPlan } from '../pull/entity-plan.ts';
import { batchesOf } from '../pull/read-pages.ts';
import { sortDocuments } from '../pull/sort-documents.ts';
import type { SyncDeps } from '../start-sync.ts';
import { Scales } from './weigh.ts';
import { weighRows } from './weigh-rows.ts';
import type { Sample, Weight } from './weigh.ts';

/** What a sync would do now. Nothing was written, and no place was moved. */
export type DryRun = {
  readonly integration: string;
  readonly whole: boolean; // False: only the first documents of each entity were weighed.
  readonly notReady: readonly NotReady[]; // What could not be read; what needs it was left out.
  readonly kinds: readonly Weight[];
  readonly samples: readonly Sample[];
};

export type DryRunOptions = {
  /** A mapping to try instead of the one in force: its impact before it is activated. */
  readonly pack?: AnyPack;
  /**
   * Documents of each entity to look at; without it, all: only then deletions can be told. Files
   * are always looked at whole.
   */
  readonly documentsMax?: number;
  /** Samples of each kind and outcome. 20. */
  readonly samplesMax?: number;
  readonly signal?: AbortSignal;
  /** Hears how many records of a kind have been weighed so far. */
  readonly onProgress?: (kind: string, done: number) => void;
};

const PAGE_SIZE = 2_000;
const SAMPLES = 20;

/** Reads a source and says what a sync would do, record by record and field by field. */
export async function dryRun(
  deps: SyncDeps,
  name: string,
  options: DryRunOptions = {},
): Promise<DryRun> {
  const { database, clock } = deps;
  const integration = await loadIntegration(database, name);
  const pack = options.pack ?? integration.pack;
  const adapter = await deps.adapters({ ...integration, pack });
  const scales = new Scales(database, name, options.samplesMax ?? SAMPLES, options.onProgress);
  const signal = options.signal ?? new AbortController().signal;
  let whole = true;
  let notReady: readonly NotReady[] = [];
  if ('pull' in adapter && !('layout' in pack)) {
    whole = await weighDocuments({ database, adapter, pack, scales, name, signal }, options);
  } else if ('survey' in adapter && 'layout' in pack) {
    const weighed = await weighRows({ database, clock, adapter, pack, scales, name, signal });
    ({ whole, notReady } = weighed);
  } else {
    throw syncError('invalid', 'sync.bad-mapping', `trying the mapping '${pack.name}'`, {
      remedy: `It is for another kind of source: '${name}' is read through '${adapter.name}'.`,
    });
  }
  return { integration: name, whole, notReady, kinds: scales.weights(), samples: scales.samples };
}

type Weighing = {
  readonly database: Database;
  readonly adapter: DocumentAdapter;
  readonly pack: DocumentPack;
  readonly scales: Scales;
  readonly name: string;
  readonly signal: AbortSignal;
};

async function weighDocuments(
  weighing: Weighing,
  { documentsMax = Number.POSITIVE_INFINITY }: DryRunOptions,
): Promise<boolean> {
  const readWhole: (readonly [RecordKind, boolean])[] = [];
  for (const entity of entityPlansOf(weighing.pack)) {
    const whole = await weighEntity(weighing, entity, documentsMax);
    for (const { kind } of entity.mappings) readWhole.push([kind, whole]);
  }
  await weighing.scales.weighDeletions(readWhole);
  return readWhole.every(([, whole]) => whole);
}

const asItIs = (draft: Draft): Draft => draft;

/** False: there is more than was asked for. */
async function weighEntity(
  weighing: Weighing,
  entity: EntityPlan,
  documentsMax: number,
): Promise<boolean> {
  const { database, adapter, scales, name, signal } = weighing;
  const origin = { integration: name, runId: 'dry-run', mappingVersion: 0 };
  const size = Math.min(PAGE_SIZE, documentsMax);
  let read = 0;
  const pages = adapter.pull(entity.name, { mode: 'snapshot' }, signal);
  for await (const batch of batchesOf(pages, size)) {
    signal.throwIfAborted();
    const documents = batch.documents.slice(0, documentsMax - read);
    const there = (kind: Parameters<Scales['has']>[0], key: string) => scales.has(kind, key);
    const sorted = await sortDocuments(database, entity, documents, {
      ...origin,
      there,
      make: asItIs,
    });
    for (const mapping of entity.mappings) {
      await scales.weigh(mapping.kind, {
        drafts: sorted.drafts.get(mapping) ?? [],
        held: sorted.held.get(mapping) ?? [],
      });
    }
    read += documents.length;
    if (batch.last === true && documents.length === batch.documents.length) return true;
    if (read >= documentsMax) return false;
  }
  return false;
}
