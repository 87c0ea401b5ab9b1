import { join } from 'node:path';

/** The tables of this area. */
export const companyMigrations = {
  name: 'erp_company',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
