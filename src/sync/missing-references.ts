import { referencesOf } from '#canonical';
import type { RecordKind } from '#canonical';
import type { Database } from '#database';
import { existingKeys } from '#records';
import type { Draft } from '#records';

/** Which of the records that drafts point at are not there, by kind and key. */
export type Missing = ReadonlyMap<RecordKind, ReadonlySet<string>>;

/** Looks up everything that drafts of one integration point at. */
export async function missingReferences(
  database: Database,
  integration: string,
  drafts: readonly Draft[],
): Promise<Missing> {
  const wanted = new Map<RecordKind, Set<string>>();
  for (const { record } of drafts) {
    for (const { kind, key } of referencesOf(record)) {
      const keys = wanted.get(kind) ?? new Set();
      wanted.set(kind, keys.add(key));
    }
  }
  const missing = new Map<RecordKind, Set<string>>();
  for (const [kind, keys] of wanted) {
    const found = await existingKeys(database.kysely, integration, kind, [...keys]);
    missing.set(kind, keys.difference(found));
  }
  return missing;
}

/** Begins with 'there is no': such an item is tried again when other records arrive. */
export function missingReason(kind: RecordKind, key: string): string {
  const noun = kind.replace('-', ' ');
  return `there is no ${noun} '${key}': correct this value, or add the ${noun} (it may be in quarantine itself)`;
}
