import type { Exchange, ExchangeLog } from '#adapter-kit';
import { containing, copyInto, rows, sql, transact } from '#database';
import type { Database } from '#database';

/** An exchange of a run. */
export type RunExchange = { readonly id: string; readonly runId: string } & Exchange;

const KEPT_PER_INTEGRATION = 2_000;
const BUFFER_MAX = 200;
const COLUMNS = ['integration', 'run_id', 'at', 'failed', 'exchange'];

/** Collects a run's exchanges; they are written a handful at a time. */
export type ExchangeBook = {
  readonly log: ExchangeLog;
  /** Writes what is left, and forgets the oldest beyond 2,000 of the integration. */
  close(): Promise<void>;
};

/**
 * Opens the book of a run's exchanges. They are there to explain, not to prove: one that cannot be
 * written does not stop the run.
 */
export function openExchangeBook(
  database: Database,
  of: { readonly integration: string; readonly runId: string },
): ExchangeBook {
  const { integration, runId } = of;
  let held: Exchange[] = [];
  let writing = Promise.resolve();
  const flush = (): void => {
    const lines = held.map((exchange) => {
      const failed = exchange.failure !== undefined || (exchange.status ?? 0) >= 400;
      const text = JSON.stringify(exchange).replaceAll(String.raw`\u0000`, '');
      return [integration, runId, exchange.at, failed ? 'true' : 'false', text];
    });
    held = [];
    if (lines.length === 0) return;
    writing = writing
      .then(() => transact(database, (tx) => copyInto(tx, 'sync.exchange', COLUMNS, lines)))
      .then(
        () => undefined,
        () => undefined,
      );
  };
  return {
    log(exchange) {
      held.push(exchange);
      if (held.length >= BUFFER_MAX) flush();
    },
    async close() {
      flush();
      await writing;
      await rows(
        database.kysely,
        sql`delete from sync.exchange where integration = ${integration} and id < (
          select id from sync.exchange where integration = ${integration}
          order by id desc offset ${KEPT_PER_INTEGRATION - 1} limit 1)`,
      ).catch(() => undefined);
    },
  };
}

const ORDERS = {
  at: sql`sync.exchange.id`,
  '-at': sql`sync.exchange.id desc`,
  durationMs: sql`(exchange ->> 'durationMs')::numeric, sync.exchange.id`,
  '-durationMs': sql`(exchange ->> 'durationMs')::numeric desc, sync.exchange.id`,
  status: sql`(exchange ->> 'status')::integer nulls first, sync.exchange.id`,
  '-status': sql`(exchange ->> 'status')::integer desc nulls last, sync.exchange.id`,
} as const;

/** A run's exchanges as they happened unless asked otherwise. `search` looks into the whole of each. */
export async function listExchanges(
  database: Database,
  query: {
    readonly runId: string;
    readonly failed?: boolean | undefined; // Absent: both.
    readonly search?: string | undefined;
    readonly sort?: keyof typeof ORDERS | undefined;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly rows: readonly RunExchange[]; readonly total: number }> {
  const { runId, failed, search = '', sort = 'at', offset, limit } = query;
  const pattern = containing(search);
  const where = sql`run_id = ${runId} and (${failed ?? null}::boolean is null or failed = ${failed ?? null})
    and (${search.trim() === ''} or exchange::text ilike ${pattern})`;
  const found = await rows<{ id: string; exchange: Exchange }>(
    database.kysely,
    sql`select id::text as id, exchange from sync.exchange where ${where}
      order by ${ORDERS[sort]} limit ${limit} offset ${offset}`,
  );
  const [count] = await rows<{ total: number }>(
    database.kysely,
    sql`select count(*)::integer as total from sync.exchange where ${where}`,
  );
  return {
    rows: found.map(({ id, exchange }) => ({ id, runId, ...exchange })),
    total: count?.total ?? 0,
  };
}
