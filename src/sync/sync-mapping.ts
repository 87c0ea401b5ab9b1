import { RECORD_KINDS } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Clock, Instant } from '#kernel/time';
import { applyPage } from '#records';
import { applyDocuments } from './apply-documents.ts';
import { groupDocuments } from './documents.ts';
import type { Grouped } from './documents.ts';
import type { RowIntegration } from './integration.ts';
import { compileMapping } from './mapping/map-document.ts';
import { entitiesOf } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';
import { countHeld, quarantine, release } from './quarantine.ts';
import type { QuarantinePlace } from './quarantine.ts';
import type { Staged } from './stage.ts';
import { findBreaches } from './find-breaches.ts';
import type { Tally } from './tally.ts';
import { deletionsHeld, tooManyGone } from './too-many-gone.ts';
import { say } from './sentences.ts';

/** What all mappings of one run share. */
export type RunContext = {
  readonly database: Database;
  readonly clock: Clock;
  readonly integration: RowIntegration;
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly pageSize: number;
  readonly acceptDeletions: boolean;
  readonly tally: Tally;
  readonly stage: (entity: string) => Promise<Staged>;
  readonly prefix: string;
};

export type Checkpoint = {
  readonly id: number;
  readonly print: string | null;
  readonly documents: number;
  readonly lines: number;
};

/** A mapping's place in the books; made the first time. */
export async function checkpointOf(
  database: Database,
  integration: string,
  mapping: string,
): Promise<Checkpoint> {
  await rows(
    database.kysely,
    sql`insert into sync.checkpoint (integration, mapping) values (${integration}, ${mapping})
      on conflict do nothing`,
  );
  const [found] = await rows<Checkpoint>(
    database.kysely,
    sql`select id, print, documents, lines from sync.checkpoint
      where integration = ${integration} and mapping = ${mapping}`,
  );
  return found ?? { id: 0, print: null, documents: 0, lines: 0 };
}

/** Brings one mapping's records up to what the source says now. */
export async function syncMapping(
  context: RunContext,
  plan: Plan,
  checkpoint: Checkpoint,
  prints: { readonly mapping: string; readonly all: string },
): Promise<void> {
  const { database, integration, tally, signal } = context;
  const staged = new Map<string, Staged>();
  for (const entity of entitiesOf(plan)) {
    staged.set(entity, await context.stage(entity));
    signal.throwIfAborted();
  }
  const grouped = await groupDocuments(database, {
    plan,
    tables: new Map([...staged].map(([entity, { table }]) => [entity, table])),
    prefix: `${context.prefix}${integration.pack.mappings.indexOf(plan.mapping)}`,
    checkpoint: checkpoint.id,
    mappingPrint: prints.mapping,
  });
  const place = placeOf(context, plan);
  const { kind } = plan.mapping;
  const same = grouped.documents - grouped.toMap - grouped.doubtful;
  tally.add(kind, { read: grouped.documents, lines: grouped.lines });
  tally.expect(kind, grouped.toMap);
  const found = await findBreaches({ database, plan, grouped, staged });
  await transact(database, (transaction) => quarantine(transaction, place, found.held));
  tally.add(kind, { unchanged: same });
  await applyDocuments({
    database,
    grouped,
    map: compileMapping(plan),
    place,
    checkpoint: checkpoint.id,
    mappingVersion: integration.mappingVersion,
    pageSize: context.pageSize,
    gap: found.gap,
    signal,
    async onPage(transaction, applied) {
      const { created, changed, unchanged, deleted, released } = applied;
      tally.add(kind, { created, changed, unchanged, deleted, released });
      await tally.save(transaction);
    },
  });
  const allGone = await removeMissing(context, { plan, grouped, staged, checkpoint });
  await transact(database, (transaction) =>
    complete(transaction, context, {
      plan,
      grouped,
      checkpoint,
      print: allGone ? prints.all : null,
    }),
  );
}

/** Counts a mapping whose files are as they were: nothing was read. */
export async function countUnchanged(
  context: Pick<RunContext, 'database' | 'integration' | 'tally'>,
  plan: Plan,
  checkpoint: Checkpoint,
): Promise<void> {
  const { database, integration, tally } = context;
  const { held } = await countHeld(database.kysely, integration.name, plan.name);
  const { documents, lines } = checkpoint;
  tally.add(plan.mapping.kind, {
    read: documents,
    lines,
    unchanged: Math.max(0, documents - held),
    quarantined: held,
  });
}

export function placeOf(
  context: Pick<RunContext, 'integration' | 'runId' | 'clock'>,
  plan: Plan,
): QuarantinePlace {
  const { integration, runId, clock } = context;
  const seenAt: Instant = clock();
  return {
    integration: integration.name,
    mapping: plan.name,
    kind: plan.mapping.kind,
    runId,
    seenAt,
  };
}

/** Mappings in the order in which records may point at each other. */
export function inOrder(plans: readonly Plan[]): readonly Plan[] {
  return plans.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = ({ mapping }: Plan): number => RECORD_KINDS.indexOf(mapping.kind);

type Work = {
  readonly plan: Plan;
  readonly grouped: Grouped;
  readonly staged: ReadonlyMap<string, Staged>;
  readonly checkpoint: Checkpoint;
};

/** Deletes what a complete snapshot no longer has. False: it did not, and the run says why. */
async function removeMissing(context: RunContext, work: Work): Promise<boolean> {
  const { database, tally, signal } = context;
  const { plan, grouped, checkpoint } = work;
  const { kind } = plan.mapping;
  const { gone, stored: all } = grouped;
  if (gone === 0) return true;
  const missing = sql`from sync.document s where s.checkpoint = ${checkpoint.id}
    and not exists (select from ${sql.id('sync', grouped.table)} d where d.key = s.key)`;
  const things = { gone, all, what: `${kind} records`, where: plan.mapping.from };
  if ((work.staged.get(plan.mapping.from)?.unreadable ?? 0) > 0) {
    tally.say(say('gone-unreadable', things));
    return false;
  }
  if (tooManyGone(gone, all) && !context.acceptDeletions) {
    tally.say(deletionsHeld(things));
    return false;
  }
  for (let left = gone; left > 0; left -= context.pageSize) {
    signal.throwIfAborted();
    await transact(database, (transaction) => removePage(transaction, context, work, missing));
  }
  return true;
}

async function removePage(
  transaction: Handle,
  context: RunContext,
  { plan, checkpoint }: Work,
  missing: ReturnType<typeof sql<unknown>>,
): Promise<void> {
  const { tally, pageSize } = context;
  const found = await rows<{ key: string }>(
    transaction,
    sql`select s.key ${missing} order by s.key limit ${pageSize}`,
  );
  const keys = found.map(({ key }) => key);
  const { integration, seenAt, kind } = placeOf(context, plan);
  const page = { integration, kind, drafts: [], removedKeys: keys, seenAt };
  const applied = await applyPage(transaction, { ...page, cause: 'snapshot' });
  await rows(
    transaction,
    sql`delete from sync.document where checkpoint = ${checkpoint.id} and key = any(${keys})`,
  );
  tally.add(kind, { deleted: applied.deleted });
  await tally.save(transaction);
}

async function complete(
  transaction: Handle,
  context: RunContext,
  done: Pick<Work, 'plan' | 'grouped' | 'checkpoint'> & { readonly print: string | null },
): Promise<void> {
  const { plan, grouped, checkpoint, print } = done;
  const place = placeOf(context, plan);
  const released = await release(transaction, place);
  const { held } = await countHeld(transaction, place.integration, plan.name);
  await rows(
    transaction,
    sql`update sync.checkpoint set print = ${print}, documents = ${grouped.documents},
      lines = ${grouped.lines}, completed_at = ${place.seenAt} where id = ${checkpoint.id}`,
  );
  context.tally.add(plan.mapping.kind, { released, quarantined: held });
  await context.tally.save(transaction);
}
