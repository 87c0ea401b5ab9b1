/** What documents of any area have changed: written by their tables' triggers, read by snapshot. */
import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';

declare const snapshot: unique symbol;

/** What was committed at one moment, and of which server: changes are asked for since one. */
export type Mark = string & { readonly [snapshot]: 'mark' };

/** Changes of one kind between two marks, from `after` on. */
export type ChangesWish = {
  readonly kind: string;
  readonly since: Mark;
  readonly until: Mark;
  readonly after?: string | undefined; // A place that was answered before.
};

/** Some of them, in one order. `at`: where the next begin. */
export type ChangedKeys = {
  readonly keys: readonly string[];
  readonly at: string;
  readonly more: boolean;
};

const STATEMENTS_MAX = 4; // A page of changes: each statement has told 500 keys at most.

/** What is committed now. */
export async function markNow(handle: Handle): Promise<Mark> {
  const [now] = await rows<{ mark: Mark }>(
    handle,
    sql`select ${SERVER} || '/' || pg_current_snapshot()::text as mark`,
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is where marks are made.
  return now?.mark ?? ('' as Mark);
}

/** Reads a mark back. Undefined: it is none. */
export function parseMark(text: string): Mark | undefined {
  if (!/^\d+\/\d+:\d+:[\d,]*$/.test(text)) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above checked it.
  return text as Mark;
}

/**
 * Why changes since a mark cannot be told any more. Undefined: they can. A database that was copied
 * to another server counts its transactions anew, so marks mean nothing there.
 */
export async function whyLost(handle: Handle, mark: Mark): Promise<string | undefined> {
  const { server, text } = partsOf(mark);
  const [found] = await rows<{ server: string; forgotten: boolean }>(
    handle,
    sql`select ${SERVER} as server, (select transaction from erp_company.change_forgotten)
        >= pg_snapshot_xmin(${text}::pg_snapshot) as forgotten`,
  );
  if (found?.server !== server) return 'the database is on another server than before';
  return found.forgotten ? 'they are so old that they are forgotten' : undefined;
}

/** The keys of a kind's documents that changed between two marks; one that changed often, often. */
export async function readChanges(
  handle: Handle,
  { kind, since, until, after = '0' }: ChangesWish,
): Promise<ChangedKeys> {
  const found = await rows<{ position: string; keys: readonly string[] }>(
    handle,
    sql`select position, keys from erp_company.change
      where kind = ${kind} and ${committedSince(sql`${partsOf(since).text}`)}
        and pg_visible_in_snapshot(transaction, ${partsOf(until).text}::pg_snapshot)
        and position > ${after}
      order by position limit ${STATEMENTS_MAX + 1}`,
  );
  const page = found.slice(0, STATEMENTS_MAX);
  return {
    keys: [...new Set(page.flatMap(({ keys }) => keys))],
    at: page.at(-1)?.position ?? after,
    more: found.length > page.length,
  };
}

/** The kinds of which something has been committed since a mark of each. */
export async function changedKinds(
  handle: Handle,
  marks: ReadonlyMap<string, Mark>,
): Promise<readonly string[]> {
  const asked = [...marks].map(([kind, mark]) => ({ asked: kind, since: partsOf(mark).text }));
  const found = await rows<{ kind: string }>(
    handle,
    sql`select w.asked as kind from ${unnested('w', { asked: 'text', since: 'text' }, asked)}
      where exists (select from erp_company.change
        where kind = w.asked and ${committedSince(sql`w.since`)})`,
  );
  return found.map(({ kind }) => kind);
}

/** The keys of a kind's documents in their order, from `after` on. */
export async function keysAfter(
  handle: Handle,
  wish: {
    readonly kind: string;
    readonly legalEntity: string;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly string[]> {
  const { kind, legalEntity, after = null, limit } = wish;
  const found = await rows<{ key: string }>(
    handle,
    sql`select key from erp_company.keys_after(${kind}, ${legalEntity}, ${after}, ${limit}) key`,
  );
  return found.map(({ key }) => key);
}

/** Forgets changes older than an instant. Who asks for such ones is told that they are lost. */
export async function forgetChanges(tx: Handle, before: Instant): Promise<number> {
  const [done] = await rows<{ forgotten: number }>(
    tx,
    sql`with gone as (
        delete from erp_company.change where noted_at < ${before} returning transaction
      ), newest as (select transaction from gone order by transaction desc limit 1),
      noted as (
        update erp_company.change_forgotten f set transaction = n.transaction
        from newest n where n.transaction > f.transaction)
      select count(*)::integer as forgotten from gone`,
  );
  return done?.forgotten ?? 0;
}

const SERVER = sql`(select system_identifier::text from pg_control_system())`;

/** Whatever we can see is committed; what was so at the mark already was told then. */
const committedSince = (since: ReturnType<typeof sql>): ReturnType<typeof sql> =>
  sql`transaction >= pg_snapshot_xmin(${since}::pg_snapshot)
    and not pg_visible_in_snapshot(transaction, ${since}::pg_snapshot)`;

function partsOf(mark: Mark): { readonly server: string; readonly text: string } {
  const [server = '', text = ''] = mark.split('/');
  return { server, text };
}
