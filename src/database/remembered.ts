import { sql } from 'kysely';
import { isTransaction, rows } from './connect.ts';
import type { Handle } from './connect.ts';

/** What has been read in a transaction, by key. */
type Memory<T> = {
  /** Reads what is not known yet. What is not there is looked for again. */
  read(handle: Handle, key: string, read: () => Promise<T | undefined>): Promise<T | undefined>;
  /** As `read`, of many: asks for those that are not known yet, each once. By key, without what is not there. */
  readMany(
    handle: Handle,
    keys: readonly string[],
    read: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>>;
  /** This transaction has changed it, or without a key any of it. */
  forget(handle: Handle, key?: string): void;
};

/** What one transaction knows, and what it is just asking for. */
type Known<T> = {
  readonly facts: Map<string, T>;
  readonly asked: Map<string, Promise<T | undefined>>;
};

/** Of one kind. Who goes through more than that, such as an import, comes back to few of them. */
const KEPT_MAX = 10_000;

const memories: { readonly delete: (handle: Handle) => unknown }[] = [];

/**
 * Remembers for as long as a transaction lasts, and outside of one not at all. For what others may
 * change meanwhile only where it does not matter which of the two states is acted upon. Make one for each
 * kind of thing, once; of each a transaction keeps about 10,000.
 */
export function memory<T>(): Memory<T> {
  const known = new WeakMap<Handle, Known<T>>();
  memories.push(known);
  const knownTo = (handle: Handle): Known<T> => {
    const own = known.get(handle) ?? { facts: new Map(), asked: new Map() };
    known.set(handle, own);
    return own;
  };
  return {
    async read(handle, key, read) {
      if (!isTransaction(handle)) return await read();
      const { facts, asked } = knownTo(handle);
      const fact = facts.get(key);
      if (fact !== undefined) return fact;
      const reading = asked.get(key) ?? read();
      asked.set(key, reading);
      const found = await reading;
      // Forgotten meanwhile, it is asked for again.
      if (found !== undefined && asked.get(key) === reading) facts.set(key, found);
      asked.delete(key);
      return found;
    },
    async readMany(handle, keys, read) {
      const distinct = [...new Set(keys)];
      if (!isTransaction(handle)) return distinct.length === 0 ? new Map() : await read(distinct);
      const { facts } = knownTo(handle);
      const found = new Map<string, T>();
      const missing: string[] = [];
      for (const key of distinct) {
        const fact = facts.get(key);
        if (fact === undefined) missing.push(key);
        else found.set(key, fact);
      }
      if (missing.length === 0) return found;
      for (const [key, fact] of await read(missing)) {
        found.set(key, fact);
        facts.set(key, fact);
      }
      if (facts.size > KEPT_MAX) facts.clear();
      return found;
    },
    forget(handle, key) {
      if (key === undefined) known.delete(handle);
      else {
        const own = known.get(handle);
        own?.facts.delete(key);
        own?.asked.delete(key);
      }
    },
  };
}

/**
 * Takes back what a transaction has done since a savepoint. It forgets what it remembers: some of it may be
 * of what is taken back, and locks that came with it are gone.
 */
export async function rollbackTo(tx: Handle, savepoint: string): Promise<void> {
  await rows(tx, sql`rollback to savepoint ${sql.id(savepoint)}`);
  for (const known of memories) known.delete(tx);
}
