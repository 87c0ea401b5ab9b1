import type { RecordKind } from '#canonical';
import type { Handle } from '#database';
import { findRecord } from '#records';
import type { StoredRecord } from '#records';
import { notThere } from './errors.ts';

/** The record of that id and kind. Fails with `api.no-such-record`. */
export async function readRecord(
  handle: Handle,
  kind: RecordKind,
  id: string,
): Promise<StoredRecord> {
  const record = await findRecord(handle, id);
  if (record?.kind !== kind) throw notThere('api.no-such-record', `the ${kind} ${id}`);
  return record;
}
