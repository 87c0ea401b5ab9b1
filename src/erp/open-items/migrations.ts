import { join } from 'node:path';

/** The tables of this area. */
export const openItemsMigrations = {
  name: 'erp_open_items',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
