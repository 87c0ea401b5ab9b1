/** What was done, counted by kind; what was refused, by code; what was made, by table. */
export class Tally {
  readonly byKind = new Map<string, { accepted: number; refused: number }>();
  readonly byCode = new Map<string, number>();
  readonly byTable = new Map<string, number>();
  done = 0;
  repeats = 0;
  retries = 0;
  transactions = 0;

  accepted(kind: string): void {
    this.#of(kind).accepted += 1;
    this.done += 1;
  }

  refused(kind: string, code: string): void {
    this.#of(kind).refused += 1;
    this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1);
    this.done += 1;
  }

  made(table: string, count: number): void {
    this.byTable.set(table, (this.byTable.get(table) ?? 0) + count);
  }

  repeated(): void {
    this.repeats += 1;
  }

  triedAgain(): void {
    this.retries += 1;
  }

  /** A table of what was done and one of what was refused, in Markdown. */
  told(): string {
    const { accepted, refused } = this.share;
    const kinds = [...this.byKind]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, own]) => `| ${kind} | ${own.accepted} | ${own.refused} |`);
    const codes = [...this.byCode]
      .toSorted(([, a], [, b]) => b - a)
      .map(([code, count]) => `| ${code} | ${count} |`);
    return [
      '| operation | accepted | refused |',
      '|---|---|---|',
      ...kinds,
      '',
      '| refused with | times |',
      '|---|---|',
      ...codes,
      '',
      `${accepted} accepted, ${refused} refused; ${this.transactions} transactions, ${this.repeats} requests sent twice,`,
      `${this.retries} transactions tried again after a deadlock.`,
    ].join('\n');
  }

  get share(): { readonly refused: number; readonly accepted: number } {
    let [refused, accepted] = [0, 0];
    for (const each of this.byKind.values()) {
      refused += each.refused;
      accepted += each.accepted;
    }
    return { refused, accepted };
  }

  #of(kind: string): { accepted: number; refused: number } {
    const own = this.byKind.get(kind) ?? { accepted: 0, refused: 0 };
    this.byKind.set(kind, own);
    return own;
  }
}
