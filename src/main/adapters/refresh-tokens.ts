import type { RefreshTokenKeeper } from '#adapter-kit/auth';
import type { Database } from '#database';
import { Secret } from '#vault';
import type { Vault } from '#vault';

/** The refresh tokens of integrations, in the vault: the newest one, for whoever connects. */
export type RefreshTokens = { of(name: string): RefreshTokenKeeper };

type Unsaved = { readonly instead: string; readonly token: string };

/**
 * A system that gives a new refresh token may void the old one at once. So one is used by one at a
 * time, taken from the vault each time, and the new one is in the vault before anything else is done.
 * `name`: of the secret.
 */
export function keepRefreshTokens(database: Database, vault: Vault): RefreshTokens {
  const inUse = new Map<string, Promise<unknown>>();
  const unsaved = new Map<string, Unsaved>(); // The vault was away; the process still knows it.

  async function newest(name: string): Promise<string> {
    const kept = (await vault.get(name)).reveal();
    const newer = unsaved.get(name);
    if (newer === undefined) return kept;
    if (newer.instead !== kept) {
      unsaved.delete(name); // Somebody has given another one meanwhile.
      return kept;
    }
    await save(name, newer);
    return newer.token;
  }
  async function save(name: string, newer: Unsaved): Promise<void> {
    unsaved.set(name, newer);
    await vault.put(database.kysely, name, new Secret(newer.token));
    unsaved.delete(name);
  }
  return {
    of: (name) => ({
      async use(work) {
        const before = inUse.get(name) ?? Promise.resolve();
        const mine = before.then(async () => {
          const token = await newest(name);
          const { result, rotated } = await work(token);
          if (rotated !== undefined && rotated !== token) {
            await save(name, { instead: token, token: rotated });
          }
          return result;
        });
        inUse.set(
          name,
          mine.catch(() => undefined),
        );
        return await mine;
      },
    }),
  };
}
