import { createHash } from 'node:crypto';
import type {
  Command,
  Connected,
  DocumentAdapter,
  Operation,
  WriteOutcome,
  Writer,
} from '#adapter-kit';
import type { Database } from '#database';
import { canonicalJson, describeError } from '#kernel';
import type { Json } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import type { Posting } from './posting.ts';
import { POSTING_POLICY } from './policy.ts';
import type { PostingPolicy } from './policy.ts';
import { reasonOf } from './sentences.ts';

/** A system that is written to, and that may be able to show one document as it is now. */
export type WritableAdapter = Connected & { readonly fetch?: DocumentAdapter['fetch'] };

/** Where the postings of one integration go. */
export type Destination = {
  readonly adapter: WritableAdapter;
  readonly policy: PostingPolicy;
  /** What the adapter calls the documents of a kind; undefined: it cannot read them. */
  readonly entityOf: (kind: string) => string | undefined;
  readonly fallback?: string; // The integration that stands in for it while it is away.
};

/** What a worker needs. */
export type PosterDeps = {
  readonly database: Database;
  readonly clock: Clock; // The clocks of several machines must agree within the settle window.
  readonly random: () => number; // From 0 up to 1.
  readonly worker: string; // Names this worker in the story of a posting.
  readonly destinationOf: (integration: string) => Promise<Destination>;
  /** The usual `sendMsMax`: a lease lasts three of them, or of the destination's where that is longer. */
  readonly sendMsMax: number;
};

/** Stands for a destination that cannot be connected: nothing leaves, and the reason is written down. */
export function unreachable(
  { sendMsMax }: PosterDeps,
  posting: Posting,
  error: unknown,
): Destination {
  const { integration } = posting;
  const told = reasonOf('not-connected', { integration, why: describeError(error) });
  const { reason } = told;
  const adapter: WritableAdapter = {
    name: posting.integration,
    capabilities: { reads: {}, writes: [posting.operation], deletions: 'invisible' },
    test: () => Promise.resolve([{ check: 'connects', ok: false, detail: reason }]),
    fetch: () => Promise.reject(new Error(reason)),
    writer: {
      write: () => Promise.resolve({ outcome: 'rejected', why: 'unavailable', ...told }),
      lookup: () => Promise.reject(new Error(reason)),
      preview: () => ({ unreachable: reason }),
    },
  };
  return { adapter, policy: { ...POSTING_POLICY, sendMsMax }, entityOf: () => undefined };
}

/** The posting as the adapter's command. `version`: what the target was just before. */
export function commandOf(posting: Posting, version: string | undefined): Command {
  const { operation, reference, payload, target } = posting;
  const seen = target?.version ?? version;
  return {
    operation,
    reference,
    payload,
    ...(target === undefined
      ? {}
      : { target: { key: target.key, ...(seen === undefined ? {} : { version: seen }) } }),
  };
}

/** How many commands of an operation its writer takes as one request. */
export function mostAtOnce(writer: Writer | undefined, operation: Operation): number {
  const { many } = writer ?? {};
  if (many === undefined) return 1;
  return many.operations === undefined ? many.commandsMax : (many.operations[operation] ?? 1);
}

/** SHA-256 of a document's content in canonical form: equal content, equal hash. */
export function contentHashOf(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** What a writer answers; one that breaks its promise and throws has left us uncertain. */
export async function writeOnce(
  writer: Writer,
  command: Command,
  policy: PostingPolicy,
): Promise<WriteOutcome> {
  try {
    return await writer.write(command, AbortSignal.timeout(policy.sendMsMax));
  } catch (error) {
    return { outcome: 'uncertain', ...reasonOf('adapter-failed', { why: String(error) }) };
  }
}

export const LEASE_SENDS = 3; // Read the target, send, write down what came: each within one.

/** Whether there is time to send and hear before the lease ends. */
export function mayStillSend(posting: Posting, policy: PostingPolicy, now: Instant): boolean {
  const { leaseUntil } = posting;
  return leaseUntil !== undefined && plus(now, policy.sendMsMax) < leaseUntil;
}

export const plus = (at: Instant, ms: number): Instant => instantOf(millisecondsOf(at) + ms);
