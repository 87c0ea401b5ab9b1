import type { Operation } from '#adapter-kit';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Instant } from '#kernel/time';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingRow } from './posting.ts';

/** For how long a posting is taken, and which must not be. */
export type Claim = {
  readonly at: Instant;
  readonly leaseUntil: Instant;
  readonly resting: readonly string[]; // Integrations to be left alone for now.
};

/**
 * Nobody works on it, its integration is not held, and it is the first of its lane. Asked of one row
 * at a time, in the order of the index (`limit` keeps it from becoming a join): with a backlog of
 * 50,000 a join would read them all to take one.
 */
const FREE = sql`(p.lease_until is null or p.lease_until < t.at)
  and (select h.since from postings.hold h where h.integration = p.integration limit 1) is null
  and (select e.id from postings.posting e where e.integration = p.integration
    and e.lane = p.lane and e.sequence < p.sequence
    and e.state not in ('accepted', 'dismissed') limit 1) is null`;

/**
 * Takes the most urgent posting that is due; several workers never get the same. One that stood at
 * 'sending' when its lease ran out was lost with its worker.
 */
export async function claimNext(handle: Handle, claim: Claim): Promise<Claimed | undefined> {
  const [row] = await rows<PostingRow & { away: boolean }>(
    handle,
    sql`update postings.posting set fence = fence + 1, lease_until = ${claim.leaseUntil}
      where id = (
        select p.id from postings.posting p, (select ${claim.at}::timestamptz as at) t
        where p.state in ('intent', 'sending', 'uncertain', 'handed-over') and p.next_try_at <= t.at
          and not coalesce(p.via, p.integration) = any(${claim.resting}) and ${FREE}
        order by p.priority desc, p.next_try_at, p.sequence
        limit 1 for update of p skip locked)
      returning ${POSTING_COLUMNS}, exists (select 1 from postings.outage o
        where o.integration = posting.integration) as away`,
  );
  return row === undefined ? undefined : { posting: postingOf(row), away: row.away };
}

/** A posting that was taken, and whether its integration could not be reached the last time. */
type Claimed = { readonly posting: Posting; readonly away: boolean };

/**
 * Takes one that is to be handed over by another integration while its own is away: certainly not
 * booked, and waiting only for that. One that the other refused waits for its own.
 */
export async function claimStranded(
  handle: Handle,
  integration: string,
  operations: readonly Operation[],
  claim: Claim,
): Promise<Posting | undefined> {
  const [row] = await rows<PostingRow>(
    handle,
    sql`update postings.posting set fence = fence + 1, lease_until = ${claim.leaseUntil}
      where id = (
        select p.id from postings.posting p, (select ${claim.at}::timestamptz as at) t
        where ${STRANDED} and p.integration = ${integration}
          and p.operation = any(${[...operations]}) and ${FREE}
        order by p.priority desc, p.sequence
        limit 1 for update of p skip locked)
      returning ${POSTING_COLUMNS}`,
  );
  return row === undefined ? undefined : postingOf(row);
}

/** Not the ones that are asked for later, nor those that were refused by who stood in. */
const STRANDED = sql`p.state = 'intent' and (p.attempts > 0 or p.next_try_at <= t.at)
  and (p.why is null or p.why in ('unavailable', 'limited'))`;

/** Has the claim last as long as its system needs. False: it was lost already. */
export async function extendLease(
  handle: Handle,
  { id, fence }: Posting,
  leaseUntil: Instant,
): Promise<boolean> {
  const kept = await rows(
    handle,
    sql`update postings.posting set lease_until = ${leaseUntil}
      where id = ${id} and fence = ${fence} returning id`,
  );
  return kept.length === 1;
}

/**
 * Takes more that may go out together with `first`: the same operation, not yet sent, and due; of
 * those that are stranded, whether it is their turn or not.
 */
export async function claimCompanions(
  handle: Handle,
  first: Posting,
  claim: Claim,
  { most, stranded = false }: { readonly most: number; readonly stranded?: boolean },
): Promise<readonly Posting[]> {
  if (most < 1 || first.target !== undefined) return [];
  const which = stranded ? STRANDED : sql`p.state = 'intent' and p.next_try_at <= t.at`;
  const taken = await rows<PostingRow>(
    handle,
    sql`update postings.posting set fence = fence + 1, lease_until = ${claim.leaseUntil}
      where id in (
        select p.id from postings.posting p, (select ${claim.at}::timestamptz as at) t
        where ${which} and p.id <> ${first.id} and p.integration = ${first.integration} and p.operation = ${first.operation}
          and p.target_key is null and ${FREE}
        order by p.priority desc, p.next_try_at, p.sequence
        limit ${most} for update of p skip locked)
      returning ${POSTING_COLUMNS}`,
  );
  return taken.map(postingOf).toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1));
}
