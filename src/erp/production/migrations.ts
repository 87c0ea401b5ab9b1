import { join } from 'node:path';

/** The tables of this area. */
export const productionMigrations = {
  name: 'erp_production',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
