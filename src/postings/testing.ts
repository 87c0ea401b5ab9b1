/** A system in memory that keeps its own books, for the tests of this module. */
import type {
  Command,
  DocumentAdapter,
  Found,
  SourceDocument,
  WriteOutcome,
  Writer,
} from '#adapter-kit';
import { OPERATIONS } from '#adapter-kit';
import type { Database } from '#database';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { PosterDeps } from './destination.ts';
import { postNext } from './post-due.ts';
import { POSTING_POLICY } from './policy.ts';
import type { PostingPolicy } from './policy.ts';
import type { Rests } from './rest.ts';

/** What becomes of the next command; when the list is empty all are booked and answered. */
export type Fate =
  | WriteOutcome
  | 'lost' // Booked, not answered.
  | { readonly lateMs: number } // Not answered, booked later.
  | (() => Promise<WriteOutcome | 'lost'>);

export type System = {
  readonly adapter: DocumentAdapter;
  readonly fates: Fate[];
  readonly bookings: Command[]; // Everything that was really booked, in order.
  readonly documents: Map<string, SourceDocument>;
  versions: boolean; // Off: it tells no versions.
  canBeAsked: boolean; // Off: looking fails.
  isAway: boolean; // On: nothing reaches it.
  refuses?: (command: Command) => boolean; // With 'invalid'.
  requests: number; // Batches count once.
  readonly book: (command: Command) => WriteOutcome; // As a person at its own screen, or a file it fetched.
};

export const policy: PostingPolicy = {
  ...POSTING_POLICY,
  sendMsMax: 1_000,
  settleMs: 5_000,
  retryBaseMs: 100,
};

/** Time that stands still until it is moved. */
export type HandClock = { (): Instant; forward(ms: number): void };

export function handClock(startMs = 1_700_000_000_000): HandClock {
  let now = startMs;
  const clock = (): Instant => instantOf(now);
  return Object.assign(clock, {
    forward(ms: number) {
      now += ms;
    },
  });
}

/** Opens a system; `batches`: it takes up to so many commands as one request, all or none. */
export function openSystem(clock: HandClock, batches?: number): System {
  const late: { at: Instant; command: Command }[] = [];
  const writer: Writer = {
    async write(command) {
      system.requests += 1;
      return system.isAway ? notReached : await fated(command);
    },
    lookup(command) {
      if (!system.canBeAsked || system.isAway)
        return Promise.reject(new Error('the system is away'));
      for (const one of late.filter(({ at }) => at <= clock())) {
        late.splice(late.indexOf(one), 1);
        book(one.command);
      }
      const there = system.bookings.find(({ reference }) => reference === command.reference);
      const found: Found = { key: keyOf(command), version: versionOf(keyOf(command)) };
      return Promise.resolve(there === undefined ? undefined : found);
    },
    preview: ({ operation, reference, payload }) => ({ operation, reference, payload }),
    ...(batches === undefined
      ? {}
      : { many: { commandsMax: batches, write: (commands) => together(commands) } }),
  };
  const system: System = {
    adapter: {
      name: 'memory',
      capabilities: {
        reads: { supplier: 'snapshot', 'purchase-order': 'snapshot' },
        writes: [
          'create-supplier',
          'update-supplier',
          'create-purchase-order',
          'cancel-purchase-order',
        ],
        deletions: 'invisible',
      },
      writer,
      test: () => Promise.resolve([]),
      async *pull() {
        // Nobody reads this system whole.
      },
      fetch: (_entity, key) =>
        system.isAway
          ? Promise.reject(new Error('it is away'))
          : Promise.resolve(system.documents.get(key)),
    },
    fates: [],
    bookings: [],
    documents: new Map(),
    versions: true,
    canBeAsked: true,
    isAway: false,
    requests: 0,
    book: (command) => book(command),
  };
  const keyOf = ({ target, reference }: Command): string => target?.key ?? `K-${reference}`;
  const versionOf = (key: string): string => system.documents.get(key)?.version ?? '1';

  function book(command: Command): WriteOutcome {
    const key = keyOf(command);
    const before = system.documents.get(key);
    const { version } = command.target ?? {};
    if (version !== undefined && before !== undefined && before.version !== version) {
      return { outcome: 'rejected', why: 'conflict', code: '412', reason: 'it has moved on' };
    }
    if (system.refuses?.(command) === true) return invalid;
    system.bookings.push(command);
    const next = String(Number(before?.version ?? '0') + 1);
    const content = { ...before?.content, ...command.payload };
    const versioned = system.versions ? { version: next } : {};
    system.documents.set(key, { key, content, ...versioned });
    return { outcome: 'accepted', key, ...versioned };
  }
  async function fated(command: Command): Promise<WriteOutcome> {
    const fate = system.fates.shift();
    if (fate === undefined) return book(command);
    if (typeof fate === 'function') {
      const outcome = await fate();
      return outcome === 'lost' ? loseAfter(command) : outcome;
    }
    if (fate === 'lost') return loseAfter(command);
    if ('outcome' in fate) return fate;
    late.push({ at: instantOf(millisecondsOf(clock()) + fate.lateMs), command });
    return lost;
  }
  function loseAfter(command: Command): WriteOutcome {
    book(command);
    return lost;
  }
  function together(
    commands: readonly Command[],
  ): Promise<{ each: WriteOutcome[] } | { all: WriteOutcome }> {
    system.requests += 1;
    if (system.isAway) return Promise.resolve({ all: notReached });
    if (commands.some((command) => system.refuses?.(command) === true)) {
      return Promise.resolve({ all: invalid });
    }
    return Promise.resolve({ each: commands.map(book) });
  }
  return system;
}

const lost: WriteOutcome = { outcome: 'uncertain', reason: 'no answer came' };
const notReached: WriteOutcome = {
  outcome: 'rejected',
  why: 'unavailable',
  code: 'none',
  reason: 'it is away',
};
const invalid: WriteOutcome = {
  outcome: 'rejected',
  why: 'invalid',
  code: '422',
  reason: 'no supplier has this name',
  field: 'name',
};

export function depsFor(database: Database, clock: HandClock, system: System): PosterDeps {
  const entityOf = (kind: string): string | undefined =>
    Object.values<string>(OPERATIONS).includes(kind) ? kind : undefined;
  return {
    database,
    clock,
    random: () => 0.5,
    worker: 'worker-1',
    sendMsMax: policy.sendMsMax,
    destinationOf: () => Promise.resolve({ adapter: system.adapter, policy, entityOf }),
  };
}

/** Works until nothing is due. Answers how many times something was done. */
export async function postAllDue(deps: PosterDeps, rests: Rests = new Map()): Promise<number> {
  let done = 0;
  while (await postNext(deps, rests)) done += 1;
  return done;
}
