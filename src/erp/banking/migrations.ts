import { join } from 'node:path';

/** The tables of this area. */
export const bankingMigrations = {
  name: 'erp_banking',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
