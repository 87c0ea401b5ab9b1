import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessMigrations } from '#access';
import { auditMigrations } from '#audit';
import { migrate, openDatabase, startEmbedded } from '#database';
import type { Database } from '#database';
import { bankingMigrations } from '#erp/banking';
import { companyMigrations } from '#erp/company';
import { importsMigrations } from '#erp/imports';
import { inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { ledgerMigrations } from '#erp/ledger';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { payablesMigrations } from '#erp/payables';
import { productionMigrations } from '#erp/production';
import { projectsMigrations } from '#erp/projects';
import { purchasingMigrations } from '#erp/purchasing';
import { receivablesMigrations } from '#erp/receivables';
import { salesMigrations } from '#erp/sales';
import { subscriptionsMigrations } from '#erp/subscriptions';
import { livingCompanyMigrations } from '#living-company';
import { postingsMigrations } from '#postings';
import { recordsMigrations } from '#records';
import { recoverRuns, syncMigrations } from '#sync';
import { vaultMigrations } from '#vault';
import { workflowMigrations } from '#workflow';
import { mainError } from './errors.ts';
import type { Opening } from './opening.ts';
import type { Settings } from './settings.ts';

/** Left in a folder whose records `DATABASE_URL` names. */
const ELSEWHERE = 'database-elsewhere';

const MODULES = [
  accessMigrations,
  auditMigrations,
  vaultMigrations,
  recordsMigrations,
  workflowMigrations,
  postingsMigrations,
  syncMigrations,
  companyMigrations,
  ledgerMigrations,
  itemsMigrations,
  partiesMigrations,
  inventoryMigrations,
  openItemsMigrations,
  bankingMigrations,
  purchasingMigrations,
  payablesMigrations,
  salesMigrations,
  receivablesMigrations,
  productionMigrations,
  projectsMigrations,
  subscriptionsMigrations,
  livingCompanyMigrations,
  importsMigrations,
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
  if (settings.databaseUrl === undefined) checkOwn(settings.dataDir);
  const url = settings.databaseUrl ?? (await startOwn(settings, opening, markRuns));
  stop.throwIfAborted();
  const database = await openDatabase({ url });
  undo.add(() => database.close());
  await migrate(database, MODULES);
  if (settings.databaseUrl !== undefined) writeFileSync(join(settings.dataDir, ELSEWHERE), '');
  opened = database;
  await markRuns();
  return database;
}

/** A folder whose records are elsewhere must not quietly get an empty database of its own. */
function checkOwn(dataDir: string): void {
  const hasOwn = existsSync(join(dataDir, 'postgres', 'cluster'));
  if (hasOwn || !existsSync(join(dataDir, ELSEWHERE))) return;
  throw mainError('invalid', 'main.bad-setting', `opening ${dataDir}: its records are elsewhere`, {
    remedy: 'Set DATABASE_URL as before, or choose another folder with --data-dir.',
  });
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
