import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Instant } from '#kernel/time';
import { syncError } from '../errors.ts';
import { hashOf } from '../hash-of.ts';
import { findIntegration, loadIntegration } from '../integration.ts';
import { loadPack, parsePack } from '../load-pack.ts';
import type { AnyPack } from '../load-pack.ts';

/** One version of an integration's mapping. Versions are only ever added. */
export type MappingVersion = {
  readonly version: number;
  readonly createdAt: Instant;
  readonly author: string | null; // Null: it came with Rialto.
  readonly note: string | null;
  readonly inForce: boolean;
};

/** Every version that was ever in force, newest first. */
export async function listMappingVersions(
  database: Database,
  integration: string,
): Promise<readonly MappingVersion[]> {
  const { mappingVersion } = await loadIntegration(database, integration);
  return rows(
    database.kysely,
    sql`select version, created_at as "createdAt", author, note,
        version = ${mappingVersion} as "inForce"
      from sync.mapping_version where integration = ${integration} order by version desc`,
  );
}

/** Reads a version; without a number, the one in force. Fails with `sync.no-mapping-version`. */
export async function readMapping(
  database: Database,
  integration: string,
  version?: number,
): Promise<{ readonly version: number; readonly pack: AnyPack }> {
  const current = await loadIntegration(database, integration);
  if (version === undefined || version === current.mappingVersion) {
    return { version: current.mappingVersion, pack: current.pack };
  }
  const [found] = await rows<{ pack: unknown }>(
    database.kysely,
    sql`select pack from sync.mapping_version
      where integration = ${integration} and version = ${version}`,
  );
  if (found === undefined) {
    throw syncError(
      'not-found',
      'sync.no-mapping-version',
      `reading version ${version} of the mapping of '${integration}'`,
      { remedy: 'See `rialto mappings` for the versions there are.' },
    );
  }
  return { version, pack: parsePack(integration, found.pack) };
}

/** What a person changes a mapping to. */
export type MappingEdit = {
  readonly integration: string;
  readonly pack: unknown; // As it came in: its form is checked here.
  readonly author: string;
  readonly note?: string;
  /** The version the edit was made from: another one in force by now is a conflict. */
  readonly basedOn?: number;
  readonly at: Instant;
};

/**
 * Puts an edited mapping in force, as a new version. The next sync reads everything again with it.
 * Fails with `sync.bad-mapping`, or with `sync.mapping-moved-on` when someone else was faster.
 */
export async function saveMapping(database: Database, edit: MappingEdit): Promise<number> {
  const current = await loadIntegration(database, edit.integration);
  if (edit.basedOn !== undefined && edit.basedOn !== current.mappingVersion) {
    throw syncError(
      'conflict',
      'sync.mapping-moved-on',
      `saving a mapping of '${edit.integration}' made from version ${edit.basedOn}`,
      { remedy: `Version ${current.mappingVersion} is in force by now. Compare, and edit that.` },
    );
  }
  const pack = parsePack(edit.integration, edit.pack);
  if ('layout' in pack !== 'layout' in current.pack || pack.adapter !== current.pack.adapter) {
    throw syncError('invalid', 'sync.bad-mapping', `saving a mapping of '${edit.integration}'`, {
      remedy: `It is for another kind of source: this one is read through '${current.adapter}'.`,
    });
  }
  if (hashOf(pack) === hashOf(current.pack)) return current.mappingVersion;
  return transact(database, (transaction) => addVersion(transaction, edit, pack));
}

/** Puts an earlier version in force again, as a new version. */
export async function restoreMapping(
  database: Database,
  edit: Omit<MappingEdit, 'pack'> & { readonly version: number },
): Promise<number> {
  const { pack } = await readMapping(database, edit.integration, edit.version);
  const note = edit.note ?? `as in version ${edit.version}`;
  return saveMapping(database, { ...edit, pack, note });
}

/** Goes back to the mapping that ships with Rialto, and follows it from then on. */
export async function followShippedMapping(database: Database, name: string): Promise<number> {
  const { mapping } = await findIntegration(database, name);
  await loadPack(mapping); // Fails when none ships under this name.
  await rows(
    database.kysely,
    sql`update sync.integration set own_mapping = false where name = ${name}`,
  );
  return (await loadIntegration(database, name)).mappingVersion;
}

async function addVersion(transaction: Handle, edit: MappingEdit, pack: AnyPack): Promise<number> {
  const { integration, author, note, at } = edit;
  // The row's lock keeps two people from adding the same number.
  await rows(
    transaction,
    sql`update sync.integration set own_mapping = true where name = ${integration}`,
  );
  const [saved] = await rows<{ version: number }>(
    transaction,
    sql`insert into sync.mapping_version (integration, version, hash, pack, created_at, author, note)
      select ${integration}, coalesce(max(version), 0) + 1, ${hashOf(pack)},
        ${JSON.stringify(pack)}::json, ${at}, ${author}, ${note ?? null}
      from sync.mapping_version where integration = ${integration}
      returning version`,
  );
  return saved?.version ?? 1;
}
