import { join } from 'node:path';

/** The tables of this area. */
export const receivablesMigrations = {
  name: 'erp_receivables',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
