import type { Adapter, ConnectionCheck } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { assert } from '#kernel';
import type { Json } from '#kernel';
import type { Instant } from '#kernel/time';
import { syncError } from './errors.ts';
import { hashOf } from './hash-of.ts';
import { loadPack, parsePack } from './load-pack.ts';
import type { AnyPack } from './load-pack.ts';
import type { Pack } from './mapping/pack.ts';

/** A connected source, as people see it. */
export type Integration = {
  readonly name: string;
  readonly adapter: string;
  readonly settings: Readonly<Record<string, Json>>;
  readonly mapping: string; // The pack's name.
  readonly ownMapping: boolean; // Somebody edited it here: it no longer follows what ships.
  readonly createdAt: Instant;
};

/** An integration with its pack as of now: what an adapter is made from. */
export type LoadedIntegration = Integration & {
  readonly pack: AnyPack;
  readonly mappingVersion: number;
};

/** An integration whose source hands over rows. */
export type RowIntegration = LoadedIntegration & { readonly pack: Pack };

const COLUMNS = sql`name, adapter, settings, mapping,
  own_mapping as "ownMapping", created_at as "createdAt"`;

/** What is to be written in the transaction of an integration's own change. */
type Along = (transaction: Handle) => Promise<void>;

/** Connects a source under a name. `mapping`: a pack's name, or a pack of one's own. */
export async function createIntegration(
  database: Database,
  wanted: {
    readonly name: string;
    readonly adapter: string;
    readonly settings: Readonly<Record<string, Json>>;
    readonly mapping: string | AnyPack;
    readonly author?: string; // Of a pack of one's own.
  },
  /** What belongs to it, in the same transaction: its secrets. */
  along: Along = () => Promise.resolve(),
): Promise<Integration> {
  const { name, adapter, settings, mapping, author } = wanted;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) {
    throw syncError('invalid', 'sync.no-integration', `naming an integration '${name}'`, {
      remedy: 'Use small letters, digits and hyphens, at most 63.',
    });
  }
  const pack = typeof mapping === 'string' ? await loadPack(mapping) : parsePack('own', mapping);
  return transact(database, async (transaction) => {
    const made = await rows<Integration>(
      transaction,
      sql`insert into sync.integration (name, adapter, settings, mapping, own_mapping, created_at)
      values (${name}, ${adapter}, ${JSON.stringify(settings)}, ${pack.name},
        ${typeof mapping !== 'string'}, now())
      on conflict do nothing returning ${COLUMNS}`,
    );
    const [integration] = made;
    if (integration === undefined) {
      throw syncError('conflict', 'sync.integration-exists', `connecting '${name}'`, {
        remedy:
          'Choose another name, change the one that is there (rialto change), or delete it first.',
      });
    }
    if (typeof mapping !== 'string') await saveVersion(transaction, name, pack, author);
    await along(transaction);
    return integration;
  });
}

/** Changes how a source is reached. Its mapping, places and records stay. */
export async function updateIntegration(
  database: Database,
  name: string,
  settings: Readonly<Record<string, Json>>,
  along: Along = () => Promise.resolve(),
): Promise<Integration> {
  await findIntegration(database, name);
  return transact(database, async (transaction) => {
    const [updated] = await rows<Integration>(
      transaction,
      sql`update sync.integration set settings = ${JSON.stringify(settings)}
        where name = ${name} returning ${COLUMNS}`,
    );
    await along(transaction);
    assert(updated !== undefined, 'an integration that was found is there');
    return updated;
  });
}

export function listIntegrations(database: Database): Promise<Integration[]> {
  return rows(database.kysely, sql`select ${COLUMNS} from sync.integration order by name`);
}

/** Forgets a source: its settings, places and quarantine. Its records and their log stay. */
export async function deleteIntegration(
  database: Database,
  name: string,
  along: Along = () => Promise.resolve(),
): Promise<void> {
  await findIntegration(database, name);
  await transact(database, async (transaction) => {
    await rows(transaction, sql`delete from sync.integration where name = ${name}`);
    await along(transaction);
  });
}

/** Finds an integration. Fails with `sync.no-integration`. */
export async function findIntegration(database: Database, name: string): Promise<Integration> {
  const [found] = await rows<Integration>(
    database.kysely,
    sql`select ${COLUMNS} from sync.integration where name = ${name}`,
  );
  if (found !== undefined) return found;
  throw syncError('not-found', 'sync.no-integration', `finding the integration '${name}'`, {
    remedy: 'See `rialto integrations` for the names, or connect it with `rialto connect`.',
  });
}

/** Loads an integration with its pack; a pack that has changed becomes a new mapping version. */
export async function loadIntegration(
  database: Database,
  name: string,
): Promise<LoadedIntegration> {
  const integration = await findIntegration(database, name);
  const [latest] = await rows<{ version: number; hash: string; pack: unknown }>(
    database.kysely,
    sql`select version, hash, pack from sync.mapping_version
      where integration = ${name} order by version desc limit 1`,
  );
  if (latest !== undefined && integration.ownMapping) {
    const pack = parsePack(integration.mapping, latest.pack);
    return { ...integration, pack, mappingVersion: latest.version };
  }
  const shipped = await loadPack(integration.mapping).catch((error: unknown) => {
    if (latest === undefined) throw error;
    return parsePack(integration.mapping, latest.pack); // It is no longer shipped.
  });
  if (latest !== undefined && latest.hash === hashOf(shipped)) {
    return { ...integration, pack: shipped, mappingVersion: latest.version };
  }
  const version = await saveVersion(database.kysely, name, shipped);
  return { ...integration, pack: shipped, mappingVersion: version };
}

/** Looks whether a source can be read as configured. */
export async function testIntegration(
  deps: {
    readonly database: Database;
    readonly adapters: (integration: LoadedIntegration) => Adapter | Promise<Adapter>;
  },
  name: string,
  stop: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const adapter = await deps.adapters(await loadIntegration(deps.database, name));
  return adapter.test(stop);
}

async function saveVersion(
  handle: Handle,
  name: string,
  pack: AnyPack,
  author?: string,
): Promise<number> {
  const [saved] = await rows<{ version: number }>(
    handle,
    sql`insert into sync.mapping_version (integration, version, hash, pack, created_at, author)
      select ${name}, coalesce(max(version), 0) + 1, ${hashOf(pack)}, ${JSON.stringify(pack)}::json,
        now(), ${author ?? null}
      from sync.mapping_version where integration = ${name}
      returning version`,
  );
  return saved?.version ?? 1;
}
