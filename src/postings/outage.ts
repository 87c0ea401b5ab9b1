import type { WriteOutcome } from '#adapter-kit';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';

/** An integration that cannot be reached: since when, and what it said last. */
export type Outage = {
  readonly integration: string;
  readonly since: Instant;
  readonly lastAt: Instant;
  readonly reason: string;
};

/**
 * What sends tell about whether a system is there. 'away': none was answered, and at least one is
 * certainly not booked because it was not reached. What is uncertain tells neither.
 */
export function signOf(
  outcomes: readonly WriteOutcome[],
): { readonly is: 'back' | 'unclear' } | { readonly is: 'away'; readonly reason: string } {
  let reason: string | undefined;
  for (const outcome of outcomes) {
    if (outcome.outcome === 'accepted' || outcome.outcome === 'handed-over') return { is: 'back' };
    if (outcome.outcome !== 'rejected' || outcome.why === 'unsupported') continue;
    if (outcome.why !== 'unavailable') return { is: 'back' };
    reason ??= outcome.reason;
  }
  return reason === undefined ? { is: 'unclear' } : { is: 'away', reason };
}

/** Notes that an integration was not reached; answers since when that is so. */
export async function noteAway(
  handle: Handle,
  integration: string,
  { at, reason }: { readonly at: Instant; readonly reason: string },
): Promise<Instant> {
  const [row] = await rows<{ since: Instant }>(
    handle,
    sql`insert into postings.outage (integration, since, last_at, reason)
      values (${integration}, ${at}, ${at}, ${reason.slice(0, 500)})
      on conflict (integration) do update set last_at = excluded.last_at, reason = excluded.reason
      returning since`,
  );
  return row?.since ?? at;
}

/** Notes that an integration answers again. */
export async function noteBack(handle: Handle, integration: string): Promise<void> {
  await rows(handle, sql`delete from postings.outage where integration = ${integration}`);
}

/** The integrations that cannot be reached. */
export async function listOutages(handle: Handle): Promise<readonly Outage[]> {
  return await rows<Outage>(
    handle,
    sql`select integration, since, last_at as "lastAt", reason from postings.outage
      order by integration`,
  );
}
