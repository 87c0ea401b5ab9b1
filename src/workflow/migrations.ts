import { join } from 'node:path';

/** The tables of this module. */
export const workflowMigrations = {
  name: 'workflow',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
