import { join } from 'node:path';

/** The tables of this module. */
export const vaultMigrations = {
  name: 'vault',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
