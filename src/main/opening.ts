import type { Clock } from '#kernel/time';

/** What the steps of a start share. */
export type Opening = {
  /** Hears what takes a while. */
  readonly say: (line: string) => void;
  readonly clock: Clock;
  /** Aborted: give up. */
  readonly stop: AbortSignal;
  readonly undo: Undo;
  readonly onLost: (why: unknown) => void;
  readonly background: boolean; // Send postings and run schedules.
};

/** Undone in reverse, however far the start got. */
export type Undo = { add(step: () => Promise<unknown> | void): void; run(): Promise<void> };

/** An empty list; running it twice undoes once. */
export function undoList(): Undo {
  const steps: (() => Promise<unknown> | void)[] = [];
  let running: Promise<void> | undefined;
  async function runAll(): Promise<void> {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step();
      } catch {
        // The rest must still be put down.
      }
    }
  }
  return {
    add(step) {
      steps.push(step);
    },
    run: () => (running ??= runAll()),
  };
}
