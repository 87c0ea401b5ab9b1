import type { EntityState, RowAdapter } from '#adapter-kit';
import { referencesOf } from '#canonical';
import type { RecordKind } from '#canonical';
import { transact } from '#database';
import type { Database } from '#database';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import type { Draft } from '#records';
import { groupDocuments } from '../documents.ts';
import type { Grouped } from '../documents.ts';
import { findBreaches } from '../find-breaches.ts';
import { waitsFor } from '../find-gap.ts';
import type { Gap } from '../find-gap.ts';
import { hashOf } from '../hash-of.ts';
import { compileMapping, placeOf } from '../mapping/map-document.ts';
import type { Pack } from '../mapping/pack.ts';
import { entitiesOf } from '../mapping/plan.ts';
import type { Plan } from '../mapping/plan.ts';
import { extractOf, plansOf } from '../mapping/plans.ts';
import { notReadyOf } from '../not-ready.ts';
import type { NotReady } from '../not-ready.ts';
import { lacks, missingReferences } from '../missing-references.ts';
import type { Held } from '../quarantine.ts';
import { documentOf, readPages } from '../read-documents.ts';
import type { PageDocument } from '../read-documents.ts';
import { keepStaging } from '../run.ts';
import { dropStaging, stageEntity, stagePrefix } from '../stage.ts';
import type { Staged } from '../stage.ts';
import { inOrder } from '../sync-mapping.ts';
import type { Scales } from './weigh.ts';

const PAGE_SIZE = 2_000;
const NO_CHECKPOINT = 0; // None has this number: every document looks new.

type Weighing = {
  readonly database: Database;
  readonly clock: Clock;
  readonly adapter: RowAdapter;
  readonly pack: Pack;
  readonly scales: Scales;
  readonly name: string;
  readonly signal: AbortSignal;
};

/** Weighs what files would become, and says which of them cannot be read now. */
export async function weighRows(weighing: Weighing): Promise<{
  readonly whole: boolean; // All of them could be read in full.
  readonly notReady: readonly NotReady[];
}> {
  const { database, clock, pack, adapter, signal } = weighing;
  const runId = newId('run', millisecondsOf(clock()));
  const letGo = keepStaging(runId);
  try {
    const plans = inOrder(plansOf(pack));
    const states = new Map<string, EntityState>();
    for (const state of await adapter.survey(signal)) states.set(state.entity, state);
    const notReady = notReadyOf(new Set(plans.flatMap(entitiesOf)), states);
    const waiting = new Set(notReady.map(({ entity }) => entity));
    const staged = new Map<string, Staged>();
    const readWhole: (readonly [RecordKind, boolean])[] = [];
    for (const plan of plans) {
      const { kind } = plan.mapping;
      const entities = entitiesOf(plan);
      if (entities.some((entity) => waiting.has(entity))) {
        readWhole.push([kind, false]);
        continue;
      }
      for (const entity of entities.filter((each) => !staged.has(each))) {
        staged.set(entity, await stageForTrial(weighing, plans, { entity, runId }));
      }
      readWhole.push([kind, await weighPlan(weighing, plan, { staged, runId })]);
    }
    await weighing.scales.weighDeletions(readWhole);
    return { whole: readWhole.every(([, whole]) => whole), notReady };
  } finally {
    letGo();
    await dropStaging(database.kysely, { run: runId }).catch(() => undefined); // Else at next start.
  }
}

function stageForTrial(
  { database, adapter, pack, signal }: Weighing,
  plans: readonly Plan[],
  of: { readonly entity: string; readonly runId: string },
): Promise<Staged> {
  const { entity, runId } = of;
  const { entities } = pack.layout;
  return stageEntity(database, {
    adapter,
    entity,
    columns: entities[entity]?.columns ?? [],
    extract: extractOf(plans, entity),
    signal,
    table: `${stagePrefix(runId)}e${Object.keys(entities).indexOf(entity)}`,
    onRows: () => undefined,
  });
}

/** False: something of it could not be read, so that deletions cannot be told. */
async function weighPlan(
  weighing: Weighing,
  plan: Plan,
  run: { readonly staged: ReadonlyMap<string, Staged>; readonly runId: string },
): Promise<boolean> {
  const { database, scales, pack, signal } = weighing;
  const { staged, runId } = run;
  const { kind } = plan.mapping;
  const grouped = await groupDocuments(database, {
    plan,
    tables: new Map([...staged].map(([entity, { table }]) => [entity, table])),
    prefix: `${stagePrefix(runId)}${pack.mappings.indexOf(plan.mapping)}`,
    checkpoint: NO_CHECKPOINT,
    mappingPrint: hashOf(plan.mapping),
  });
  const { held, gap } = await findBreaches({ database, plan, grouped, staged });
  await scales.weigh(kind, { drafts: [], held });
  await transact(database, async (reader) => {
    for await (const page of readPages(reader, grouped, PAGE_SIZE)) {
      signal.throwIfAborted();
      await scales.weigh(kind, await sortPage(weighing, grouped, page, gap));
    }
  });
  return gap === undefined;
}

async function sortPage(
  { database, scales, name }: Weighing,
  { plan }: Grouped,
  page: readonly PageDocument[],
  gap: Gap | undefined,
): Promise<{ readonly drafts: readonly Draft[]; readonly held: readonly Held[] }> {
  const map = compileMapping(plan);
  const held: Held[] = [];
  const drafts: Draft[] = [];
  for (const one of page) {
    const { key, header } = one;
    const { file, line } = header;
    const result = map(documentOf(plan, one));
    if (result.kind === 'problems') {
      for (const problem of result.problems) held.push({ key, raw: null, problem });
    } else if (result.kind === 'record' && waitsFor(gap, key)) {
      held.push({ key, raw: null, problem: { file, line, ...(gap?.why ?? { reason: '' }) } });
    } else if (result.kind === 'record') {
      drafts.push({ record: result.record, source: { integration: name, key, file, line } });
    }
  }
  const missing = await missingReferences(database, name, drafts);
  const good = drafts.filter((draft) => {
    const lacking = referencesOf(draft.record).filter(
      ({ kind, key }) => missing.get(kind)?.has(key) === true && !scales.has(kind, key),
    );
    const one = page.find(({ key }) => key === draft.source.key);
    if (one !== undefined) {
      for (const { field, kind, key } of lacking) {
        const at = placeOf(plan, documentOf(plan, one), field);
        const problem = { ...at, value: key, ...lacks(kind, key) };
        held.push({ key: draft.source.key, raw: null, problem });
      }
    }
    return lacking.length === 0;
  });
  return { drafts: good, held };
}
