import { resolve } from 'node:path';
import type { Integration as Shown } from '#api-contract';
import type { Services } from '#api';
import { isRecordKind } from '#canonical';
import type { RecordKind } from '#canonical';
import { transact } from '#database';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { applyPage, streamRecords } from '#records';
import { adapterOf } from './adapter-of.ts';
import {
  createIntegration,
  deleteIntegration,
  listIntegrations,
  listQuarantine,
  testIntegration,
} from '#sync';
import type { Integration } from '#sync';

/** The integration of the sample company. */
export const SAMPLE = 'sample';

const PAGE = 2_000;
const TEST_MS_MAX = 60_000;
/** What points at others goes before what it points at. */
const REMOVAL_ORDER: readonly RecordKind[] = [
  'purchase-order',
  'item',
  'supplier',
  'exchange-rate',
  'currency',
];

/** Connected sources as the API shows them. */
export function sources(database: Database, clock: Clock): Services['sources'] {
  return {
    list: async () => (await listIntegrations(database)).map(shown),
    async connect({ name, adapter, path, mapping }) {
      const settings = { path: resolve(path) };
      const integration = await createIntegration(database, { name, adapter, settings, mapping });
      const others = await listIntegrations(database);
      const hasSample = others.some((each) => each.name === SAMPLE) && name !== SAMPLE;
      const recordsRemoved = hasSample ? await retireSample(database, clock) : 0;
      return { integration: shown(integration), retiredSample: hasSample, recordsRemoved };
    },
    test: (name) =>
      testIntegration(
        { database, adapters: adapterOf(clock) },
        name,
        AbortSignal.timeout(TEST_MS_MAX),
      ),
    async quarantine({ kind, integration, search, sort, offset, limit }) {
      if (kind !== undefined && !isRecordKind(kind)) return { rows: [], total: 0 };
      return listQuarantine(database, {
        ...(integration === undefined ? {} : { integration }),
        ...(kind === undefined ? {} : { kind }),
        ...(search === undefined ? {} : { search }),
        ...(sort === undefined ? {} : { sort }),
        offset,
        limit,
      });
    },
  };
}

/** Removes the sample company's records, each with its log entry, and forgets the source. */
async function retireSample(database: Database, clock: Clock): Promise<number> {
  let removed = 0;
  for (const kind of REMOVAL_ORDER) {
    const keys: string[] = [];
    const query = { kind, integration: SAMPLE, filters: [] };
    for await (const record of streamRecords(database.kysely, query)) keys.push(record.key);
    for (let start = 0; start < keys.length; start += PAGE) {
      const removedKeys = keys.slice(start, start + PAGE);
      const applied = await transact(database, (transaction) =>
        applyPage(transaction, {
          integration: SAMPLE,
          kind,
          drafts: [],
          removedKeys,
          cause: 'command',
          seenAt: clock(),
        }),
      );
      removed += applied.deleted;
    }
  }
  await deleteIntegration(database, SAMPLE);
  return removed;
}

function shown(integration: Integration): Shown {
  const { name, adapter, settings, mapping, createdAt } = integration;
  return { name, adapter, settings: { ...settings }, mapping, createdAt, sample: name === SAMPLE };
}
