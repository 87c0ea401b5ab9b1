import { join } from 'node:path';

/** The tables of this area. */
export const salesMigrations = {
  name: 'erp_sales',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
