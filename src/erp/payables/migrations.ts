import { join } from 'node:path';

/** The tables of this area. */
export const payablesMigrations = {
  name: 'erp_payables',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
