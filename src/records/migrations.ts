import { join } from 'node:path';

/** The tables of this module. */
export const recordsMigrations = {
  name: 'records',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
