import { listExchangeRates } from '#erp/company/setup';
import type { Reader } from '../gate.ts';
import { plain } from './plain.ts';

const RATES_MAX = 100_000; // Of two currencies: more than two centuries of days.

/** Exchange rates; they belong to no legal entity. */
export const readExchangeRates: Reader = async (handle, keys) => {
  const asked = new Set(keys);
  const pairs = new Map(
    keys.map((key) => {
      const [from = '', to = ''] = key.split('~');
      return [`${from} ${to}`, { from, to }];
    }),
  );
  const found: Awaited<ReturnType<Reader>>[number][] = [];
  for (const pair of pairs.values()) {
    for (const rate of await listExchangeRates(handle, { ...pair, limit: RATES_MAX })) {
      const key = [rate.from, rate.to, rate.type, rate.validOn].join('~');
      if (asked.has(key)) found.push({ of: key, documents: [{ key, content: plain(rate) }] });
    }
  }
  return found;
};
