import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import type { Wish } from './read-events.ts';

/** A delivery as people see it. */
export type DeliveryRow = {
  readonly id: string;
  readonly integration: string;
  readonly deliveryId: string;
  readonly receivedAt: Instant;
  readonly sentAt: Instant | null;
  readonly repeats: number; // How often it came again.
  readonly bytes: number;
  readonly wishes: readonly Wish[]; // The first of what it named.
  readonly wishCount: number;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly problem: string | null;
  readonly finishedAt: Instant | null;
};

/** Which deliveries. `search` looks into the sender's id, what was named, and the problem. */
export type DeliveryQuery = {
  readonly integration: string;
  readonly states?: readonly string[] | undefined;
  readonly search?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** Lists deliveries, newest first. */
export async function listDeliveries(
  handle: Handle,
  query: DeliveryQuery,
): Promise<{ readonly rows: readonly DeliveryRow[]; readonly total: number }> {
  const { offset, limit } = query;
  const matching = conditionsOf(query);
  const [counted] = await rows<{ total: number }>(
    handle,
    sql`select count(*)::integer as total from sync.webhook_delivery where ${matching}`,
  );
  const found = await rows<DeliveryRow>(
    handle,
    sql`select id, integration, delivery_id as "deliveryId", received_at as "receivedAt",
        sent_at as "sentAt", repeats, bytes, wishes, wish_count as "wishCount", state, problem,
        finished_at as "finishedAt"
      from sync.webhook_delivery where ${matching}
      order by received_at desc, id desc limit ${limit} offset ${offset}`,
  );
  return { rows: found, total: counted?.total ?? 0 };
}

function conditionsOf({ integration, states, search }: DeliveryQuery) {
  const conditions = [sql`integration = ${integration}`];
  if (states !== undefined) conditions.push(sql`state = any(${[...states]})`);
  if (search !== undefined && search.trim() !== '') {
    const pattern = `%${search.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(sql`concat_ws(' ', delivery_id, wishes::text, problem) ilike ${pattern}`);
  }
  return sql.join(conditions, sql` and `);
}
