import { hash as digest } from 'node:crypto';
import { ID_PREFIXES } from '#canonical';
import type { CanonicalRecord, RecordKind } from '#canonical';
import { canonicalJson, derivedId } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';

/** Where a record came from, down to the line. */
export type Source = {
  readonly integration: string;
  readonly key: string; // The source's own, unique within the kind.
  readonly file?: string;
  readonly line?: number;
  readonly mappingVersion?: number;
  readonly runId?: string;
};

/** A record about to be written. */
export type Draft = {
  readonly record: CanonicalRecord;
  readonly source: Source;
  readonly sourceAt?: Instant; // When the source says it last changed.
};

/** Why a record was written. `echo`: the source confirms what Rialto itself wrote there. */
export type Cause = 'snapshot' | 'change' | 'echo' | 'document' | 'command' | 'repair' | 'link';

/** A record as it stands. */
export type StoredRecord = {
  readonly id: string;
  readonly integration: string;
  readonly kind: RecordKind;
  readonly key: string;
  readonly content: Readonly<Record<string, Json>>;
  readonly version: number; // 1 when created; one more with every change.
  readonly seenAt: Instant; // When Rialto read this version.
  readonly changedAt: Instant; // As the source says, else as `seenAt`.
  readonly source: Source;
};

/** The id of what a system calls `key`: the same on every machine and after every rebuild. */
export function recordIdOf(integration: string, kind: RecordKind, key: string): string {
  return derivedId(ID_PREFIXES[kind], [integration, kind, key]);
}

/** A content in its one canonical spelling, and the SHA-256 of that, in hex. */
export function fingerprintOf(record: CanonicalRecord): { text: string; hash: string } {
  const text = canonicalJson(record.content);
  return { text, hash: digest('sha256', text, 'hex') };
}
