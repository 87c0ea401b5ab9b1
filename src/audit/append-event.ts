import { rows, send, sql } from '#database';
import type { Handle } from '#database';
import { tellingOf } from './event.ts';
import type { AuditEvent } from './event.ts';

/**
 * Adds an event to the chain. Inside a transaction: it stands or falls with what it speaks of.
 * Make it the last statement: whoever appends waits for the commit of the one before.
 */
export async function appendEvent(transaction: Handle, event: AuditEvent): Promise<bigint> {
  const [appended] = await rows<{ position: string }>(transaction, appending(event));
  return BigInt(appended?.position ?? '0');
}

/** The same, sent together with the commit, which fails if it does. */
export const sendEvent = (transaction: Handle, event: AuditEvent): Promise<void> =>
  send(transaction, appending(event));

function appending(event: AuditEvent) {
  const { at, actor, action, outcome, subject, details, traceId, route = null } = event;
  return sql`select audit.append(${tellingOf(event)}, ${at}, ${actor}, ${action}, ${outcome},
    ${subject}, ${JSON.stringify(details)}::jsonb, ${traceId}, ${route}) as position`;
}
