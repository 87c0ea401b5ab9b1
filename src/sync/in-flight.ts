/** Work that goes on while its starter does something else, so many pieces at a time. */
export class InFlight {
  private readonly running = new Set<Promise<void>>();
  private readonly most: number;
  private failure: { readonly error: unknown } | undefined;

  constructor(most: number) {
    this.most = most;
  }

  /** Starts a piece as soon as there is room. Fails with what an earlier piece failed with. */
  async start(work: () => Promise<void>): Promise<void> {
    while (this.running.size >= this.most) await Promise.race(this.running);
    this.check();
    const piece: Promise<void> = work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(piece));
    this.running.add(piece);
  }

  /** Waits for all pieces. Fails with what the first of them failed with. */
  async all(): Promise<void> {
    await this.settled();
    this.check();
  }

  /** Waits until nothing runs any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
