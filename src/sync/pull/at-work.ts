import type { PullState } from './pull-state.ts';

/** The batches of an entity being written: two, so that one writes its records while another has the log. */
export class AtWork {
  /** Where the reading stands when all that was started is in. */
  last: Promise<PullState>;
  private former: Promise<unknown>;
  private keys: readonly ReadonlySet<string>[] = [];

  constructor(state: PullState) {
    this.last = Promise.resolve(state);
    this.former = this.last;
  }

  /** Whether one of them has a document with one of these keys. */
  holds(keys: readonly string[]): boolean {
    return this.keys.some((held) => keys.some((key) => held.has(key)));
  }

  /** Waits until another may begin. Fails with what the one before the last failed with. */
  async room(): Promise<void> {
    await this.former;
  }

  /** Starts to write the documents of these keys; all but its records waits for `before`. */
  start(keys: readonly string[], write: (before: Promise<PullState>) => Promise<PullState>): void {
    this.former = this.last;
    this.last = write(this.last);
    this.last.catch(() => undefined); // Told when it is waited for.
    this.keys = [...this.keys.slice(-1), new Set(keys)];
  }

  /** Waits until nothing is written any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.former, this.last]);
  }
}
