import type { BatchWriter, Command, Rejection, WriteOutcome } from '#adapter-kit';
import { reasonOf } from './sentences.ts';

/** Refusals that one bad command can bring upon all of a batch. */
const ONE_MAY_BE_BAD: readonly Rejection[] = ['invalid', 'not-found', 'conflict', 'forbidden'];

const NOT_SENT: WriteOutcome = {
  outcome: 'rejected',
  why: 'unavailable',
  ...reasonOf('no-time', {}),
};

/**
 * Sends commands as one request. When all are refused because of some, it halves: the bad ones are
 * found in O(bad × log n) requests, and all the others are booked. `signal` gives each request its
 * end, or undefined when there is no time for another. Answers one outcome for each command.
 */
export async function bisect(
  many: BatchWriter,
  commands: readonly Command[],
  signal: () => AbortSignal | undefined,
): Promise<readonly WriteOutcome[]> {
  const stop = signal();
  if (stop === undefined) return commands.map(() => NOT_SENT);
  const answer = await many.write(commands, stop).catch((error: unknown) => {
    const told = reasonOf('adapter-failed', { why: String(error) });
    return { all: { outcome: 'uncertain', ...told } } as const;
  });
  if ('each' in answer) return commands.map((_, at) => answer.each[at] ?? MISSING);
  const { all } = answer;
  const mayHalve = all.outcome === 'rejected' && ONE_MAY_BE_BAD.includes(all.why);
  if (!mayHalve || commands.length < 2) return commands.map(() => all);
  const middle = Math.ceil(commands.length / 2);
  return [
    ...(await bisect(many, commands.slice(0, middle), signal)),
    ...(await bisect(many, commands.slice(middle), signal)),
  ];
}

const MISSING: WriteOutcome = {
  outcome: 'uncertain',
  ...reasonOf('part-unanswered', {}),
};
