import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How PostgreSQL, which refuses to run as root, is run here. */
export type Account = {
  /** Words before the program's own. */
  readonly prefix: readonly string[];
  /** What the files must belong to; undefined: they stay as they are. */
  readonly uid: number | undefined;
  /** Set when Node itself must change the user, for want of any tool. */
  readonly spawnAs: { readonly uid: number; readonly gid: number } | Record<string, never>;
};

const NOBODY = 65_534;
const AS_NOBODY_HERE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
const AS_NOBODY_EVERYWHERE = [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  '--inh-caps=+dac_override,+fowner',
  '--ambient-caps=+dac_override,+fowner',
];
const DIES_WITH_OWNER = ['setpriv', '--pdeathsig', 'INT'];

/**
 * Chooses it. As root: a user namespace in which root looks like nobody, so that files stay
 * root's and closed folders stay open to it; else the user nobody who may pass closed folders;
 * else plainly nobody. Where the system can, PostgreSQL also ends when its owner is killed.
 */
export function chooseAccount(): Account {
  const dies = works(DIES_WITH_OWNER) ? DIES_WITH_OWNER : [];
  if (process.getuid?.() !== 0) return { prefix: dies, uid: undefined, spawnAs: {} };
  if (works([...AS_NOBODY_HERE, ...dies])) {
    return { prefix: [...AS_NOBODY_HERE, ...dies], uid: undefined, spawnAs: {} };
  }
  if (works(AS_NOBODY_EVERYWHERE))
    return { prefix: AS_NOBODY_EVERYWHERE, uid: NOBODY, spawnAs: {} };
  return { prefix: [], uid: NOBODY, spawnAs: { uid: NOBODY, gid: NOBODY } };
}

/** Gives a folder and all in it to the account. */
export function giveTo(account: Account, path: string): void {
  if (account.uid === undefined || !existsSync(path)) return;
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(path, entry), account.uid, account.uid);
  }
  chownSync(path, account.uid, account.uid);
}

function works(prefix: readonly string[]): boolean {
  const [command = '', ...rest] = prefix;
  if (process.platform !== 'linux') return false;
  return spawnSync(command, [...rest, 'true'], { stdio: 'ignore' }).status === 0;
}
