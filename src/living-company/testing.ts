/** A database for companies, for the tests of this module. */
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { NEEDED_TABLES } from './migrations.ts';

/** An installation in which nobody lives yet. */
export const openInstallation = (): Promise<Database> => testDatabase(NEEDED_TABLES);
