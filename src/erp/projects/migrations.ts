import { join } from 'node:path';

/** The tables of this area. */
export const projectsMigrations = {
  name: 'erp_projects',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
