import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';

/** How it went. 'intended': about to reach outside the database; the outcome follows as an event. */
export type Outcome = 'intended' | 'done' | 'failed';

/** One thing someone did, or tried to. */
export type AuditEvent = {
  readonly at: Instant;
  readonly actor: string; // The person's id, 'command-line', or 'nobody' before signing in.
  readonly action: string; // 'module.verb-past', as 'integrations.connected'.
  readonly outcome: Outcome;
  readonly subject: string; // What it was done to; '' for nothing in particular.
  readonly details: Readonly<Record<string, Json>>; // Never a secret.
  readonly traceId: string;
  readonly route?: string; // 'POST /v1/people'. Absent: Rialto's own doing.
};

/** An event in its place in the chain. */
export type StoredEvent = AuditEvent & {
  readonly position: bigint; // 1 is the first; no gaps.
  readonly previousHash: string;
  readonly hash: string;
};

/** What the first event builds on. */
export const GENESIS = '0'.repeat(64);

/** An event as its hash tells it. `audit.append` puts the hash before it and its place in front. */
export function tellingOf(event: AuditEvent): string {
  const { at, actor, action, outcome, subject, details, traceId, route } = event;
  const told = { at, actor, action, outcome, subject, details, traceId };
  return canonicalJson(route === undefined ? told : { ...told, route });
}

/** SHA-256 over the event, its place and the hash before it: changing one breaks all that follow. */
export function hashOf(event: AuditEvent, position: bigint, previousHash: string): string {
  const text = `["${previousHash}","${position}",${tellingOf(event)}]`;
  return createHash('sha256').update(text).digest('hex');
}
