import type { ExchangeLog } from '#adapter-kit';
import type { HostState } from '#adapter-kit/http';
import type { Database } from '#database';
import { policyOf, recordExchange } from '#postings';
import { readPostingSettings } from '#postings/settings';
import type { Canonical, Destination } from '#postings';
import { documentReader, loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import { mainError } from './errors.ts';

/** A destination with the way to read its documents: none, when it shows only rows. */
type WritingSide = Destination & { readonly canonicalOf: Canonical };

/**
 * Where postings go, by integration. Kept, because an adapter learns how much its system can take;
 * made anew once its integration has changed.
 */
export type Destinations = {
  readonly of: (integration: string) => Promise<WritingSide>;
  readonly canonicalIn: (integration: string) => Promise<Canonical>;
  /** How the hosts of one are doing, as its writer has learned; nothing: it was not used yet. */
  readonly hostsOf: (integration: string) => Promise<readonly HostState[]>;
  readonly forget: (integration: string) => void;
};

/** Rows are joined by sync as a whole: one document cannot be read by its key. */
const UNREADABLE: Pick<WritingSide, 'entityOf' | 'canonicalOf'> = {
  entityOf: () => undefined,
  canonicalOf: () => undefined,
};

/** Opens the destinations of a house. */
export function openDestinations(database: Database, adapters: ConnectAdapter): Destinations {
  const kept = new Map<string, Promise<WritingSide>>();
  const log: ExchangeLog = recordExchange;
  const make = async (name: string): Promise<WritingSide> => {
    const integration = await loadIntegration(database, name);
    const adapter = await adapters(integration, log);
    if (adapter.writer === undefined) {
      throw mainError('invalid', 'main.not-written-to', `writing to '${name}'`, {
        remedy: `It is read through '${adapter.name}', which cannot write.`,
      });
    }
    const { entityOf, canonicalOf } =
      'layout' in integration.pack ? UNREADABLE : documentReader(integration.pack);
    const set = await readPostingSettings(database.kysely, name);
    const policy = policyOf(adapter.capabilities.patience, set.policy);
    const side = { adapter, policy, entityOf, canonicalOf };
    return set.fallback === undefined ? side : { ...side, fallback: set.fallback };
  };
  const of = (name: string): Promise<WritingSide> => {
    const side = kept.get(name) ?? make(name);
    kept.set(name, side);
    side.catch(() => kept.delete(name)); // Tried again the next time.
    return side;
  };
  return {
    of,
    canonicalIn: async (name) => (await of(name)).canonicalOf,
    async hostsOf(name) {
      const side = await kept.get(name)?.catch(() => undefined);
      return side?.adapter.hosts?.() ?? [];
    },
    forget: (name) => void kept.delete(name),
  };
}
