import type { LogPlace } from './place.ts';
import type { Relation } from './message.ts';
import type { LogItem } from './stream.ts';
import { saidBy, touch } from './touched.ts';
import type { Lead, Touched } from './touched.ts';

/** Gathers which documents the log names, until there are enough of them for a page. */
export class TouchedPage {
  /** Whether the word was found that proves the log to be the one that was read before. */
  hasSeenMark = false;
  touched: Touched = new Map();
  transactions = new Set<number>();
  private count = 0;
  private commit = 0n;
  private transaction = 0;
  private last: { readonly commit: bigint; readonly at: bigint } | undefined;
  private readonly relations = new Map<number, Relation>();
  private readonly leads: readonly Lead[];
  private readonly from: LogPlace;
  private readonly countMax: number;

  constructor(leads: readonly Lead[], from: LogPlace, countMax: number) {
    this.leads = leads;
    this.from = from;
    this.countMax = countMax;
    const { beyond } = from;
    if (beyond !== undefined) {
      this.last = { commit: BigInt(beyond.commit), at: BigInt(beyond.at) };
    }
  }

  /** Full, and what comes next is not of the same place: a place is where one can go on. */
  isFull({ lsn, message }: LogItem): boolean {
    return this.count >= this.countMax && message.kind !== 'relation' && lsn !== this.last?.at;
  }

  /** Takes a message. Answers why changes are lost, when they are. */
  take({ lsn, message }: LogItem): string | undefined {
    if (message.kind === 'mark' && message.text === this.from.mark) {
      const { at } = this.from;
      this.hasSeenMark ||= at === undefined || message.lsn.toString() === at.after;
    }
    switch (message.kind) {
      case 'begin':
        this.commit = message.commitLsn;
        this.transaction = message.transaction;
        return undefined;
      case 'relation':
        this.relations.set(message.relation.id, message.relation);
        return undefined;
      case 'truncate':
        return this.isDone(lsn) || this.isBefore ? undefined : this.truncated(message.relations);
      case 'row':
        return this.isDone(lsn) ? undefined : this.row(lsn, message);
      case 'commit':
      case 'mark':
      case 'other':
        return undefined;
    }
  }

  /** Where one can go on after this page. */
  place(): LogPlace {
    if (this.last === undefined) return this.from;
    const { commit, at } = this.last;
    const beyond = { commit: commit.toString(), at: at.toString() };
    return { ...this.from, beyond };
  }

  /** Begins the next page. */
  turn(): void {
    this.touched = new Map();
    this.transactions = new Set();
    this.count = 0;
  }

  /** Before the snapshot: what it cannot say, the snapshot says. */
  private get isBefore(): boolean {
    return this.from.at === undefined && !this.hasSeenMark;
  }

  /** Whether a row is on a page that sync has. What stands at the place itself may be, and is harmless. */
  private isDone(lsn: bigint): boolean {
    const { beyond } = this.from;
    if (beyond === undefined) return false;
    const commit = BigInt(beyond.commit);
    return this.commit < commit || (this.commit === commit && lsn < BigInt(beyond.at));
  }

  private row(lsn: bigint, row: Extract<LogItem['message'], { kind: 'row' }>): string | undefined {
    const relation = this.relations.get(row.relation);
    if (relation === undefined) return 'a row came before its table';
    for (const said of saidBy(this.leads, relation, row)) {
      if ('broken' in said) {
        if (this.isBefore) continue;
        return said.broken;
      }
      if (touch(this.touched, said)) this.count += 1;
    }
    this.transactions.add(this.transaction);
    this.last = { commit: this.commit, at: lsn };
    return undefined;
  }

  private truncated(relations: readonly number[]): string {
    const names = relations.map((id) => {
      const found = this.relations.get(id);
      return found === undefined ? String(id) : `${found.schema}.${found.name}`;
    });
    return `${names.join(', ')} was emptied (TRUNCATE)`;
  }
}
