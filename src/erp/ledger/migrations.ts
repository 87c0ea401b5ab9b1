import { join } from 'node:path';

/** The tables of this area, and the laws they hold. */
export const ledgerMigrations = {
  name: 'erp_ledger',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
