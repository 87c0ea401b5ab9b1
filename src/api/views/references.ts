import type { RecordRef } from '#api-contract';
import type { RecordKind } from '#canonical';
import type { Handle } from '#database';
import { recordsByReference } from '#records';
import type { StoredRecord } from '#records';
import { present } from './row.ts';

type Pointer = { readonly integration: string; readonly key: string };

/** Looks up what several records point at, one query per integration; answers by pointer. */
export async function readReferences(
  handle: Handle,
  kind: RecordKind,
  pointers: readonly Pointer[],
): Promise<(pointer: Pointer) => RecordRef> {
  const keysOf = Map.groupBy(pointers, ({ integration }) => integration);
  const found = new Map<string, StoredRecord>();
  for (const [integration, each] of keysOf) {
    const keys = [...new Set(each.map(({ key }) => key))];
    const records = await recordsByReference(handle, { kind, field: 'key', keys, integration });
    for (const record of records) found.set(`${integration} ${record.key}`, record);
  }
  return ({ integration, key }) => {
    const record = found.get(`${integration} ${key}`);
    if (record === undefined) return { key };
    const { number, name } = record.content;
    return present({
      id: record.id,
      key,
      number: typeof number === 'string' ? number : undefined,
      name: typeof name === 'string' ? name : undefined,
    });
  };
}
