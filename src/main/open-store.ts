import { join } from 'node:path';
import { accessMigrations } from '#access';
import { auditMigrations } from '#audit';
import { migrate, openDatabase, startEmbedded } from '#database';
import type { Database } from '#database';
import { recordsMigrations } from '#records';
import { recoverRuns, syncMigrations } from '#sync';
import { vaultMigrations } from '#vault';
import type { Opening } from './opening.ts';
import type { Settings } from './settings.ts';

const MODULES = [
  accessMigrations,
  auditMigrations,
  vaultMigrations,
  recordsMigrations,
  syncMigrations,
];

/**
 * Opens the PostgreSQL of the data folder, or the one that `DATABASE_URL` names, and brings its
 * tables up to this code. Runs whose process died, or whose database did, are marked.
 */
export async function openStore(settings: Settings, opening: Opening): Promise<Database> {
  const { clock, undo, stop } = opening;
  let opened: Database | undefined;
  const markRuns = async (): Promise<void> => {
    if (opened !== undefined) await recoverRuns(opened, clock);
  };
  const url = settings.databaseUrl ?? (await startOwn(settings, opening, markRuns));
  stop.throwIfAborted();
  const database = await openDatabase({ url });
  undo.add(() => database.close());
  await migrate(database, MODULES);
  opened = database;
  await markRuns();
  return database;
}

async function startOwn(
  settings: Settings,
  { undo, say, onLost }: Opening,
  onBack: () => Promise<void>,
): Promise<string> {
  const embedded = await startEmbedded({
    folder: join(settings.dataDir, 'postgres'),
    log: say,
    onBack: () => void onBack().catch(() => undefined), // Else when the next run begins.
    onLost,
  });
  undo.add(() => embedded.stop());
  return embedded.url;
}
