import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';

/** One thing someone did, or tried to. */
export type AuditEvent = {
  readonly at: Instant;
  readonly actor: string; // The person's id, or 'command-line'.
  readonly action: string; // 'module.verb-past', as 'integrations.connected'.
  readonly outcome: 'done' | 'failed';
  readonly subject: string; // What it was done to; '' for nothing in particular.
  readonly details: Readonly<Record<string, Json>>; // Never a secret.
  readonly traceId: string;
};

/** What the first event builds on. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the event, its place and the hash before it: changing one breaks all that follow. */
export function hashOf(event: AuditEvent, position: bigint, previousHash: string): string {
  const { at, actor, action, outcome, subject, details, traceId } = event;
  const text = canonicalJson([
    previousHash,
    position.toString(),
    { at, actor, action, outcome, subject, details, traceId },
  ]);
  return createHash('sha256').update(text).digest('hex');
}
