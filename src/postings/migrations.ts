import { join } from 'node:path';

/** The tables of this module. */
export const postingsMigrations = {
  name: 'postings',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
