import { referencesOf } from '#canonical';
import type { CanonicalRecord, RecordKind } from '#canonical';
import type { Database } from '#database';
import { because } from '#kernel';
import { existingKeys } from '#records';
import type { Draft } from '#records';
import { say } from './sentences.ts';

/** Which of the records that drafts point at are not there, by kind and key. */
export type Missing = ReadonlyMap<RecordKind, ReadonlySet<string>>;

/** What records point at, by kind and key. */
export type Wanted = Map<RecordKind, Set<string>>;

/** Notes what a record points at. */
export function noteReferences(wanted: Wanted, record: CanonicalRecord): void {
  for (const { kind, key } of referencesOf(record)) {
    const keys = wanted.get(kind) ?? new Set();
    wanted.set(kind, keys.add(key));
  }
}

/** Looks up everything that drafts of one integration point at. */
export function missingReferences(
  database: Database,
  integration: string,
  drafts: readonly Draft[],
): Promise<Missing> {
  const wanted: Wanted = new Map();
  for (const { record } of drafts) noteReferences(wanted, record);
  return missingOf(database, integration, wanted);
}

/** Which of these are not there. */
export async function missingOf(
  database: Database,
  integration: string,
  wanted: Wanted,
): Promise<Missing> {
  const missing = new Map<RecordKind, Set<string>>();
  for (const [kind, keys] of wanted) {
    const found = await existingKeys(database.kysely, integration, kind, [...keys]);
    const lacking = keys.difference(found);
    if (lacking.size > 0) missing.set(kind, lacking);
  }
  return missing;
}

/** Begins with 'there is no': such an item is tried again when other records arrive. */
export const lacks = (kind: RecordKind, key: string): ReturnType<typeof because> =>
  because(say('no-such-record', { noun: kind.replace('-', ' '), kind, key }));
