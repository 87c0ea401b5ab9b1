import { join } from 'node:path';

/** The tables of this module. */
export const accessMigrations = {
  name: 'access',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
