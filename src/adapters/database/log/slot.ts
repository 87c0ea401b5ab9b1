import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RialtoError } from '#kernel';
import type { Line } from '../connection.ts';
import { sourceError } from '../errors.ts';
import type { Layout } from '../layout.ts';
import { raw, sql, value } from '../sql.ts';
import { lsnOf } from './lsn.ts';

/** What an entity needs in the source: a slot that keeps its log, and a publication of its tables. */
export type Names = { readonly slot: string; readonly publication: string };

const NAME_MAX = 63;
const FREE_TRIES = 100;
const FREE_MS = 50;

/** What they are called for an entity: what begins with one prefix belongs to one connection. */
export function namesFor(prefix: string, entity: string): Names {
  const whole = `${prefix}_${entity}`.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
  const print = createHash('sha256').update(`${prefix}/${entity}`).digest('hex').slice(0, 6);
  const name = `${whole.slice(0, NAME_MAX - 7)}_${print}`;
  return { slot: name, publication: name };
}

/** How a slot stands. */
export type SlotState = {
  readonly confirmed: bigint;
  readonly lost?: string; // Why it is of no use any more.
  readonly heldBy?: string; // The process that reads it.
  readonly atRisk: boolean; // The server may throw it away at its next checkpoint.
  readonly lagBytes: bigint; // Of the log, that it keeps the server from forgetting.
};

/** Looks at a slot; undefined: there is none of the name in this database. */
export async function slotState(
  { session }: Line,
  { slot }: Names,
): Promise<SlotState | undefined> {
  const [found] = await session.rows(
    sql`select s.confirmed_flush_lsn::text, coalesce(s.wal_status, 'lost'),
        coalesce(to_jsonb(s) ->> 'invalidation_reason', ''), coalesce(s.plugin, '')::text,
        s.active_pid::text,
        coalesce(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), s.restart_lsn), 0)::bigint::text
      from pg_replication_slots s
      where s.slot_name = ${value(slot)} and s.database = current_database()`,
  );
  if (found === undefined) return undefined;
  const [confirmed, status, reason, plugin, pid, lag] = found;
  const lost =
    reason !== undefined && reason !== null && reason !== ''
      ? `the server has invalidated it (${reason})`
      : status === 'lost'
        ? 'the server has thrown away what it was to keep (wal_status is lost)'
        : plugin === 'pgoutput'
          ? undefined
          : `it speaks '${plugin ?? ''}'`;
  return {
    confirmed: lsnOf(confirmed ?? '0/0'),
    atRisk: status === 'unreserved',
    lagBytes: BigInt(lag ?? '0'),
    ...(lost === undefined ? {} : { lost }),
    ...(pid === null || pid === undefined ? {} : { heldBy: pid }),
  };
}

/**
 * Makes publication and slot, where they are not there in good order: from now on, or from before, the
 * server keeps what changes. Another reader of the slot, such as a dry run, takes nothing from it.
 */
export async function makeSlot(line: Line, names: Names, layout: Layout): Promise<void> {
  const { session } = line;
  await checkServer(line);
  await withRemedy(names, layout, line, async () => {
    const made = await makePublication(line, names, layout);
    const state = await slotState(line, names);
    if (!made && state !== undefined && state.lost === undefined) return;
    await dropSlot(line, names);
    await session.rows(
      sql`select pg_create_logical_replication_slot(${value(names.slot)}, 'pgoutput')::text`,
    );
  });
}

/** Forgets a slot, so that it keeps nothing any more. What reads it by our name is ended first. */
export async function dropSlot(line: Line, names: Names): Promise<void> {
  await freeSlot(line, names);
  await line.session.rows(
    sql`select pg_drop_replication_slot(slot_name)::text from pg_replication_slots
      where slot_name = ${value(names.slot)}`,
  );
}

/** Ends whoever reads a slot by its name: a watcher of ours, or what a dead process left behind. */
export async function freeSlot({ session }: Line, { slot }: Names): Promise<void> {
  for (let tries = 0; tries < FREE_TRIES; tries += 1) {
    const held = await session.rows(
      sql`select pg_terminate_backend(active_pid)::text from pg_replication_slots
        where slot_name = ${value(slot)} and active_pid is not null`,
    );
    if (held.length === 0) return;
    await pause(FREE_MS);
  }
}

/** Forgets a publication of ours. */
export async function dropPublication(line: Line, { publication }: Names): Promise<void> {
  await line.session.run(sql`drop publication if exists ${raw(line.dialect.quote(publication))}`);
}

/** Whether the server can tell changes at all. Fails with what is to be set. */
export async function checkServer({ session }: Line): Promise<void> {
  const [[level, version, standby] = []] = await session.rows(
    sql`select current_setting('wal_level'), current_setting('server_version_num'),
      pg_is_in_recovery()::text`,
  );
  const remedy =
    Number(version) < 140_000
      ? 'It needs PostgreSQL 14 or later. Read by watermark or hash instead.'
      : standby === 'true'
        ? 'It is a standby, which is not written to: connect its primary.'
        : level === 'logical'
          ? undefined
          : "Its log says too little. Run: ALTER SYSTEM SET wal_level = 'logical'; then restart it.";
  if (remedy === undefined) return;
  throw sourceError('invalid', 'database.log-not-kept', 'reading the log of the server', {
    remedy,
  });
}

/** True: it was not there, or not for these tables; then an older slot cannot be read through it. */
async function makePublication(line: Line, names: Names, layout: Layout): Promise<boolean> {
  const { session, dialect } = line;
  const wanted = tablesOf(layout).map(({ schema, name }) => JSON.stringify([schema, name]));
  const found = await session.rows(
    sql`select schemaname::text, tablename::text from pg_publication_tables
      where pubname = ${value(names.publication)}`,
  );
  const there = found.map(([schema, name]) => JSON.stringify([schema, name]));
  const [exists] = await session.rows(
    sql`select '1' from pg_publication where pubname = ${value(names.publication)}`,
  );
  if (exists !== undefined && new Set(there).isSupersetOf(new Set(wanted))) return false;
  const publication = raw(dialect.quote(names.publication));
  if (exists !== undefined) await session.run(sql`drop publication ${publication}`);
  const tables = raw(tablesText(line, layout));
  await session.run(
    sql`create publication ${publication} for table ${tables} with (publish_via_partition_root = true)`,
  );
  return true;
}

/** Which publication it is, and which tables were put into it: another one tells other changes. */
export async function publicationPrint({ session }: Line, { publication }: Names): Promise<string> {
  const [[print] = []] = await session.rows(
    sql`select p.oid::text || ':' || coalesce(string_agg(r.oid::text, ',' order by r.oid), '')
      from pg_publication p left join pg_publication_rel r on r.prpubid = p.oid
      where p.pubname = ${value(publication)} group by p.oid`,
  );
  return print ?? '';
}

/** The tables whose changes lead to documents, each once. */
export function tablesOf({ table, children }: Layout): readonly Layout['table'][] {
  const all = [table, ...children.map((child) => child.table)];
  return [...new Map(all.map((each) => [`${each.schema}.${each.name}`, each])).values()];
}

const tablesText = (line: Line, layout: Layout): string =>
  tablesOf(layout)
    .map((table) => tableText(line, table))
    .join(', ');

/** A table as a statement names it, for a person to run. */
export const tableText = ({ dialect }: Line, { schema, name }: Layout['table']): string =>
  `${dialect.quote(schema)}.${dialect.quote(name)}`;

/** Where a right is missing, says what someone who has it is to run. */
async function withRemedy<T>(
  { publication }: Names,
  layout: Layout,
  line: Line,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RialtoError) || error.code !== 'database.source-forbidden') throw error;
    const [[user] = []] = await line.session.rows(sql`select current_user::text`);
    throw sourceError('forbidden', 'database.log-forbidden', 'reading the log of the server', {
      cause: error.cause,
      remedy:
        `Let someone who may run: ALTER ROLE ${line.dialect.quote(user ?? '')} REPLICATION; ` +
        `CREATE PUBLICATION ${line.dialect.quote(publication)} FOR TABLE ${tablesText(line, layout)} ` +
        'WITH (publish_via_partition_root = true);',
    });
  }
}
