import { join } from 'node:path';

/** The tables of this area. */
export const subscriptionsMigrations = {
  name: 'erp_subscriptions',
  folder: join(import.meta.dirname, 'migrations'),
} as const;
