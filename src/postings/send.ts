import type { Rejection, SourceDocument, WriteOutcome, Writer } from '#adapter-kit';
import { transact } from '#database';
import type { Handle } from '#database';
import { describeError } from '#kernel';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { setTimeout as pause } from 'node:timers/promises';
import { bisect } from './bisect.ts';
import { commandOf, contentHashOf, mayStillSend, writeOnce } from './destination.ts';
import type { Destination, PosterDeps } from './destination.ts';
import { collectExchanges } from './exchanges.ts';
import { addAttempt, detailOf, finishAttempt, outcomeOf, saveProgress } from './journal.ts';
import type { AttemptAction } from './journal.ts';
import type { Posting } from './posting.ts';
import { decide } from './progress.ts';
import { reasonOf } from './sentences.ts';

/** A posting that stands at 'sending', with the line of its story that was begun for it. */
type Begun = { readonly posting: Posting; readonly attempt: number };
type Sent = Begun & { readonly outcome: WriteOutcome; readonly resultHash?: string };

const RECORD_AGAIN_MS = 200;

/**
 * Sends postings that were claimed: one, or several of one operation without targets. What was
 * sent stands at 'sending' in the journal before anything leaves. Answers what came of each.
 */
export async function sendOut(
  deps: PosterDeps,
  postings: readonly Posting[],
  destination: Destination,
  via?: string, // The integration that stands in for their own.
): Promise<readonly WriteOutcome[]> {
  const [first] = postings;
  const { writer, capabilities, name } = destination.adapter;
  if (first === undefined) return [];
  if (writer === undefined || !capabilities.writes.includes(first.operation)) {
    const { operation } = first;
    const told = reasonOf('unsupported', { adapter: name, operation });
    const outcome = rejected('unsupported', told);
    await Promise.all(postings.map((each) => refuseUnsent(deps, each, destination, outcome)));
    return [outcome];
  }
  const target = await readTarget(first, destination);
  if ('outcome' in target) {
    await refuseUnsent(deps, first, destination, target);
    return [target];
  }
  const how = { preImage: target.preImage, via };
  const begun = await begin(deps, postings, destination, how);
  const { result: sent, exchanges } = await collectExchanges(() =>
    write(deps, begun, { ...destination, writer }, target.preImage),
  );
  await record(deps, sent, destination, exchanges);
  return sent.map(({ outcome }) => outcome);
}

type Refused = Extract<WriteOutcome, { outcome: 'rejected' }>;

/** What the posting is about to change, as it is now; or why it must not be sent. */
async function readTarget(
  { target, kind }: Posting,
  { adapter, entityOf, policy }: Destination,
): Promise<{ preImage?: SourceDocument } | (Refused & { preImage?: SourceDocument })> {
  const entity = entityOf(kind);
  if (target === undefined || entity === undefined || adapter.fetch === undefined) return {};
  let preImage: SourceDocument | undefined;
  try {
    preImage = await adapter.fetch(entity, target.key, AbortSignal.timeout(policy.sendMsMax));
  } catch (error) {
    const why = describeError(error);
    return rejected('unavailable', reasonOf('not-read', { kind, key: target.key, why }));
  }
  if (preImage === undefined || preImage.deleted === true) {
    return rejected('not-found', reasonOf('no-target', { kind, key: target.key }));
  }
  const { version, contentHash } = target;
  const moved =
    (version !== undefined && preImage.version !== undefined && version !== preImage.version) ||
    (contentHash !== undefined && contentHash !== contentHashOf(preImage.content));
  if (!moved) return { preImage };
  const told = reasonOf('moved-on', { kind, key: target.key });
  return { ...rejected('conflict', told), preImage };
}

/** Commits that these are about to leave. Those that another worker has taken meanwhile drop out. */
async function begin(
  deps: PosterDeps,
  postings: readonly Posting[],
  { policy }: Destination,
  how: { readonly preImage: SourceDocument | undefined; readonly via: string | undefined },
): Promise<readonly Begun[]> {
  const at = deps.clock();
  const { preImage, via } = how;
  const event = { kind: 'send-began', at, ...(via === undefined ? {} : { via }) } as const;
  return await transact(deps.database, async (tx) => {
    const begun: Begun[] = [];
    for (const posting of postings) {
      const progress = decide(posting.progress, event, policy, deps.random());
      if (!(await saveProgress(tx, posting, progress, { at, preImage }))) continue;
      const line = { action: 'send', by: deps.worker, startedAt: at } as const;
      const attempt = await addAttempt(tx, posting.id, line);
      begun.push({ posting: { ...posting, progress }, attempt });
    }
    return begun;
  });
}

async function write(
  deps: PosterDeps,
  begun: readonly Begun[],
  destination: Destination & { readonly writer: Writer },
  preImage: SourceDocument | undefined,
): Promise<readonly Sent[]> {
  const { policy, writer } = destination;
  const inTime = ({ posting }: Begun): boolean => mayStillSend(posting, policy, deps.clock());
  const [only, ...others] = begun;
  if (only === undefined) return [];
  if (others.length > 0 && writer.many !== undefined) {
    const outcomes = await bisect(
      writer.many,
      begun.map(({ posting }) => commandOf(posting, undefined)),
      () => (begun.every(inTime) ? AbortSignal.timeout(policy.sendMsMax) : undefined),
    );
    return begun.map((each, at) => ({ ...each, outcome: outcomes[at] ?? NO_TIME }));
  }
  if (!inTime(only)) return begun.map((each) => ({ ...each, outcome: NO_TIME }));
  const command = commandOf(only.posting, preImage?.version);
  const outcome = await writeOnce(writer, command, policy);
  const resultHash = await hashAfter(only.posting, outcome, destination);
  const sent = { ...only, outcome, ...(resultHash === undefined ? {} : { resultHash }) };
  return [sent, ...others.map((each) => ({ ...each, outcome: NO_TIME }))];
}

/** What it was right after our booking, for a system that tells no versions. */
async function hashAfter(
  { kind }: Posting,
  outcome: WriteOutcome,
  { adapter, entityOf, policy }: Destination,
): Promise<string | undefined> {
  const entity = entityOf(kind);
  if (outcome.outcome !== 'accepted' || outcome.version !== undefined) return undefined;
  if (entity === undefined || adapter.fetch === undefined) return undefined;
  const stop = AbortSignal.timeout(policy.sendMsMax);
  const document = await adapter.fetch(entity, outcome.key, stop).catch(() => undefined);
  return document === undefined ? undefined : contentHashOf(document.content);
}

/**
 * Writes down what came of it. While the lease lasts the database may be away: it is tried again,
 * so that a restart does not turn an answer into a question.
 */
async function record(
  deps: PosterDeps,
  sent: readonly Sent[],
  destination: Destination,
  exchanges: readonly JsonObject[],
): Promise<void> {
  const at = deps.clock();
  const work = (): Promise<void> =>
    transact(deps.database, async (tx) => {
      for (const each of sent) await recordOne(deps, each, destination, { tx, at, exchanges });
    });
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      const leaseUntil = sent[0]?.posting.leaseUntil;
      if (leaseUntil === undefined || deps.clock() >= leaseUntil) throw error;
      await pause(RECORD_AGAIN_MS);
    }
  }
}

async function recordOne(
  deps: PosterDeps,
  { posting, attempt, outcome, resultHash }: Sent,
  { policy }: Destination,
  { tx, at, exchanges }: { tx: Handle; at: Instant; exchanges: readonly JsonObject[] },
): Promise<void> {
  const progress = decide(
    posting.progress,
    { kind: 'answered', at, outcome },
    policy,
    deps.random(),
  );
  if (!(await saveProgress(tx, posting, progress, { at, resultHash }))) return;
  const end = { finishedAt: at, outcome: outcomeOf(progress), detail: detailOf(progress) };
  await finishAttempt(tx, posting.id, attempt, { ...end, exchanges });
}

/** Writes down a refusal that came before anything was sent. */
async function refuseUnsent(
  deps: PosterDeps,
  posting: Posting,
  { policy }: Destination,
  { preImage, ...outcome }: Refused & { readonly preImage?: SourceDocument },
): Promise<void> {
  const at = deps.clock();
  const event = { kind: 'answered', at, outcome } as const;
  const progress = decide(posting.progress, event, policy, deps.random());
  const action: AttemptAction = outcome.why === 'unsupported' ? 'send' : 'read';
  await transact(deps.database, async (tx) => {
    if (!(await saveProgress(tx, posting, progress, { at, preImage }))) return;
    await addAttempt(tx, posting.id, {
      action,
      by: deps.worker,
      startedAt: at,
      finishedAt: at,
      outcome: outcomeOf(progress),
      detail: detailOf(progress),
    });
  });
}

function rejected(why: Rejection, told: { code: string; reason: string }): Refused {
  return { outcome: 'rejected', why, ...told };
}

const NO_TIME: WriteOutcome = rejected('unavailable', reasonOf('no-time', {}));
