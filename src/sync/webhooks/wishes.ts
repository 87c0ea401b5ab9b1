import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import type { Instant } from '#kernel/time';

/** One thing to look at, and every wish that asks for it. */
export type Wanted = {
  readonly entity: string | null; // Null: whatever has changed.
  readonly key: string | null;
  readonly ids: readonly string[];
};

const ATTEMPTS_MAX = 5; // Of one document that the source answers for and that cannot be read.
const KEPT_DAYS = 30;

/** What is to be looked at for an integration, each thing once, the oldest first. */
export async function openWishes(
  database: Database,
  integration: string,
  limit: number,
): Promise<readonly Wanted[]> {
  return rows<Wanted>(
    database.kysely,
    sql`select entity, key, array_agg(id::text) as ids from sync.webhook_wish
      where integration = ${integration} group by entity, key order by min(id) limit ${limit}`,
  );
}

/** Integrations for which something is still to be looked at. */
export async function integrationsWaiting(database: Database): Promise<readonly string[]> {
  const found = await rows<{ integration: string }>(
    database.kysely,
    sql`select distinct integration from sync.webhook_wish order by integration`,
  );
  return found.map(({ integration }) => integration);
}

/** Notes that wishes were fulfilled: exactly these, for others may ask for the same by now. */
export async function fulfil(
  database: Database,
  ids: readonly string[],
  at: Instant,
): Promise<void> {
  await transact(database, async (transaction) => {
    await rows(
      transaction,
      sql`with gone as (delete from sync.webhook_wish where id = any(${[...ids]}::bigint[])
          returning delivery)
        update sync.webhook_delivery set state = case when problem is null then 'done' else 'failed' end,
          finished_at = ${at}
        where id in (select delivery from gone) and not exists (
          select 1 from sync.webhook_wish where delivery = webhook_delivery.id
            and not (webhook_wish.id = any(${[...ids]}::bigint[])))`,
    );
  });
}

/** Notes that a document could not be read; after some attempts its deliveries have failed. */
export async function excuse(
  database: Database,
  { ids }: Wanted,
  reason: string,
  at: Instant,
): Promise<void> {
  const tried = await rows<{ id: string; attempts: number; delivery: string }>(
    database.kysely,
    sql`update sync.webhook_wish set attempts = attempts + 1 where id = any(${[...ids]}::bigint[])
      returning id::text, attempts, delivery`,
  );
  const given = tried.filter(({ attempts }) => attempts >= ATTEMPTS_MAX);
  await rows(
    database.kysely,
    sql`update sync.webhook_delivery set problem = ${reason.slice(0, 1000)}
      where id = any(${given.map(({ delivery }) => delivery)})`,
  );
  if (given.length > 0) {
    await fulfil(
      database,
      given.map(({ id }) => id),
      at,
    );
  }
}

/** Forgets deliveries that were finished long ago; a sender does not repeat them any more. */
export async function forgetOld(
  database: Database,
  integration: string,
  at: Instant,
): Promise<void> {
  await rows(
    database.kysely,
    sql`delete from sync.webhook_delivery where integration = ${integration}
      and finished_at < ${at}::timestamptz - make_interval(days => ${KEPT_DAYS})`,
  );
}
