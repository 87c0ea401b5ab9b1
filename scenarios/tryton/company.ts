/** A real Tryton, and the parts of Rialto that read it and write to it, on a database of their own. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentAdapter } from '#adapter-kit';
import { auditMigrations } from '#audit';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { systemClock } from '#kernel/time';
import { findPosting, intend, POSTING_POLICY, postingsMigrations, runPoster } from '#postings';
import type { Posting, PostingDraft } from '#postings';
import { recordsMigrations } from '#records';
import { createIntegration, documentReader, loadPack, startSync, syncMigrations } from '#sync';
import type { RunSummary } from '#sync';
import { decideConflict, listConflicts, saveRules, settleConflicts } from '#sync/conflicts';
import type { Conflict } from '#sync/conflicts';
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

type Choices = Readonly<Record<string, { readonly take: 'ours' | 'theirs' }>>;

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
  readonly look: (posting: Pick<Posting, 'id'>) => Promise<Posting>;
  /** The contents of all records of a kind, by the key they have in Tryton. */
  readonly records: (kind: string) => Promise<ReadonlyMap<string, JsonObject>>;
  /** Merges changes that met, or puts them into the queue; answers all there ever were, oldest first. */
  readonly conflicts: () => Promise<readonly Conflict[]>;
  /** What a person takes of each field that is asked. */
  readonly decide: (id: string, fields: Choices) => Promise<Conflict>;
  /** From now on, who wins a field of orders that both sides changed. */
  readonly rule: (field: string, wins: string) => Promise<number>;
  /** Why documents were not let in. */
  readonly quarantine: () => Promise<readonly Json[]>;
  readonly close: () => Promise<void>;
};

export async function openCompany(): Promise<Company> {
  const tryton = await startTryton();
  const adapter = connectAsRialto(tryton);
  const database = await testDatabase([
    recordsMigrations,
    syncMigrations,
    postingsMigrations,
    auditMigrations,
  ]);
  const pack = await loadPack('tryton');
  const wanted = { name: NAME, adapter: 'tryton', settings: {}, mapping: 'tryton' };
  await createIntegration(database, wanted);
  assert(!('layout' in pack), 'Tryton hands over whole documents');
  const { entityOf, canonicalOf } = documentReader(pack);
  const fetch: DocumentAdapter['fetch'] = (...of) => adapter.fetch(...of);
  const placeOf = () => Promise.resolve({ fetch, entityOf, canonicalOf });
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
  const look = async ({ id }: Pick<Posting, 'id'>): Promise<Posting> => {
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
    conflicts: async () => {
      await settleConflicts({ database, clock: systemClock, placeOf });
      const query = { offset: 0, limit: 50, sort: 'noticedAt' } as const;
      return (await listConflicts(database.kysely, query)).rows;
    },
    decide: (id, fields) => {
      const decision = { id, fields, by: 'scenario', at: systemClock(), check: () => [] };
      return transact(database, (transaction) => decideConflict(transaction, decision));
    },
    rule: (field, wins) => {
      const rules = { kind: 'purchase-order', rules: [{ field, wins }] };
      const edit = { integration: NAME, author: 'scenario', at: systemClock() };
      return saveRules(database, { ...edit, ...rules });
    },
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
