import type {
  AdapterEntry,
  Answer,
  BodyOf,
  Catalogue,
  Drift,
  DryRunWork,
  Exchange,
  Integration,
  IntegrationDetail,
  NewIntegration,
  QuarantineItem,
  QueryOf,
  Question,
  Rebuild,
  ReplyOf,
  Run,
  StreamEvent,
  Suggestion,
} from '#api-contract';
import type { Conflict, ConflictDetail, ConflictRules } from '#api-contract/conflict';
import type {
  IntegrationChange,
  NewSchedule,
  Schedule,
  ScheduleRow,
} from '#api-contract/connection';
import type {
  Batch,
  Health,
  NewBatch,
  NewTransaction,
  Rollback,
  Transaction,
  TransactionDetail,
  TransactionTrial,
} from '#api-contract/transaction';
import type { WebhookDelivery } from '#api-contract/webhook';
import type { Database, Handle } from '#database';
import type { ErpContext } from '#erp/company';
import type { Clock } from '#kernel/time';
import type { RawDelivery, Received } from '#sync/webhooks';
import type { Booked, Booking } from './bookings.ts';
import type { RouteRequest } from './route.ts';

/** What the routes stand on; `main` puts it together. */
export type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly version: string;
  readonly ownerToken: string; // Of server.json: who holds it may do what an administrator may.
  /** Runs a booking in a thread of its own. Undefined: there is none just now, it is run here. */
  readonly runApart?: (booking: Booking) => Promise<Booked> | undefined;
  readonly questions: {
    ask(question: Question): Promise<Answer>;
    suggest(text: string, locale: 'en' | 'de'): Promise<readonly Suggestion[]>;
    catalogue(): Catalogue;
  };
  readonly sources: {
    list(): Promise<readonly Integration[]>;
    adapters(): readonly AdapterEntry[];
    find(name: string): Promise<IntegrationDetail>;
    connect(asked: NewIntegration, by: string): Promise<ReplyOf<'connectIntegration'>>;
    update(name: string, change: IntegrationChange): Promise<IntegrationDetail>;
    setPosting(name: string, settings: BodyOf<'setPosting'>): Promise<IntegrationDetail>;
    remove(name: string): Promise<void>;
    dryRun(name: string, asked: BodyOf<'dryRunIntegration'>): Promise<ReplyOf<'dryRunIntegration'>>;
    startDryRun(name: string, asked: BodyOf<'startDryRun'>, by: string): Promise<DryRunWork>;
    lastDryRun(name: string): Promise<DryRunWork | undefined>;
    cancelDryRun(name: string): Promise<DryRunWork | undefined>;
    exchanges(query: {
      readonly runId: string;
      readonly failed?: boolean | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listExchanges'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Exchange[]; readonly total: number }>;
    rotateVault(): Promise<number>;
    test(name: string): Promise<Readonly<ReplyOf<'testIntegration'>['items']>>;
    quarantine(query: {
      readonly integration?: string | undefined;
      readonly kind?: string | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listQuarantine'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly QuarantineItem[]; readonly total: number }>;
  };
  readonly mappings: {
    list(name: string): Promise<ReplyOf<'listMappingVersions'>['items']>;
    shipped(name: string): Promise<ReplyOf<'getShippedMapping'>>;
    read(name: string, version: number): Promise<ReplyOf<'getMapping'>>;
    save(
      name: string,
      author: string,
      edit: BodyOf<'saveMapping'>,
    ): Promise<ReplyOf<'saveMapping'>>;
    restore(name: string, author: string, version: number): Promise<ReplyOf<'restoreMapping'>>;
    compare(name: string, from: number, to: number): Promise<ReplyOf<'compareMappings'>['items']>;
  };
  readonly drift: {
    list(query: {
      readonly integration?: string | undefined;
      readonly status?: Drift['status'] | undefined;
      readonly kind?: Drift['kind'] | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listDrift'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Drift[]; readonly total: number }>;
    decide(id: string, status: 'accepted' | 'refused', by: string): Promise<Drift>;
  };
  readonly transactions: {
    list(query: {
      readonly integration?: string | undefined;
      readonly states?: readonly string[] | undefined;
      readonly forAPerson?: true; // Only those that wait for somebody.
      readonly operation?: string | undefined;
      readonly batchId?: string | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listTransactions'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Transaction[]; readonly total: number }>;
    find(id: string): Promise<TransactionDetail>;
    create(wanted: NewTransaction, by: string): Promise<Transaction>;
    tryOut(wanted: NewTransaction, by: string): Promise<TransactionTrial>;
    edit(id: string, payload: NewTransaction['payload'], by: string): Promise<Transaction>;
    retry(id: string, by: string): Promise<Transaction>;
    retryAll(which: BodyOf<'retryDeadLetters'>, by: string): Promise<number>;
    dismiss(id: string, reason: string, by: string): Promise<Transaction>;
    settle(
      id: string,
      bookedAs: string | null,
      deed: { readonly by: string; readonly reason: string },
    ): Promise<Transaction>;
    withdraw(
      id: string,
      deed: { readonly by: string; readonly reason: string },
    ): Promise<Transaction>;
    listBatches(query: {
      readonly integration?: string | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listBatches'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Batch[]; readonly total: number }>;
    createBatch(wanted: NewBatch, by: string): Promise<ReplyOf<'createBatch'>>;
    rollBack(
      batchId: string,
      confirmed: readonly { readonly id: string; readonly seen: string }[],
      by: string,
    ): Promise<Rollback>;
  };
  readonly conflicts: {
    list(query: {
      readonly integration?: string | undefined;
      readonly kind?: string | undefined;
      readonly state?: readonly string[] | undefined; // Those that are open.
      readonly transaction?: string | undefined; // That met it, or took its place.
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listConflicts'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Conflict[]; readonly total: number }>;
    find(id: string): Promise<ConflictDetail>;
    decide(
      transaction: Handle,
      id: string,
      decision: BodyOf<'decideConflict'>,
      by: string,
    ): Promise<ConflictDetail>;
    rules(integration: string): Promise<ReplyOf<'getConflictRules'>>;
    rulesVersions(integration: string, kind: string): Promise<readonly ConflictRules[]>;
    saveRules(
      of: { readonly name: string; readonly kind: string },
      edit: BodyOf<'saveConflictRules'>,
      by: string,
    ): Promise<ReplyOf<'saveConflictRules'>>;
    restoreRules(
      of: { readonly name: string; readonly kind: string; readonly version: number },
      by: string,
    ): Promise<ReplyOf<'restoreConflictRules'>>;
  };
  readonly schedules: {
    list(): Promise<readonly ScheduleRow[]>;
    find(integration: string): Promise<Schedule | undefined>;
    put(integration: string, wanted: NewSchedule, by: string): Promise<Schedule>;
    drop(integration: string): Promise<void>;
  };
  readonly health: {
    of(integration: string): Promise<Health>;
    hold(integration: string, reason: string, by: string): Promise<void>;
    release(integration: string): Promise<void>;
  };
  readonly webhooks: {
    find(integration: string): Promise<ReplyOf<'getWebhook'>>;
    /** Which query parameter a system wants back to prove the address. */
    handshakeOf(integration: string): Promise<string | undefined>;
    /** What becomes of a delivery; taken means that it and its work are committed. */
    receive(
      integration: string,
      raw: RawDelivery,
      call: { readonly route: string; readonly traceId: string },
    ): Promise<Received>;
    deliveries(
      integration: string,
      query: {
        readonly state?: readonly string[] | undefined;
        readonly search?: string | undefined;
        readonly offset: number;
        readonly limit: number;
      },
    ): Promise<{ readonly rows: readonly WebhookDelivery[]; readonly total: number }>;
    rotate(
      transaction: Handle,
      integration: string,
      given: string | undefined,
    ): Promise<ReplyOf<'rotateWebhookSecret'>>;
    retire(transaction: Handle, integration: string): Promise<void>;
  };
  readonly runs: {
    /** Answers once the run has begun. */
    start(
      integration: string,
      how: { readonly acceptDeletions: boolean; readonly full: boolean },
    ): Promise<Run>;
    find(id: string): Promise<Run | undefined>;
    list(query: {
      readonly integration?: string | undefined;
      readonly status?: readonly string[] | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listRuns'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Run[]; readonly total: number }>;
    cancel(id: string): Promise<Run | undefined>;
  };
  readonly imports: {
    /** Begins to import a file into the books of the context's legal entity. */
    begin(context: ErpContext, asked: RouteRequest<'startImport'>['body']): ReplyOf<'startImport'>;
    last(legalEntity: string): Promise<ReplyOf<'startImport'> | undefined>;
    cancel(legalEntity: string): Promise<ReplyOf<'startImport'> | undefined>;
  };
  readonly livingCompany: {
    /** Founds a company and begins to write its history. */
    simulate(asked: BodyOf<'simulateCompany'>, by: string): Promise<ReplyOf<'simulateCompany'>>;
    stand(): Promise<ReplyOf<'getLivingCompany'>>;
    cancel(): Promise<ReplyOf<'getLivingCompany'>>;
    setLive(isLive: boolean): Promise<ReplyOf<'getLivingCompany'>>;
  };
  readonly warehouse: {
    freshness(): Promise<{ readonly log: bigint; readonly warehouse: bigint }>;
    rebuild(): Promise<bigint>;
    /** Begins to rebuild, or says of the one under way. */
    startRebuild(by: string): Promise<Rebuild>;
    lastRebuild(): Promise<Rebuild | undefined>;
  };
  /** Hears everything that happens; the answer ends it. */
  subscribe(listener: (event: StreamEvent) => void): () => void;
};
