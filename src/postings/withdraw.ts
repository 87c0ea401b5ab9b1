import { notify, rows, sql, transact } from '#database';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { commandOf, LEASE_SENDS, plus } from './destination.ts';
import type { Destination } from './destination.ts';
import { postingsError } from './errors.ts';
import { collectExchanges } from './exchanges.ts';
import { POSTINGS_CHANNEL } from './intend.ts';
import { addAttempt, detailOf, saveProgress } from './journal.ts';
import { findPosting } from './list-postings.ts';
import { POSTING_COLUMNS, postingOf } from './posting.ts';
import type { Posting, PostingRow } from './posting.ts';
import { decide } from './progress.ts';

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly destinationOf: (integration: string) => Promise<Destination>;
};

/**
 * A person takes back what was handed over and not yet taken up. It then waits for a person, to be
 * edited, retried or dismissed. Fails with `postings.taken` when it is too late or cannot be told.
 */
export async function withdrawPosting(
  deps: Deps,
  id: string,
  deed: { readonly by: string; readonly reason: string },
): Promise<void> {
  const { database, clock } = deps;
  const startedAt = clock();
  const there = await findPosting(database.kysely, id);
  if (there === undefined) {
    const remedy = 'Look for it in the list of postings.';
    throw postingsError('not-found', 'postings.unknown', `there is no posting ${id}`, remedy);
  }
  if (there.progress.state !== 'handed-over') throw wrongState(id);
  const holder = there.progress.via ?? there.integration;
  const { adapter, policy } = await deps.destinationOf(holder);
  const { writer } = adapter;
  if (writer?.withdraw === undefined) {
    throw taken(id, `what is handed over to '${holder}' cannot be taken back`);
  }
  const posting = await take(deps, id, LEASE_SENDS * policy.sendMsMax);
  const stop = AbortSignal.timeout(policy.sendMsMax);
  const { result, exchanges } = await collectExchanges(async () =>
    writer.withdraw?.(commandOf(posting, undefined), stop).then(
      (said) => ({ said }),
      (error: unknown) => ({ error }),
    ),
  );
  const withdrawn = result !== undefined && 'said' in result && result.said === 'withdrawn';
  const at = clock();
  const { reason } = deed;
  const progress = withdrawn
    ? decide(posting.progress, { kind: 'withdrawn', at, reason, to: 'dead' }, policy, 0)
    : posting.progress;
  await transact(database, async (tx) => {
    if (!(await saveProgress(tx, posting, progress, { at }))) throw wrongState(id);
    await addAttempt(tx, id, {
      action: 'withdraw',
      by: deed.by,
      startedAt,
      finishedAt: at,
      outcome: withdrawn ? 'withdrawn' : 'taken',
      detail: { ...detailOf(progress), reason },
      exchanges,
    });
    await notify(tx, POSTINGS_CHANNEL);
  });
  if (result !== undefined && 'error' in result) throw result.error;
  if (!withdrawn) throw taken(id, `${id} was taken up already, or it cannot be told`);
}

/** Takes one that is handed over, so that nobody looks at it meanwhile. */
async function take({ database, clock }: Deps, id: string, leaseMs: number): Promise<Posting> {
  const at = clock();
  const [row] = await rows<PostingRow>(
    database.kysely,
    sql`update postings.posting set fence = fence + 1, lease_until = ${plus(at, leaseMs)}
      where id = ${id} and state = 'handed-over' and (lease_until is null or lease_until < ${at})
      returning ${POSTING_COLUMNS}`,
  );
  if (row === undefined) throw wrongState(id);
  return postingOf(row);
}

const wrongState = (id: string): Error =>
  postingsError(
    'conflict',
    'postings.wrong-state',
    `posting ${id} is not handed over, or is being worked on`,
    'Read it again: it may be decided already, or be waiting for an answer.',
  );

const taken = (id: string, message: string): Error =>
  postingsError(
    'conflict',
    'postings.taken',
    message,
    `Wait for its answer, or look in the other system and settle ${id} by hand.`,
  );
