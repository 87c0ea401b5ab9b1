import { join } from 'node:path';

/** The tables of this area. */
export const inventoryMigrations = {
  name: 'erp_inventory',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
