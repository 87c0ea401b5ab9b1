/** A database for companies, and what has come of one, for the tests of this module. */
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { trialBalance } from '#erp/ledger/reports';
import type { LocalDate } from '#kernel/time';
import { readTruth } from './company-state.ts';
import { NEEDED_TABLES } from './migrations.ts';
import { ENTITIES } from './world/plan.ts';

/** An installation in which nobody lives yet. */
export const openInstallation = (): Promise<Database> => testDatabase(NEEDED_TABLES);

/** What two companies of one plan have in common: the truth, line by line, and all sums. */
export async function outcomeOf(database: Database, to: LocalDate): Promise<string> {
  const truth = (await readTruth(database.kysely)).map(({ line }) => line);
  const sums = await Promise.all(
    ENTITIES.map(({ code: legalEntity }) => trialBalance(database.kysely, { legalEntity, to })),
  );
  return [...truth, ...sums.map((each) => JSON.stringify(each))].join('\n');
}
