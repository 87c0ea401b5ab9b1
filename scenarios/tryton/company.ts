/** A real Tryton, and the parts of Rialto that read it and write to it, on a database of their own. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentAdapter } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { systemClock } from '#kernel/time';
import { findPosting, intend, POSTING_POLICY, postingsMigrations, runPoster } from '#postings';
import type { Posting, PostingDraft } from '#postings';
import { recordsMigrations } from '#records';
import { createIntegration, loadPack, startSync, syncMigrations } from '#sync';
import type { RunSummary } from '#sync';
import { startTryton } from '../../src/adapters/tryton/testing.ts';
import type { RunningTryton } from '../../src/adapters/tryton/testing.ts';
import { connectAsRialto } from '../../src/adapters/tryton/testing/connect.ts';

const NAME = 'erp';
const PATIENCE_MS = 90_000;
const POLICY = {
  ...POSTING_POLICY,
  sendMsMax: 20_000,
  settleMs: 1_000,
  retryBaseMs: 200,
  retryMsMax: 1_000,
};

export type Company = {
  readonly tryton: RunningTryton;
  readonly adapter: DocumentAdapter;
  /** Reads what Tryton says now. */
  readonly sync: () => Promise<RunSummary>;
  /** Asks for something to be booked there, and answers at once. */
  readonly ask: (draft: Omit<PostingDraft, 'integration' | 'cause'>) => Promise<Posting>;
  /** Waits until a posting is booked, or waits for a person. */
  readonly settled: (posting: Posting) => Promise<Posting>;
  /** What a posting is now. */
  readonly look: (posting: Posting) => Promise<Posting>;
  /** The contents of all records of a kind, by the key they have in Tryton. */
  readonly records: (kind: string) => Promise<ReadonlyMap<string, JsonObject>>;
  /** Why documents were not let in. */
  readonly quarantine: () => Promise<readonly Json[]>;
  readonly close: () => Promise<void>;
};

export async function openCompany(): Promise<Company> {
  const tryton = await startTryton();
  const adapter = connectAsRialto(tryton);
  const database = await testDatabase([recordsMigrations, syncMigrations, postingsMigrations]);
  const pack = await loadPack('tryton');
  const wanted = { name: NAME, adapter: 'tryton', settings: {}, mapping: 'tryton' };
  await createIntegration(database, wanted);
  const entityOf = (kind: string): string | undefined =>
    pack.mappings.find((mapping) => mapping.kind === kind)?.from;
  const poster = await runPoster(
    {
      database,
      clock: systemClock,
      random: Math.random,
      worker: 'scenario',
      destinationOf: () => Promise.resolve({ adapter, policy: POLICY, entityOf }),
      sendMsMax: POLICY.sendMsMax,
    },
    { atOnce: 1, pollMs: 200 },
  );
  const look = async ({ id }: Posting): Promise<Posting> => {
    const posting = await findPosting(database.kysely, id);
    assert(posting !== undefined, 'a posting stays in the journal');
    return posting;
  };
  return {
    tryton,
    adapter,
    look,
    sync: () => startSync({ database, clock: systemClock, adapters: () => adapter }, NAME),
    ask: (draft) => asked(database, draft),
    settled: async (posting) => {
      for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
        const now = await look(posting);
        if (['accepted', 'dead', 'conflict'].includes(now.progress.state)) return now;
        await pause(100);
      }
      return look(posting);
    },
    records: (kind) => recordsOf(database, kind),
    quarantine: () =>
      rows<JsonObject>(database.kysely, sql`select kind, key, reason from sync.quarantine`),
    close: async () => {
      await poster.close();
      await database.close();
      await tryton.stop();
    },
  };
}

async function asked(
  database: Database,
  draft: Omit<PostingDraft, 'integration' | 'cause'>,
): Promise<Posting> {
  const whole = { ...draft, integration: NAME, cause: { by: 'scenario' } };
  const { posting } = await transact(database, (transaction) =>
    intend(transaction, whole, systemClock()),
  );
  return posting;
}

async function recordsOf(
  database: Database,
  kind: string,
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = await rows<{ key: string; content: JsonObject }>(
    database.kysely,
    sql`select key, content from records.record where kind = ${kind}`,
  );
  return new Map(found.map(({ key, content }) => [key, content]));
}
