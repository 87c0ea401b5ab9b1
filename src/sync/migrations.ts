import { join } from 'node:path';

/** The tables of this module. */
export const syncMigrations = {
  name: 'sync',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
