import { join } from 'node:path';

/** The tables of this module. */
export const auditMigrations = {
  name: 'audit',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
