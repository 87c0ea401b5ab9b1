import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange, ExchangeLog } from '#adapter-kit';
import type { JsonObject } from '#kernel';

const EXCHANGES_MAX = 20; // Of one attempt; the latest are kept.

const collecting = new AsyncLocalStorage<Exchange[]>();

/** The exchange log to connect a writing adapter with: what goes over the wire joins its posting. */
export const recordExchange: ExchangeLog = (exchange) => {
  const exchanges = collecting.getStore();
  if (exchanges === undefined) return;
  exchanges.push(exchange);
  if (exchanges.length > EXCHANGES_MAX) exchanges.shift();
};

/** Runs `work` and gives what went over the wire meanwhile. */
export async function collectExchanges<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly exchanges: readonly JsonObject[] }> {
  const exchanges: Exchange[] = [];
  const result = await collecting.run(exchanges, work);
  return { result, exchanges: exchanges.map((exchange) => ({ ...exchange })) };
}
