import { resolve } from 'node:path';
import { z } from 'zod';
import type {
  AdapterEntry,
  Integration as Shown,
  IntegrationDetail,
  NewIntegration,
} from '#api-contract';
import type { Services } from '#api';
import { isRecordKind } from '#canonical';
import type { Database, Handle } from '#database';
import type { Clock } from '#kernel/time';
import { forgetPostingSettings, standsInFor } from '#postings/settings';
import {
  createIntegration,
  deleteIntegration,
  findIntegration,
  listExchanges,
  listIntegrations,
  listQuarantine,
  loadIntegration,
  testIntegration,
  updateIntegration,
} from '#sync';
import type { Integration } from '#sync';
import { Secret } from '#vault';
import type { Vault } from '#vault';
import { ALL_ADAPTERS } from './adapters/all.ts';
import { checkSource, erpIn, secretsOf } from './adapters/connect-adapter.ts';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';
import type { Registration } from './adapters/registration.ts';
import { checkWanted, tryToMake } from './check-source.ts';
import type { Destinations } from './destinations.ts';
import { mainError } from './errors.ts';
import type { LivingCompany } from './living-company.ts';
import { plain } from './plain.ts';
import { releaseSource } from './release-source.ts';
import { isOfCompany, isSample, retireSamples } from './sample.ts';
import { trials } from './trials.ts';
import { checkFallback, keepPosting, postingShown } from './posting-settings.ts';

/** What connections stand on. */
export type SourceDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly adapters: ConnectAdapter;
  readonly destinations: Pick<Destinations, 'forget'>;
  readonly company: LivingCompany;
};

const TEST_MS_MAX = 60_000;
/** Connected sources as the API shows them. */
export function sources(deps: SourceDeps): Services['sources'] {
  const { database, vault, adapters } = deps;
  return {
    ...connections(deps),
    list: async () => (await listIntegrations(database)).map(shown),
    rotateVault: () => vault.rotate(),
    exchanges: (query) => listExchanges(database, query),
    ...trials(deps),
    test: (name) => testIntegration({ database, adapters }, name, AbortSignal.timeout(TEST_MS_MAX)),
    async quarantine({ kind, integration, search, sort, offset, limit }) {
      if (kind !== undefined && !isRecordKind(kind)) return { rows: [], total: 0 };
      return listQuarantine(database, {
        ...(integration === undefined ? {} : { integration }),
        ...(kind === undefined ? {} : { kind }),
        ...(search === undefined ? {} : { search }),
        ...(sort === undefined ? {} : { sort }),
        offset,
        limit,
      });
    },
  };
}

type Connections = Pick<
  Services['sources'],
  'adapters' | 'find' | 'connect' | 'update' | 'setPosting' | 'remove'
>;

/** Makes, changes and forgets connections, each with its secrets in one transaction. */
function connections(deps: SourceDeps): Connections {
  const { database, clock, vault, adapters, destinations } = deps;
  const { keep, kept, reveal } = secretsIn(vault);
  const house = { clock, erp: erpIn(database, clock) };
  const find = async (name: string): Promise<IntegrationDetail> => {
    const loaded = await loadIntegration(database, name);
    const { adapter, mapping, mappingVersion, ownMapping, createdAt } = loaded;
    const secrets = [...(await kept(name))];
    const connected = await adapters(loaded);
    return {
      name,
      adapter,
      mapping,
      mappingVersion,
      ownMapping,
      createdAt,
      secrets,
      settings: plain(loaded.settings),
      writes: [...connected.capabilities.writes],
      posting: await postingShown(database, name, connected),
    };
  };
  return {
    find,
    adapters: () => ALL_ADAPTERS.map(adapterShown),
    async connect({ name, adapter, settings: given, secrets, mapping, posting }, author) {
      const settings = adapter === 'file' ? absolute(given) : given;
      const pack = await checkWanted({ name, adapter, settings, secrets, mapping }, house);
      const named = typeof mapping === 'string' ? { mapping } : { mapping: pack, author };
      const wanted = { name, adapter, settings, ...named };
      await checkFallback(database, adapters, posting?.fallback);
      const integration = await createIntegration(database, wanted, async (handle) => {
        await keep(handle, name, secrets);
        if (posting !== undefined) await keepPosting(handle, name, posting);
      });
      const others = await listIntegrations(database);
      const retires = others.some(isSample) && !isSample(integration) && !isOfCompany(integration);
      const recordsRemoved = retires ? await retireSamples(deps) : 0;
      return { integration: shown(integration), retiredSample: retires, recordsRemoved };
    },
    async update(name, { settings: given, secrets }) {
      const { adapter, pack } = await loadIntegration(database, name);
      const settings = adapter === 'file' ? absolute(given) : given;
      const before = await kept(name);
      checkSource(adapter, { settings, secrets }, before);
      const wanted = { name, adapter, settings, secrets };
      tryToMake(wanted, pack, house, await reveal(name, before));
      await updateIntegration(database, name, settings, (handle) => keep(handle, name, secrets));
      destinations.forget(name);
      return find(name);
    },
    async setPosting(name, posting) {
      await findIntegration(database, name);
      await checkFallback(database, adapters, posting.fallback);
      await keepPosting(database.kysely, name, posting);
      destinations.forget(name);
      return find(name);
    },
    remove: (name) => forget(deps, name),
  };
}

/** Forgets a connection with its secrets; with the sample company's go its records. */
async function forget(deps: SourceDeps, name: string): Promise<void> {
  const { database, vault, adapters, destinations } = deps;
  await refuseIfFallback(database, name);
  if (isSample(await findIntegration(database, name))) {
    await retireSamples(deps);
    return;
  }
  await releaseSource({ database, adapters }, name);
  await deleteIntegration(database, name, async (handle) => {
    await vault.forget(handle, secretsOf(name));
    await forgetPostingSettings(handle, name);
  });
  destinations.forget(name);
}

const placeOf = (name: string, secret: string): string => `${secretsOf(name)}${secret}`;

/** The secrets of connections, in the vault. */
function secretsIn(vault: Vault) {
  return {
    keep: async (handle: Handle, name: string, secrets: NewIntegration['secrets']) => {
      for (const [secret, text] of Object.entries(secrets)) {
        if (text !== '') await vault.put(handle, placeOf(name, secret), new Secret(text));
      }
    },
    kept: async (name: string): Promise<readonly string[]> =>
      (await vault.names(secretsOf(name))).map((each) => each.slice(secretsOf(name).length)),
    reveal: async (name: string, secrets: readonly string[]) => {
      const found: Record<string, string> = {};
      for (const secret of secrets) {
        found[secret] = (await vault.get(placeOf(name, secret))).reveal();
      }
      return found;
    },
  };
}

/** Fails with `main.is-fallback` when another connection hands over by this one. */
async function refuseIfFallback(database: Database, name: string): Promise<void> {
  const others = await standsInFor(database.kysely, name);
  if (others.length === 0) return;
  throw mainError('conflict', 'main.is-fallback', `forgetting '${name}'`, {
    remedy: `It stands in for ${others.join(', ')}: give them another fallback first, or none.`,
  });
}

/** A folder is where the one who connects it says it is, not where the server happens to run. */
function absolute(settings: NewIntegration['settings']): NewIntegration['settings'] {
  const { path } = settings;
  return typeof path === 'string' && path !== '' ? { ...settings, path: resolve(path) } : settings;
}

function adapterShown({ name, title, settings, secrets, mappings }: Registration): AdapterEntry {
  return {
    name,
    title,
    settings: z.toJSONSchema(settings, { io: 'input' }),
    secrets: secrets.map((secret) => ({ name: secret.name, optional: secret.optional === true })),
    mappings: [...mappings],
  };
}

function shown(integration: Integration): Shown {
  const { name, adapter, settings, mapping, createdAt } = integration;
  return {
    name,
    adapter,
    settings: { ...settings },
    mapping,
    createdAt,
    sample: isSample(integration),
  };
}
