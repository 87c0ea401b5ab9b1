import { join } from 'node:path';

/** The tables of this area. */
export const importsMigrations = {
  name: 'erp_imports',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
