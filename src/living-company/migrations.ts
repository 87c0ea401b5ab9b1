import { join } from 'node:path';

/** The tables of this module. */
export const livingCompanyMigrations = {
  name: 'living_company',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
