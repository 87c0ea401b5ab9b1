import type { ExchangeLog } from '#adapter-kit';
import type { Database } from '#database';
import { POSTING_POLICY, recordExchange } from '#postings';
import type { Canonical, Destination } from '#postings';
import { documentReader, loadIntegration } from '#sync';
import type { DocumentReader } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import { mainError } from './errors.ts';

/** A destination with the way to read its documents. */
export type WritingSide = Destination & { readonly reader: DocumentReader };

/**
 * Where postings go, by integration. Kept, because an adapter learns how much its system can take;
 * made anew once its integration has changed.
 */
export type Destinations = {
  readonly of: (integration: string) => Promise<WritingSide>;
  readonly canonicalIn: (integration: string) => Promise<Canonical>;
  readonly forget: (integration: string) => void;
};

/** Opens the destinations of a house. */
export function openDestinations(database: Database, adapters: ConnectAdapter): Destinations {
  const kept = new Map<string, Promise<WritingSide>>();
  const log: ExchangeLog = recordExchange;
  const make = async (name: string): Promise<WritingSide> => {
    const integration = await loadIntegration(database, name);
    const adapter = await adapters(integration, log);
    if (!('pull' in adapter) || 'layout' in integration.pack) {
      throw mainError('invalid', 'main.not-written-to', `writing to '${name}'`, {
        remedy: `It is read through '${adapter.name}', which cannot write.`,
      });
    }
    const reader = documentReader(integration.pack);
    return { adapter, policy: POSTING_POLICY, entityOf: reader.entityOf, reader };
  };
  const of = (name: string): Promise<WritingSide> => {
    const side = kept.get(name) ?? make(name);
    kept.set(name, side);
    side.catch(() => kept.delete(name)); // Tried again the next time.
    return side;
  };
  return {
    of,
    canonicalIn: async (name) => (await of(name)).reader.canonicalOf,
    forget: (name) => void kept.delete(name),
  };
}
