import { randomBytes } from 'node:crypto';
import { open as openFile, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fingerprintOf, KEY_BYTES } from './envelope.ts';
import { vaultError } from './errors.ts';

/** A master key and how it is told apart from others. */
export type MasterKey = { readonly key: Buffer; readonly fingerprint: string };

/** Where master keys come from: the environment, or a file that only its owner can read. */
export type KeyPlace = {
  readonly folder: string;
  readonly fromEnvironment?: string | undefined; // 32 bytes in base64. Wins over the file.
};

const FILE = 'master.key';
/** A key that is about to become the master key. */
const NEXT = 'master.key.next';

/** Reads 32 bytes in base64. Fails with `vault.bad-key`. */
function parseKey(text: string, from: string): MasterKey {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw vaultError('invalid', 'vault.bad-key', `reading the master key from ${from}`, {
      remedy: 'A master key is 32 bytes in base64: `openssl rand -base64 32` prints a new one.',
    });
  }
  return { key, fingerprint: fingerprintOf(key) };
}

/** The keys there are, the one in force first. Makes one when there is none at all. */
export async function masterKeys(place: KeyPlace): Promise<readonly MasterKey[]> {
  const { folder, fromEnvironment } = place;
  if (fromEnvironment !== undefined) return [parseKey(fromEnvironment, 'RIALTO_MASTER_KEY')];
  const found: MasterKey[] = [];
  for (const name of [FILE, NEXT]) {
    const text = await readFile(join(folder, name), 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (text !== undefined) found.push(parseKey(text, join(folder, name)));
  }
  if (found.length > 0) return found;
  return [await writeKey(join(folder, FILE))];
}

/** Makes a key that `adoptNext` can put in force. */
export function makeNext({ folder }: KeyPlace): Promise<MasterKey> {
  return writeKey(join(folder, NEXT));
}

/** Puts the next key in force, at one stroke. */
export async function adoptNext({ folder }: KeyPlace): Promise<void> {
  await rename(join(folder, NEXT), join(folder, FILE));
  await syncFolder(folder);
}

/** Forgets a key that never came into force. */
export async function dropNext({ folder }: KeyPlace): Promise<void> {
  await rm(join(folder, NEXT), { force: true });
}

async function writeKey(path: string): Promise<MasterKey> {
  const key = randomBytes(KEY_BYTES);
  const file = await openFile(path, 'w', 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
  return { key, fingerprint: fingerprintOf(key) };
}

/** So that the name is on the disk too, not only the bytes. Windows cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await openFile(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
