import { randomBytes } from 'node:crypto';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Clock } from '#kernel/time';
import { KEY_BYTES, open, seal } from './envelope.ts';
import { vaultError } from './errors.ts';
import { adoptNext, dropNext, makeNext, masterKeys } from './master-key.ts';
import type { KeyPlace, MasterKey } from './master-key.ts';
import { Secret } from './secret.ts';

/** Secrets by name. Names are not secret: `integration/erp/password`. */
export type Vault = {
  /** Keeps a secret, in the caller's transaction; one of that name is replaced. */
  put(handle: Handle, name: string, secret: Secret): Promise<void>;
  /** Hands out a secret. Fails with `vault.no-secret` or `vault.tampered`. */
  get(name: string): Promise<Secret>;
  /** The names that begin so, sorted. */
  names(prefix: string): Promise<readonly string[]>;
  /** Forgets all secrets whose names begin so, in the caller's transaction. */
  forget(handle: Handle, prefix: string): Promise<void>;
  /** New master key, new data key, everything sealed anew. Answers how many secrets there are. */
  rotate(): Promise<number>;
};

type Settings = { readonly database: Database; readonly clock: Clock; readonly keys: KeyPlace };
type DataKey = { readonly id: number; readonly key: Buffer };
type Wrapped = { readonly id: number; readonly wrapped: Buffer; readonly master: string };

/** Opens the vault; makes its keys the first time. Fails with `vault.wrong-key`. */
export async function openVault(settings: Settings): Promise<Vault> {
  const { database, clock, keys } = settings;
  let current = await openKeys(settings);
  return {
    async put(handle, name, secret) {
      const sealed = seal(current.key, Buffer.from(secret.reveal(), 'utf8'), name);
      await rows(
        handle,
        sql`insert into vault.secret (name, data_key, sealed, updated_at)
          values (${name}, ${current.id}, ${sealed}, ${clock()})
          on conflict (name) do update set data_key = excluded.data_key,
            sealed = excluded.sealed, updated_at = excluded.updated_at`,
      );
    },
    async get(name) {
      const [found] = await rows<{ dataKey: number; sealed: Buffer }>(
        database.kysely,
        sql`select data_key as "dataKey", sealed from vault.secret where name = ${name}`,
      );
      if (found === undefined) {
        throw vaultError('not-found', 'vault.no-secret', `looking up the secret '${name}'`, {
          remedy: 'It was never given, or has been removed. Give it again.',
        });
      }
      // Another process may have rotated since this one opened the vault.
      if (found.dataKey !== current.id) current = await openKeys(settings);
      const plain = open(current.key, found.sealed, name);
      if (plain === undefined) throw tampered(name);
      return new Secret(plain.toString('utf8'));
    },
    async names(prefix) {
      const found = await rows<{ name: string }>(
        database.kysely,
        sql`select name from vault.secret where starts_with(name, ${prefix}) order by name`,
      );
      return found.map(({ name }) => name);
    },
    async forget(handle, prefix) {
      await rows(handle, sql`delete from vault.secret where starts_with(name, ${prefix})`);
    },
    async rotate() {
      if (keys.fromEnvironment !== undefined) {
        throw vaultError('invalid', 'vault.key-from-environment', 'rotating the master key', {
          remedy:
            'The master key comes from RIALTO_MASTER_KEY, which Rialto cannot change. ' +
            'Move to a key file first: start once without the variable on a copy of its value.',
        });
      }
      const next = await makeNext(keys);
      const done = await transact(database, (transaction) =>
        sealAnew(transaction, current, next, clock),
      );
      await adoptNext(keys);
      current = done.dataKey;
      return done.secrets;
    },
  };
}

/** Finds the data key in force, under whichever master key opens it, and tidies up a rotation. */
async function openKeys({ database, clock, keys }: Settings): Promise<DataKey> {
  const masters = await masterKeys(keys);
  const [inForce] = masters;
  const [latest] = await rows<Wrapped>(
    database.kysely,
    sql`select id, wrapped, master from vault.data_key order by id desc limit 1`,
  );
  if (latest === undefined && inForce !== undefined) {
    return transact(database, (transaction) => makeDataKey(transaction, inForce, clock));
  }
  const master = masters.find(({ fingerprint }) => fingerprint === latest?.master);
  const key = latest && master && open(master.key, latest.wrapped, aboutKey(latest.master));
  if (latest === undefined || key === undefined) {
    throw vaultError('conflict', 'vault.wrong-key', 'opening the vault of secrets', {
      remedy:
        'The master key is not the one that these secrets were sealed with. Put back ' +
        'master.key, or RIALTO_MASTER_KEY, as it was when this database was last used.',
    });
  }
  if (keys.fromEnvironment === undefined && masters.length > 1) {
    await (master === inForce ? dropNext(keys) : adoptNext(keys));
  }
  return { id: latest.id, key };
}

async function makeDataKey(handle: Handle, master: MasterKey, clock: Clock): Promise<DataKey> {
  const key = randomBytes(KEY_BYTES);
  const wrapped = seal(master.key, key, aboutKey(master.fingerprint));
  const [made] = await rows<{ id: number }>(
    handle,
    sql`insert into vault.data_key (wrapped, master, created_at)
      values (${wrapped}, ${master.fingerprint}, ${clock()}) returning id`,
  );
  return { id: made?.id ?? 0, key };
}

async function sealAnew(
  transaction: Handle,
  before: DataKey,
  master: MasterKey,
  clock: Clock,
): Promise<{ readonly dataKey: DataKey; readonly secrets: number }> {
  await rows(transaction, sql`lock table vault.secret in exclusive mode`);
  const dataKey = await makeDataKey(transaction, master, clock);
  const all = await rows<{ name: string; sealed: Buffer }>(
    transaction,
    sql`select name, sealed from vault.secret order by name`,
  );
  for (const { name, sealed } of all) {
    const plain = open(before.key, sealed, name);
    if (plain === undefined) throw tampered(name);
    await rows(
      transaction,
      sql`update vault.secret set sealed = ${seal(dataKey.key, plain, name)},
        data_key = ${dataKey.id} where name = ${name}`,
    );
  }
  await rows(transaction, sql`delete from vault.data_key where id <> ${dataKey.id}`);
  return { dataKey, secrets: all.length };
}

const aboutKey = (fingerprint: string): string => `data key under ${fingerprint}`;

function tampered(name: string): ReturnType<typeof vaultError> {
  return vaultError('conflict', 'vault.tampered', `opening the secret '${name}'`, {
    remedy: 'It has been altered in the database, or moved from another name. Give it again.',
  });
}
