import { sentenceOf } from '#kernel';
import type { Sentence } from '#kernel';
import type { Clock } from '#kernel/time';

/** How far some work is. */
export type WorkProgress = {
  readonly what: string;
  readonly done: number;
  readonly expected?: number;
};

/** Work that goes on whoever looks on, and what came of it. */
export type Work<Result> = {
  readonly status: 'running' | 'done' | 'failed' | 'cancelled';
  readonly by: string;
  readonly startedAt: string; // UTC.
  readonly finishedAt?: string;
  readonly progress?: WorkProgress;
  readonly failure?: Sentence | { readonly text: string };
  readonly result?: Result;
};

/** Does the work; told when it is to stop, and tells how far it is. */
export type Doing<Result> = (at: {
  readonly signal: AbortSignal;
  readonly tell: (progress: WorkProgress) => void;
}) => Promise<Result>;

type Kept<Result> = { work: Work<Result>; readonly stop: AbortController; ends: Promise<void> };

/** Long work of one kind, by name: one at a time of a name; the last of each is remembered. */
export type LongWork<Result> = {
  /** Begins it. Undefined: one of that name is under way. */
  readonly begin: (name: string, by: string, doing: Doing<Result>) => Work<Result> | undefined;
  readonly last: (name: string) => Work<Result> | undefined;
  /** Asks it to stop; answers when it has. */
  readonly cancel: (name: string) => Promise<Work<Result> | undefined>;
};

/** Opens the books of long work; `ended` hears how each piece of it did, and is waited for. */
export function openLongWork<Result>(
  clock: Clock,
  ended: (name: string, work: Work<Result>) => Promise<void> = () => Promise.resolve(),
): LongWork<Result> {
  const all = new Map<string, Kept<Result>>();

  async function runToEnd(name: string, kept: Kept<Result>, doing: Doing<Result>): Promise<void> {
    const { signal } = kept.stop;
    const tell = (progress: WorkProgress): void => {
      kept.work = { ...kept.work, progress };
    };
    try {
      const result = await doing({ signal, tell });
      kept.work = { ...kept.work, status: 'done', finishedAt: clock(), result };
    } catch (error) {
      const over = { ...kept.work, finishedAt: clock() };
      kept.work = signal.aborted
        ? { ...over, status: 'cancelled' }
        : { ...over, status: 'failed', failure: sentenceOf(error) };
    }
    await ended(name, kept.work);
  }

  async function cancel(name: string): Promise<Work<Result> | undefined> {
    const kept = all.get(name);
    kept?.stop.abort();
    await kept?.ends;
    return kept?.work;
  }

  return {
    begin(name, by, doing) {
      if (all.get(name)?.work.status === 'running') return undefined;
      const work: Work<Result> = { status: 'running', by, startedAt: clock() };
      const kept: Kept<Result> = { work, stop: new AbortController(), ends: Promise.resolve() };
      all.set(name, kept);
      kept.ends = runToEnd(name, kept, doing);
      return work;
    },
    last: (name) => all.get(name)?.work,
    cancel,
  };
}
