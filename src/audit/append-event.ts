import { rows, sql } from '#database';
import type { Handle } from '#database';
import { tellingOf } from './event.ts';
import type { AuditEvent } from './event.ts';

/**
 * Adds an event to the chain. Inside a transaction: it stands or falls with what it speaks of.
 * Make it the last statement: whoever appends waits for the commit of the one before.
 */
export async function appendEvent(transaction: Handle, event: AuditEvent): Promise<bigint> {
  const { at, actor, action, outcome, subject, details, traceId, route = null } = event;
  const [appended] = await rows<{ position: string }>(
    transaction,
    sql`select audit.append(${tellingOf(event)}, ${at}, ${actor}, ${action}, ${outcome}, ${subject},
        ${JSON.stringify(details)}::jsonb, ${traceId}, ${route}) as position`,
  );
  return BigInt(appended?.position ?? '0');
}
