import { join } from 'node:path';

/** The tables of this area. */
export const purchasingMigrations = {
  name: 'erp_purchasing',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
