import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import type { Json, Said } from '#kernel';
import { compareDrafts, streamRecords } from '#records';
import type { ChangedField, Draft } from '#records';
import type { Held } from '../quarantine.ts';

/** One record of a dry run, and what would become of it. */
export type Sample = {
  readonly kind: RecordKind;
  readonly key: string;
  readonly what: 'created' | 'changed' | 'deleted' | 'quarantined';
  readonly fields?: readonly ChangedField[]; // Changed: what would differ.
  readonly content?: Json; // Created: what it would be.
  readonly reasons?: readonly Reason[]; // Quarantined: why.
};

type Reason = {
  readonly field?: string; // Absent: it is about the whole record.
  readonly reason: string;
  readonly said?: Said; // The same for other languages.
};

/** What a sync would do with one kind of record. */
export type Weight = {
  readonly kind: RecordKind;
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
};

type Counts = { -readonly [Name in Exclude<keyof Weight, 'kind'>]: number };

/** Adds up what would happen, page by page. Memory: a key for each record that was weighed. */
export class Scales {
  readonly samples: Sample[] = [];
  private readonly counts = new Map<RecordKind, Counts>();
  private readonly kept = new Map<RecordKind, Set<string>>();
  private readonly database: Database;
  private readonly integration: string;
  private readonly samplesMax: number; // Of each kind and each outcome.

  private readonly onWeighed: (kind: RecordKind, count: number) => void;

  constructor(
    database: Database,
    integration: string,
    samplesMax: number,
    onWeighed: (kind: RecordKind, count: number) => void = () => undefined,
  ) {
    this.database = database;
    this.integration = integration;
    this.samplesMax = samplesMax;
    this.onWeighed = onWeighed;
  }

  /** Whether a record would be there: what this run would create counts. */
  has(kind: RecordKind, key: string): boolean {
    return this.kept.get(kind)?.has(key) === true;
  }

  async weigh(
    kind: RecordKind,
    page: { readonly drafts: readonly Draft[]; readonly held: readonly Held[] },
  ): Promise<void> {
    const { drafts, held } = page;
    const count = this.of(kind);
    const kept = this.keptOf(kind);
    const { integration, database } = this;
    const compared = await compareDrafts(database.kysely, { integration, kind, drafts });
    for (const { source } of drafts) kept.add(source.key);
    for (const { source, record } of compared.created) {
      this.sample({ kind, key: source.key, what: 'created', content: record.content });
    }
    for (const { draft, fields } of compared.changed) {
      this.sample({ kind, key: draft.source.key, what: 'changed', fields });
    }
    const reasons = new Map<string, Reason[]>();
    for (const { key = '', problem } of held) {
      const { field, reason, said } = problem;
      const why = {
        ...(field === undefined ? {} : { field }),
        reason,
        ...(said === undefined ? {} : { said }),
      };
      reasons.set(key, [...(reasons.get(key) ?? []), why]);
    }
    for (const [key, why] of reasons) {
      kept.add(key); // A record that is known stays what it was.
      this.sample({ kind, key, what: 'quarantined', reasons: why });
    }
    count.read += drafts.length + reasons.size;
    count.created += compared.created.length;
    count.changed += compared.changed.length;
    count.unchanged += compared.unchanged;
    count.quarantined += reasons.size;
    this.onWeighed(kind, count.read);
  }

  /**
   * After everything was weighed: what is here and was not among it would go. A kind of which a
   * mapping was not read whole is left out: what is missing may be what was not read.
   */
  async weighDeletions(readWhole: readonly (readonly [RecordKind, boolean])[]): Promise<void> {
    const inPart = new Set(readWhole.filter(([, whole]) => !whole).map(([kind]) => kind));
    const kinds = new Set(readWhole.map(([kind]) => kind)).difference(inPart);
    for (const kind of kinds) await this.weighGone(kind);
  }

  private async weighGone(kind: RecordKind): Promise<void> {
    const count = this.of(kind);
    const kept = this.keptOf(kind);
    const query = { kind, integration: this.integration, filters: [] };
    for await (const { key } of streamRecords(this.database.kysely, query)) {
      if (kept.has(key)) continue;
      count.deleted += 1;
      this.sample({ kind, key, what: 'deleted' });
    }
  }

  weights(): readonly Weight[] {
    return [...this.counts].map(([kind, counts]) => ({ kind, ...counts }));
  }

  private of(kind: RecordKind): Counts {
    const zero = { read: 0, created: 0, changed: 0, unchanged: 0, deleted: 0, quarantined: 0 };
    const counts = this.counts.get(kind) ?? zero;
    this.counts.set(kind, counts);
    return counts;
  }

  private keptOf(kind: RecordKind): Set<string> {
    const keys = this.kept.get(kind) ?? new Set<string>();
    this.kept.set(kind, keys);
    return keys;
  }

  private sample(sample: Sample): void {
    const alike = this.samples.filter(
      ({ kind, what }) => kind === sample.kind && what === sample.what,
    );
    if (alike.length < this.samplesMax) this.samples.push(sample);
  }
}
