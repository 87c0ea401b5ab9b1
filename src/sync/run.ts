import type { RecordKind } from '#canonical';
import { containing, rows, sql } from '#database';
import type { Database, Handle } from '#database';
import type { Clock, Instant } from '#kernel/time';
import { syncError } from './errors.ts';
import { isQuiet } from './prune-runs.ts';
import { dropStaging } from './stage.ts';
import type { Said } from '#kernel';

export type RunStatus = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** What a run did with one kind of record. */
export type EntitySummary = {
  readonly kind: RecordKind;
  readonly read: number; // Documents in the source, those in quarantine counted.
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number; // Held now.
  readonly released: number;
  readonly lines?: number; // Child rows, such as order lines.
  readonly echoed?: number; // What Rialto itself wrote there, and the source confirms.
};

/** A sentence of a run; what a system itself said has no code. */
export type Told = { readonly text: string } & Partial<Said>;

/** What a run did, or has done so far. */
export type RunSummary = {
  readonly runId: string;
  readonly integration: string;
  readonly status: RunStatus;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  readonly entities: readonly EntitySummary[];
  readonly notReady: readonly {
    readonly entity: string;
    readonly reason: string;
    readonly said?: Said; // The same for other languages.
  }[];
  readonly message?: string; // In words: nothing changed, what was not done and why.
  readonly said?: readonly Told[]; // The same, sentence by sentence.
};

type Row = {
  readonly runId: string;
  readonly integration: string;
  readonly status: RunStatus;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly summary: Pick<RunSummary, 'entities' | 'notReady' | 'message' | 'said'>;
};

const active = new Map<string, AbortController>();
const COLUMNS = sql`id as "runId", integration, status, started_at as "startedAt",
  finished_at as "finishedAt", summary`;

/** Notes a run as begun. Fails with `sync.already-running`. Its signal is aborted by `cancelRun`. */
export async function beginRun(database: Database, run: RunSummary): Promise<AbortSignal> {
  const controller = new AbortController();
  active.set(run.runId, controller); // Before the row: nobody may take it for interrupted.
  const begun = await rows(
    database.kysely,
    sql`insert into sync.run (id, integration, status, started_at, summary)
      values (${run.runId}, ${run.integration}, 'running', ${run.startedAt}, ${summaryOf(run)}::json)
      on conflict do nothing returning id`,
  );
  if (begun.length > 0) return controller.signal;
  active.delete(run.runId);
  throw syncError('conflict', 'sync.already-running', `syncing '${run.integration}'`, {
    remedy: 'A run is under way. Wait for it, or cancel it first.',
  });
}

/** Keeps what a dry run stages from being cleared as if its process had died, until let go. */
export function keepStaging(id: string): () => void {
  active.set(id, new AbortController());
  return () => void active.delete(id);
}

/** Writes how far a run is, in the transaction of what it did. */
export async function saveRun(handle: Handle, run: RunSummary): Promise<void> {
  // Before it is written: one that a lost database keeps from being written must not seem alive.
  if (run.status !== 'running') active.delete(run.runId);
  await rows(
    handle,
    sql`update sync.run set status = ${run.status}, finished_at = ${run.finishedAt ?? null},
      summary = ${summaryOf(run)}::json, quiet = ${run.status !== 'running' && isQuiet(run.entities)}
      where id = ${run.runId}`,
  );
}

/**
 * Marks runs whose process has died, and clears what they left behind. What they had applied
 * stays applied: the next run goes on from there. Call at start, before syncing.
 */
export async function recoverRuns(database: Database, clock: Clock): Promise<readonly string[]> {
  const alive = [...active.keys()];
  const found = await rows<{ id: string }>(
    database.kysely,
    sql`update sync.run set status = 'interrupted', finished_at = ${clock()}
      where status = 'running' and not (id = any(${alive})) returning id`,
  );
  await dropStaging(database.kysely, { except: alive });
  return found.map(({ id }) => id);
}

/** Which runs. `search` looks into the integration, the id and what the run said. */
type RunQuery = {
  readonly integration?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly search?: string | undefined;
};

function runsThat({ integration, status, search }: RunQuery) {
  const conditions = [sql`true`];
  if (integration !== undefined) conditions.push(sql`integration = ${integration}`);
  if (status !== undefined) conditions.push(sql`status = any(${[...status]})`);
  if (search !== undefined && search.trim() !== '') {
    const pattern = containing(search);
    conditions.push(sql`concat_ws(' ', integration, id, summary ->> 'message') ilike ${pattern}`);
  }
  return sql.join(conditions, sql` and `);
}

const ORDERS = {
  startedAt: sql`started_at`,
  '-startedAt': sql`started_at desc`,
  integration: sql`integration`,
  '-integration': sql`integration desc`,
  status: sql`status`,
  '-status': sql`status desc`,
  took: sql`coalesce(finished_at, now()) - started_at`,
  '-took': sql`coalesce(finished_at, now()) - started_at desc`,
} as const;

/** Runs, the newest first unless asked otherwise. */
export async function listRuns(
  database: Pick<Database, 'kysely'>,
  query: RunQuery & {
    readonly sort?: keyof typeof ORDERS | undefined;
    readonly offset?: number;
    readonly limit?: number;
  } = {},
): Promise<RunSummary[]> {
  const { sort = '-startedAt', offset = 0, limit = 50 } = query;
  const found = await rows<Row>(
    database.kysely,
    sql`select ${COLUMNS} from sync.run where ${runsThat(query)}
      order by ${ORDERS[sort]}, started_at desc, id desc limit ${limit} offset ${offset}`,
  );
  return found.map(runOf);
}

/** How many runs there are. */
export async function countRuns(
  database: Pick<Database, 'kysely'>,
  query: RunQuery,
): Promise<number> {
  const [found] = await rows<{ total: number }>(
    database.kysely,
    sql`select count(*)::integer as total from sync.run where ${runsThat(query)}`,
  );
  return found?.total ?? 0;
}

/** Finds a run. Undefined: there is none of that id. */
export async function findRun(database: Database, runId: string): Promise<RunSummary | undefined> {
  const [found] = await rows<Row>(
    database.kysely,
    sql`select ${COLUMNS} from sync.run where id = ${runId}`,
  );
  return found === undefined ? undefined : runOf(found);
}

/** Asks a run of this process to stop after the page it is at. False: it is not under way here. */
export function cancelRun(runId: string): boolean {
  const controller = active.get(runId);
  controller?.abort(syncError('conflict', 'sync.cancelled', `run ${runId} was cancelled`));
  return controller !== undefined;
}

function summaryOf(run: RunSummary): string {
  const { entities, notReady, message, said } = run;
  return JSON.stringify({ entities, notReady, message, said });
}

function runOf(row: Row): RunSummary {
  const { summary, finishedAt, ...rest } = row;
  return { ...rest, ...summary, ...(finishedAt === null ? {} : { finishedAt }) };
}
