import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExchangeLog } from '#adapter-kit';
import type { HttpLimits } from '#adapter-kit/http';
import { connectHttp, parseHttpProfile } from '#adapters/http';
import type { HttpAdapter } from '#adapters/http';
import type { Collection } from './document.ts';

/** The collection that holds the documents of a canonical kind. */
export const COLLECTION_OF: Readonly<Record<string, Collection>> = {
  supplier: 'suppliers',
  item: 'items',
  'purchase-order': 'purchase-orders',
  'goods-receipt': 'goods-receipts',
  'supplier-invoice': 'supplier-invoices',
};

/** Connects to the hostile ERP as to any other system: through the http adapter and a profile. */
export function connectHostileErp(settings: {
  readonly url: string;
  readonly log?: ExchangeLog;
  readonly limits?: Partial<HttpLimits>;
}): HttpAdapter {
  const text = readFileSync(join(import.meta.dirname, 'profile.json'), 'utf8');
  const { url, log, limits } = settings;
  return connectHttp({
    profile: parseHttpProfile(JSON.parse(text)),
    baseUrl: url,
    credentials: { clientId: 'rialto', clientSecret: 'secret' },
    networks: ['127.0.0.0/8'],
    ...(log && { log }),
    ...(limits && { limits }),
  });
}
