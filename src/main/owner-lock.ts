import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mainError } from './errors.ts';
import { codeOf, folderError } from './folder-error.ts';

const Holder = z.object({ pid: z.number().int(), startedAt: z.string().nullable() });
type Holder = z.infer<typeof Holder>;

const ATTEMPTS_MAX = 5;

/** One process owns a data folder: its PostgreSQL, its warehouse, its port. */
export type OwnerLock = { release(): void };

/**
 * Takes the folder, making it when missing. A lock whose process is gone (or whose number was given
 * to another process since) is taken over. Fails with `main.owned-elsewhere`.
 */
export function takeOwnerLock(dataDir: string): OwnerLock {
  makeFolder(dataDir);
  const file = join(dataDir, 'owner.lock');
  const mine: Holder = { pid: process.pid, startedAt: startOf(process.pid) ?? null };
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (create(file, mine)) return { release: () => release(file, mine) };
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder)) throw owned(dataDir, holder.pid);
    putAside(file, holder);
  }
  throw owned(dataDir, readHolder(file)?.pid ?? 0);
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw folderError(dataDir, error);
  }
}

/** Made beside and linked into place: nobody ever sees a lock without its holder. */
function create(file: string, holder: Holder): boolean {
  const unfinished = `${file}.${process.pid}.new`;
  try {
    writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 });
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw folderError(file, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // Cut short by a crash, or gone.
  }
}

/** Renames first, so that of two that find the same dead lock only one removes it. */
function putAside(file: string, dead: Holder | undefined): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // Someone else was quicker.
  }
  const taken = readHolder(aside);
  if (JSON.stringify(taken) !== JSON.stringify(dead) && taken !== undefined) create(file, taken);
  rmSync(aside, { force: true });
}

function release(file: string, mine: Holder): void {
  const holder = readHolder(file);
  if (holder?.pid === mine.pid && holder.startedAt === mine.startedAt)
    rmSync(file, { force: true });
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  const startedAt = startOf(holder.pid);
  return startedAt === undefined || holder.startedAt === null || startedAt === holder.startedAt;
}

/** When a process began, in the kernel's ticks since boot. Undefined: this system does not say. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

const owned = (dataDir: string, pid: number) =>
  mainError('conflict', 'main.owned-elsewhere', `taking the data folder ${dataDir}`, {
    remedy: `Rialto runs on it already (process ${pid}). Use that one, stop it, or choose another folder with --data-dir.`,
  });
