import { join } from 'node:path';

/** The tables of this area. */
export const partiesMigrations = {
  name: 'erp_parties',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
