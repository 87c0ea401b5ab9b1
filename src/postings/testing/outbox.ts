/** A system that fetches what is written to it, in memory, for the tests of this module. */
import type {
  Command,
  Connected,
  Found,
  Refused,
  Rejection,
  WriteOutcome,
  Writer,
} from '#adapter-kit';
import { instantOf } from '#kernel/time';

export type Outbox = {
  readonly adapter: Connected;
  readonly lying: Map<string, Command>; // Handed over and not taken up, by reference.
  readonly batches: number[]; // How many were handed over at once, each time.
  refuses: (command: Command) => boolean; // Before it lies there.
  canBeAsked: boolean; // Off: looking and withdrawing fail.
  canBeReached: boolean; // Off: nothing can be handed over.
  losesAnswers: boolean; // On: it hands over, and does not say so.
  losesCommands: boolean; // On: it dies before it hands over, and does not say so.
  noted: boolean; // On: it can tell what was never laid down.
  /** Lets the other side take up what lies there, or one of them, and answer. */
  takeUp(reference?: string): void;
  collect(): void; // The other side has what lies there in hand, and has not booked it.
  bookCollected(): void;
  vanish(): void; // What lies there is gone, and nobody answers.
};

type Books = {
  readonly lying: Map<string, Command>;
  readonly withdrawn: Set<string>;
  readonly answers: Map<string, Found | Refused>;
};

/** Opens one whose other side books with `book`; `batches`: it takes several as one. */
export function openOutbox(
  book: (command: Command) => WriteOutcome,
  writes: Connected['capabilities']['writes'],
  batches?: number,
): Outbox {
  const books: Books = { lying: new Map(), withdrawn: new Set(), answers: new Map() };
  const { lying, answers } = books;
  const inHand: Command[] = [];
  const bookOne = (command: Command): void => {
    const answer = answerOf(book(command));
    if (answer !== undefined) answers.set(command.reference, answer);
  };
  const outbox: Outbox = {
    adapter: {
      name: 'outbox',
      capabilities: { reads: {}, writes, deletions: 'invisible', handsOver: true },
      test: () => Promise.resolve([]),
      writer: writerOf(() => outbox, books, batches),
    },
    lying,
    batches: [],
    refuses: () => false,
    canBeAsked: true,
    canBeReached: true,
    losesAnswers: false,
    losesCommands: false,
    noted: false,
    takeUp(one) {
      for (const [reference, command] of lying) {
        if (one !== undefined && one !== reference) continue;
        lying.delete(reference);
        bookOne(command);
      }
    },
    collect() {
      inHand.push(...lying.values());
      lying.clear();
    },
    bookCollected: () => inHand.splice(0).forEach(bookOne),
    vanish: () => lying.clear(),
  };
  return outbox;
}

function writerOf(
  outbox: () => Outbox,
  { lying, withdrawn, answers }: Books,
  batches: number | undefined,
): Writer {
  const laid = new Set<string>();
  const lay = (command: Command): WriteOutcome => {
    const { operation, reference } = command;
    const { adapter, canBeReached, losesAnswers, losesCommands, refuses } = outbox();
    if (!adapter.capabilities.writes.includes(operation)) {
      return rejected('unsupported', `nobody fetches a ${operation}`);
    }
    if (!canBeReached) return rejected('unavailable', 'the outbox is away');
    if (refuses(command)) return rejected('invalid', 'a file cannot say that');
    if (losesCommands) return { outcome: 'uncertain', reason: 'it did not say' };
    laid.add(reference);
    withdrawn.delete(reference);
    answers.delete(reference);
    lying.set(reference, command);
    if (losesAnswers) return { outcome: 'uncertain', reason: 'it did not say' };
    return { outcome: 'handed-over', place: placeOf(reference) };
  };
  const away = (): Promise<never> | undefined =>
    outbox().canBeAsked ? undefined : Promise.reject(new Error('the outbox is away'));
  return {
    write: (command, stop) =>
      Promise.resolve(stop.aborted ? rejected('unavailable', 'stopped') : lay(command)),
    lookup: ({ reference }) =>
      away() ??
      Promise.resolve(
        lying.has(reference) ? { waiting: placeOf(reference) } : answers.get(reference),
      ),
    unlaidSince: ({ reference }) => {
      const known = outbox().noted && !laid.has(reference);
      return Promise.resolve(known ? instantOf(0) : undefined);
    },
    withdraw({ reference }) {
      const isAway = away();
      if (isAway !== undefined) return isAway;
      if (lying.delete(reference)) withdrawn.add(reference);
      return Promise.resolve(withdrawn.has(reference) ? 'withdrawn' : 'taken');
    },
    preview: ({ operation, reference, payload }) => ({ operation, reference, payload }),
    ...(batches === undefined
      ? {}
      : {
          many: {
            commandsMax: batches,
            write(commands) {
              outbox().batches.push(commands.length);
              return Promise.resolve({ each: commands.map(lay) });
            },
          },
        }),
  };
}

const rejected = (why: Rejection, reason: string): WriteOutcome => ({
  outcome: 'rejected',
  why,
  code: 'none',
  reason,
});

const placeOf = (reference: string): string => `out/${reference}.json`;

function answerOf(outcome: WriteOutcome): Found | Refused | undefined {
  switch (outcome.outcome) {
    case 'accepted': {
      const { outcome: _, ...found } = outcome;
      return found;
    }
    case 'rejected': {
      const { outcome: _, ...refused } = outcome;
      return { refused };
    }
    case 'uncertain':
    case 'handed-over':
      return undefined;
  }
}
