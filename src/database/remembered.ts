import { isTransaction } from './connect.ts';
import type { Handle } from './connect.ts';

/** What has been read in a transaction, by key. */
type Memory<T> = {
  /** Reads what is not known yet. What is not there is looked for again. */
  read(handle: Handle, key: string, read: () => Promise<T | undefined>): Promise<T | undefined>;
  /** This transaction has changed it. */
  forget(handle: Handle, key: string): void;
};

/**
 * Remembers for as long as a transaction lasts, and outside of one not at all. For what others may
 * change meanwhile only where it does not matter which of the two states is acted upon.
 */
export function memory<T>(): Memory<T> {
  const known = new WeakMap<Handle, Map<string, Promise<T | undefined>>>();
  return {
    async read(handle, key, read) {
      if (!isTransaction(handle)) return await read();
      const own = known.get(handle) ?? new Map<string, Promise<T | undefined>>();
      known.set(handle, own);
      const reading = own.get(key) ?? read();
      own.set(key, reading);
      const found = await reading;
      if (found === undefined) own.delete(key);
      return found;
    },
    forget(handle, key) {
      known.get(handle)?.delete(key);
    },
  };
}
