import { appendEvent } from '#audit';
import { rows, sql, transact } from '#database';
import { findPosting, listPostings } from '#postings';
import type { Posting } from '#postings';
import { conclude } from './conclude.ts';
import type { Conflict } from './conflict.ts';
import { meet, putConflict } from './meet.ts';
import type { ConflictDeps, Met } from './meet.ts';
import { sameValue } from './same-value.ts';
import { resultOf } from './weigh.ts';

/** What one pass over the conflicts did. */
type Settled = {
  readonly merged: number; // Decided by rules, or by itself: sent again, or theirs stands.
  readonly queued: number; // New for a person.
  readonly left: readonly string[]; // Postings of which there is nothing to compare.
  readonly failed: readonly { readonly postingId: string; readonly error: unknown }[];
};

/** What a pass leaves alone, and what breaks it off. */
type Pass = { readonly signal?: AbortSignal; readonly skip?: ReadonlySet<string> };

const PAGE = 200;

/**
 * Takes every posting that was refused as overtaken: what can be merged goes out again, what is to be
 * asked stands in the queue. What stands there is weighed anew when the rules or what is wanted have
 * changed. May be
 * broken off and begun again at any place.
 */
export async function settleConflicts(
  deps: ConflictDeps,
  { signal, skip = new Set() }: Pass = {},
): Promise<Settled> {
  const standing = await standingIn(deps);
  const found = new Set<string>();
  const left: string[] = [];
  const failed: { readonly postingId: string; readonly error: unknown }[] = [];
  let [merged, queued] = [0, 0];
  for (const posting of await postingsInConflict(deps)) {
    signal?.throwIfAborted();
    const { id } = posting;
    found.add(id);
    const before = standing.get(id);
    const asItWas = before?.same === true && sameValue(before.payload, posting.payload);
    if (asItWas || skip.has(id)) continue;
    try {
      const done = await settleOne(deps, posting);
      if (done === 'left') left.push(id);
      if (done === 'merged') merged += 1;
      if (done === 'queued' && before === undefined) queued += 1;
    } catch (error) {
      failed.push({ postingId: id, error });
    }
  }
  await withdrawOthers(
    deps,
    [...standing.keys()].filter((id) => !found.has(id)),
  );
  return { merged, queued, left, failed };
}

async function settleOne(
  deps: ConflictDeps,
  posting: Posting,
): Promise<'merged' | 'queued' | 'left'> {
  const met = await meet(deps, posting);
  if (met === undefined) return 'left';
  const { database, clock } = deps;
  return transact(database, async (transaction) => {
    const now = await findPosting(transaction, posting.id);
    if (now?.progress.state !== 'conflict') return 'left'; // A person was faster.
    const conflict = await putConflict(transaction, met, clock);
    if (met.weighed.asks.length > 0) return 'queued';
    const at = clock();
    const result = resultOf(met.meeting, met.weighed.cases);
    const choices = new Map<string, never>();
    const { sentAs } = await conclude(transaction, conflict, {
      result,
      choices,
      by: undefined,
      at,
    });
    await appendEvent(transaction, {
      at,
      actor: `rules of ${conflict.integration}`,
      action: 'conflicts.settled',
      outcome: 'done',
      subject: conflict.id,
      details: {
        posting: posting.id,
        rulesVersion: met.rulesVersion,
        fields: verdictsOf(met),
        ...(sentAs === undefined ? { outcome: 'kept-theirs' } : { outcome: 'sent', sentAs }),
      },
      traceId: conflict.id,
    });
    return 'merged';
  });
}

function verdictsOf({ weighed }: Met): Readonly<Record<string, string>> {
  return Object.fromEntries(
    weighed.cases.map(({ field, verdict: { take, because, rule } }) => [
      field,
      `${take}: ${because}${rule === undefined ? '' : ` ${rule}`}`,
    ]),
  );
}

async function postingsInConflict({ database }: ConflictDeps): Promise<readonly Posting[]> {
  const all: Posting[] = [];
  for (;;) {
    const query = { states: ['conflict'], offset: all.length, limit: PAGE } as const;
    const { rows: page } = await listPostings(database.kysely, query);
    all.push(...page);
    if (page.length < PAGE) return all.toReversed(); // The oldest first.
  }
}

type Stands = Pick<Conflict, 'postingId' | 'payload'> & { readonly same: boolean };

/** What stands in the queue by posting, and whether the rules are as they were. */
async function standingIn({ database }: ConflictDeps): Promise<ReadonlyMap<string, Stands>> {
  const found = await rows<Stands>(
    database.kysely,
    sql`select c.posting_id as "postingId", c.payload, c.rules_version = coalesce((
          select max(r.version) from sync.conflict_rules r
          where r.integration = c.integration and r.kind = c.kind), 0) as same
      from sync.conflict c where c.state = 'open'`,
  );
  return new Map(found.map((stands) => [stands.postingId, stands]));
}

/** A person dismissed or retried the posting itself: nothing is left to decide here. */
async function withdrawOthers(
  { database, clock }: ConflictDeps,
  postingIds: readonly string[],
): Promise<void> {
  for (const id of postingIds) {
    const posting = await findPosting(database.kysely, id);
    if (posting?.progress.state === 'conflict') continue;
    await rows(
      database.kysely,
      sql`update sync.conflict set state = 'withdrawn', decided_at = ${clock()}
        where posting_id = ${id} and state = 'open'`,
    );
  }
}
