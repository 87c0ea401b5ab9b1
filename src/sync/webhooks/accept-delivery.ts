import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { addJob } from '#workflow';
import type { Wish } from './read-events.ts';

/** The kind of job that looks at what deliveries named. */
export const WEBHOOK_JOB = 'webhooks';

/** A delivery that was found genuine. */
export type Delivery = {
  readonly integration: string;
  /** `sure`: the sender's own word, or it says when it sent it. Else two changes may look the same. */
  readonly name: { readonly text: string; readonly sure: boolean };
  readonly sentAt?: Instant;
  readonly bytes: number;
  readonly wishes: readonly Wish[];
  /** What is to be written in the same transaction, of a delivery that is new. */
  readonly along?: (transaction: Handle) => Promise<void>;
};

const WISHES_SHOWN = 20;
const ATTEMPTS_MAX = 100; // At ten minutes apart: most of a day without an answer.

/**
 * Keeps a delivery, what it named, and the job that will look, in one transaction. False: it was
 * here before, and nothing is to be done. A repeat that might be a second change is looked at again.
 */
export async function acceptDelivery(
  database: Database,
  delivery: Delivery,
  at: Instant,
): Promise<boolean> {
  const { integration, name, wishes } = delivery;
  return transact(database, async (transaction) => {
    const id = await keep(transaction, delivery, at);
    if (id === undefined) return false;
    await rows(
      transaction,
      sql`insert into sync.webhook_wish (delivery, integration, entity, key)
        select ${id}, ${integration}, entity, key
        from unnest(${wishes.map(({ entity }) => entity ?? null)}::text[],
          ${wishes.map(({ key }) => key ?? null)}::text[]) as wish(entity, key)`,
    );
    if (wishes.length > 0) {
      await wakeFor(transaction, integration, at, { by: `delivery ${name.text}` });
    }
    await delivery.along?.(transaction);
    return true;
  });
}

async function keep(
  transaction: Handle,
  delivery: Delivery,
  at: Instant,
): Promise<string | undefined> {
  const { integration, name, sentAt, bytes, wishes } = delivery;
  const state = wishes.length === 0 ? 'done' : 'waiting';
  const shown = JSON.stringify(wishes.slice(0, WISHES_SHOWN));
  const [made] = await rows<{ id: string; repeats: number }>(
    transaction,
    sql`insert into sync.webhook_delivery (id, integration, delivery_id, received_at, sent_at, bytes,
        wishes, wish_count, state, finished_at)
      values (${newId('dlv', millisecondsOf(at))}, ${integration}, ${name.text}, ${at},
        ${sentAt ?? null}, ${bytes}, ${shown}::json, ${wishes.length}, ${state},
        ${state === 'done' ? at : null})
      on conflict (integration, delivery_id) do update set
        repeats = webhook_delivery.repeats + 1,
        state = case when ${name.sure} then webhook_delivery.state else excluded.state end,
        finished_at = case when ${name.sure} then webhook_delivery.finished_at
          else excluded.finished_at end
      returning id, repeats`,
  );
  return made === undefined || (made.repeats > 0 && name.sure) ? undefined : made.id;
}

/**
 * Wakes whoever looks at what deliveries named. Who begins to look closes the round first, so what
 * comes later wakes somebody anew, and a storm of deliveries wakes two at most.
 */
export async function wakeFor(
  transaction: Handle,
  integration: string,
  at: Instant,
  more: { readonly by: string; readonly runAt?: Instant },
): Promise<void> {
  const { by, runAt = at } = more;
  await rows(
    transaction,
    sql`insert into sync.webhook_round (integration) values (${integration}) on conflict do nothing`,
  );
  const [open] = await rows<{ round: number }>(
    transaction,
    sql`select round from sync.webhook_round where integration = ${integration} for share`,
  );
  const job = {
    kind: WEBHOOK_JOB,
    input: { integration },
    by,
    runAt,
    onlyOne: `${WEBHOOK_JOB} ${integration} ${open?.round ?? 0}`,
    attemptsMax: ATTEMPTS_MAX,
  };
  await addJob(transaction, job, at);
}

/** Closes the round: what was committed before is seen by whoever looks now. */
export async function closeRound(database: Database, integration: string): Promise<void> {
  await rows(
    database.kysely,
    sql`update sync.webhook_round set round = round + 1 where integration = ${integration}`,
  );
}
