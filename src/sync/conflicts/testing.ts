/** A system in memory that is written to and edited, with all that stands between it and Rialto. */
import type { Cursor, DocumentAdapter, SourceDocument, Writer } from '#adapter-kit';
import { auditMigrations } from '#audit';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import type { JsonObject } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import { intend, listPostings, POSTING_POLICY, postingsMigrations, runPoster } from '#postings';
import type { Posting } from '#postings';
import { recordsMigrations } from '#records';
import { createIntegration, documentReader, startSync, syncMigrations } from '../index.ts';
import type { RunSummary } from '../index.ts';
import type { DocumentPack } from '../mapping/document-pack.ts';
import { keepBase, lastSeen, settleConflicts } from './index.ts';
import type { ConflictDeps } from './meet.ts';

const NAME = 'erp';
const PAUSE_MS = 5;
const BUSY = ['intent', 'sending', 'uncertain'] as const;

export const PACK: DocumentPack = {
  name: 'two-sided',
  version: 1,
  title: 'A system that is written to',
  adapter: 'memory',
  mappings: [
    {
      kind: 'supplier',
      from: 'parties',
      fields: {
        number: { column: 'number' },
        name: { column: 'name' },
        status: { const: 'active' },
        city: { column: 'city' },
        paymentTerms: { column: 'paymentTerms' },
      },
    },
  ],
};

/** The system: its documents, and what may go wrong. */
export class Ledger {
  readonly documents = new Map<string, SourceDocument>();
  versions = true; // Off: it tells none.
  losesAnswers: () => boolean = () => false;
  readonly booked = new Map<string, string>(); // Key by reference.
  #tick = 0;

  /** Somebody works in the system itself. */
  put(key: string, fields: JsonObject): void {
    this.#tick += 1;
    const before = this.documents.get(key);
    this.documents.set(key, {
      key,
      content: { ...before?.content, ...fields },
      changedAt: instantOf(1_700_000_000_000 + this.#tick * 1000),
      ...(this.versions ? { version: String(this.#tick) } : {}),
    });
  }

  get adapter(): DocumentAdapter {
    const { documents } = this;
    const writer: Writer = {
      write: async ({ target, payload, reference }) => {
        await Promise.resolve();
        const key = target?.key ?? '';
        const now = documents.get(key);
        if (target?.version !== undefined && target.version !== now?.version) {
          return { outcome: 'rejected', why: 'conflict', code: '412', reason: 'it has moved on' };
        }
        this.put(key, payload);
        this.booked.set(reference, key);
        if (this.losesAnswers()) return { outcome: 'uncertain', reason: 'no answer came' };
        const { version } = documents.get(key) ?? {};
        return { outcome: 'accepted', key, ...(version === undefined ? {} : { version }) };
      },
      lookup: ({ reference }) => {
        const key = this.booked.get(reference);
        return Promise.resolve(key === undefined ? undefined : { key });
      },
      preview: ({ payload }) => payload,
    };
    return {
      name: 'memory',
      capabilities: {
        reads: { parties: 'snapshot' },
        writes: ['update-supplier'],
        deletions: 'invisible',
      },
      writer,
      test: () => Promise.resolve([]),
      fetch: (_entity, key) => Promise.resolve(documents.get(key)),
      async *pull() {
        await Promise.resolve();
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody reads it.
        yield {
          documents: [...documents.values()],
          problems: [],
          next: 'end' as Cursor,
          last: true,
        };
      },
    };
  }
}

/** A house with one such system. */
export type House = {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly deps: ConflictDeps;
  readonly clock: () => Instant;
  /** A change wanted here, made against what was last read. */
  readonly ask: (key: string, payload: JsonObject) => Promise<Posting>;
  /** Lets what is due go out, until nothing is. */
  readonly post: () => Promise<void>;
  readonly sync: () => Promise<RunSummary>;
  readonly settle: () => ReturnType<typeof settleConflicts>;
  readonly postings: () => Promise<readonly Posting[]>;
  readonly close: () => Promise<void>;
};

export async function openHouse(): Promise<House> {
  const database = await testDatabase([
    recordsMigrations,
    syncMigrations,
    postingsMigrations,
    auditMigrations,
  ]);
  await createIntegration(database, { name: NAME, adapter: 'memory', settings: {}, mapping: PACK });
  const ledger = new Ledger();
  let now = millisecondsOf(instantOf(1_800_000_000_000));
  const clock = (): Instant => instantOf((now += 10));
  const reader = documentReader(PACK);
  const { entityOf, canonicalOf } = reader;
  const fetch: DocumentAdapter['fetch'] = (...asked) => ledger.adapter.fetch(...asked);
  const deps = {
    database,
    clock,
    placeOf: async () => Promise.resolve({ fetch, entityOf, canonicalOf }),
  };
  const postings = async (): Promise<readonly Posting[]> =>
    (await listPostings(database.kysely, { offset: 0, limit: 1000 })).rows.toReversed();
  return {
    database,
    ledger,
    deps,
    clock,
    postings,
    ask: (key, payload) => askFor(database, clock, key, payload),
    post: () => postAll(database, clock, ledger),
    sync: () => startSync({ database, clock, adapters: () => ledger.adapter }, NAME),
    settle: () => settleConflicts(deps),
    close: () => database.close(),
  };
}

let asked = 0;

async function askFor(
  database: Database,
  clock: () => Instant,
  key: string,
  payload: JsonObject,
): Promise<Posting> {
  asked += 1;
  const at = clock();
  const document = { integration: NAME, entity: 'parties', kind: 'supplier', key } as const;
  const seen = await lastSeen(database.kysely, document);
  const businessKey = `change ${asked}`;
  const draft = { integration: NAME, operation: 'update-supplier', businessKey, payload } as const;
  const target = seen?.target ?? { key };
  return transact(database, async (tx) => {
    const { posting } = await intend(tx, { ...draft, target, cause: { by: 'Ada' } }, at);
    if (seen?.content !== undefined) await keepBase(tx, posting, seen.content, at);
    return posting;
  });
}

/** What waits behind a conflict does not go out: it waits for it to be settled. */
async function postAll(database: Database, clock: () => Instant, ledger: Ledger): Promise<void> {
  const policy = { ...POSTING_POLICY, sendMsMax: 10_000, settleMs: 20, retryBaseMs: 1 };
  const entityOf = (): string => 'parties';
  const poster = await runPoster(
    {
      database,
      clock,
      random: () => 0,
      worker: 'test',
      sendMsMax: policy.sendMsMax,
      destinationOf: () => Promise.resolve({ adapter: ledger.adapter, policy, entityOf }),
    },
    { atOnce: 1, pollMs: PAUSE_MS },
  );
  for (;;) {
    const { rows } = await listPostings(database.kysely, { offset: 0, limit: 1000 });
    const held = new Set(
      rows.flatMap(({ lane, progress }) => (progress.state === 'conflict' ? [lane] : [])),
    );
    const due = rows.filter(
      ({ progress, lane }) => BUSY.some((state) => state === progress.state) && !held.has(lane),
    );
    if (due.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await poster.close();
}
