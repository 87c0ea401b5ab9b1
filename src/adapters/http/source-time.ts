import { kitError } from '#adapter-kit';
import { parseHttpDate } from '#adapter-kit/http';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { Connection } from './connection.ts';
import type { SourcePage } from './paging/listing.ts';
import type { Place } from './place.ts';
import type { Entity } from './profile/entity.ts';

/** The source tells whole seconds, and its answer takes a while. */
const INEXACT_MS = 2_000;

/** The source's own time, to the second, and how it differs from ours; ours when it does not say. */
export function sourceTime(
  { headers }: SourcePage,
  { clock }: Connection,
): { readonly began: Instant; readonly aheadMs?: number } {
  const now = clock();
  const told = parseHttpDate(headers['date'] ?? '');
  if (told === undefined) return { began: now };
  return { began: told, aheadMs: millisecondsOf(told) - millisecondsOf(now) };
}

/**
 * Fails with `adapter-kit.changes-lost` when the source's clock was set back by more than is asked
 * for again each time: what was changed since bears moments that are not asked for any more.
 */
export function refuseSetBack(
  { since, aheadMs: before }: Place,
  { began, aheadMs: now }: { readonly began: Instant; readonly aheadMs?: number },
  { changes }: Entity,
): void {
  if (since === undefined) return;
  const overlapMs = (changes?.overlapSeconds ?? 0) * 1000 + INEXACT_MS;
  const reachedMs = millisecondsOf(since) - INEXACT_MS;
  const isBehind = before !== undefined && now !== undefined && now < before - overlapMs;
  if (!isBehind && millisecondsOf(began) >= reachedMs) return;
  throw kitError('conflict', 'adapter-kit.changes-lost', 'reading what has changed', {
    cause: new Error(`the clock of the source was set back; it says ${began}`),
    remedy: 'Everything is read again, by itself.',
  });
}
