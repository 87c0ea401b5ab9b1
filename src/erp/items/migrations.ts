import { join } from 'node:path';

/** The tables of this area. */
export const itemsMigrations = {
  name: 'erp_items',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
