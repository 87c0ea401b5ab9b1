import type {
  Answer,
  Catalogue,
  Integration,
  NewIntegration,
  QuarantineItem,
  QueryOf,
  Question,
  ReplyOf,
  Run,
  SourceCheck,
  StreamEvent,
  Suggestion,
} from '#api-contract';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';

/** What the routes stand on; `main` puts it together. */
export type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly version: string;
  readonly ownerToken: string; // Of server.json: who holds it may do what an administrator may.
  readonly questions: {
    ask(question: Question): Promise<Answer>;
    suggest(text: string, locale: 'en' | 'de'): Promise<readonly Suggestion[]>;
    catalogue(): Catalogue;
  };
  readonly sources: {
    list(): Promise<readonly Integration[]>;
    connect(asked: NewIntegration): Promise<ReplyOf<'connectIntegration'>>;
    test(name: string): Promise<readonly SourceCheck[]>;
    quarantine(query: {
      readonly integration?: string | undefined;
      readonly kind?: string | undefined;
      readonly search?: string | undefined;
      readonly sort?: QueryOf<'listQuarantine'>['sort'];
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly QuarantineItem[]; readonly total: number }>;
  };
  readonly runs: {
    start(integration: string, how: { readonly acceptDeletions: boolean }): Promise<Run>; // Answers once the run has begun.
    find(id: string): Promise<Run | undefined>;
    list(query: {
      readonly integration?: string | undefined;
      readonly status?: readonly string[] | undefined;
      readonly search?: string | undefined;
      readonly oldestFirst?: boolean | undefined;
      readonly offset: number;
      readonly limit: number;
    }): Promise<{ readonly rows: readonly Run[]; readonly total: number }>;
    cancel(id: string): Promise<Run | undefined>;
  };
  readonly warehouse: {
    freshness(): Promise<{ readonly log: bigint; readonly warehouse: bigint }>;
    rebuild(): Promise<bigint>;
  };
  /** Hears everything that happens; the answer ends it. */
  subscribe(listener: (event: StreamEvent) => void): () => void;
};
