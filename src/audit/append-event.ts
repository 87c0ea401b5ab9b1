import { rows, sql } from '#database';
import type { Handle } from '#database';
import { GENESIS, hashOf } from './event.ts';
import type { AuditEvent } from './event.ts';

const LOCK = 7_418_223; // Any fixed number: one event at a time finds its predecessor.

/**
 * Adds an event to the chain. Inside a transaction: it stands or falls with what it speaks of.
 * Make it the last statement: whoever appends waits for the commit of the one before.
 */
export async function appendEvent(transaction: Handle, event: AuditEvent): Promise<bigint> {
  await rows(transaction, sql`select pg_advisory_xact_lock(${LOCK})`);
  const [last] = await rows<{ position: string; hash: string }>(
    transaction,
    sql`select position, hash from audit.event order by position desc limit 1`,
  );
  const position = BigInt(last?.position ?? '0') + 1n;
  const previous = last?.hash ?? GENESIS;
  await rows(
    transaction,
    sql`insert into audit.event (position, at, actor, action, outcome, subject, details, trace_id,
        route, previous_hash, hash)
      values (${position}, ${event.at}, ${event.actor}, ${event.action}, ${event.outcome},
        ${event.subject}, ${JSON.stringify(event.details)}::jsonb, ${event.traceId},
        ${event.route ?? null}, ${previous}, ${hashOf(event, position, previous)})`,
  );
  return position;
}
