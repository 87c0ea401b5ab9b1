import { join } from 'node:path';
import { bankingMigrations } from '#erp/banking';
import { companyMigrations } from '#erp/company';
import { inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { ledgerMigrations } from '#erp/ledger';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { payablesMigrations } from '#erp/payables';
import { productionMigrations } from '#erp/production';
import { projectsMigrations } from '#erp/projects';
import { purchasingMigrations } from '#erp/purchasing';
import { receivablesMigrations } from '#erp/receivables';
import { salesMigrations } from '#erp/sales';
import { subscriptionsMigrations } from '#erp/subscriptions';

/** The tables of this module. */
export const livingCompanyMigrations = {
  name: 'living_company',
  folder: join(import.meta.dirname, 'migrations'),
} as const;

/** All tables that a company needs to live, in the order in which they are made. */
export const NEEDED_TABLES = [
  companyMigrations,
  ledgerMigrations,
  itemsMigrations,
  partiesMigrations,
  inventoryMigrations,
  openItemsMigrations,
  purchasingMigrations,
  payablesMigrations,
  salesMigrations,
  receivablesMigrations,
  productionMigrations,
  projectsMigrations,
  subscriptionsMigrations,
  bankingMigrations,
  livingCompanyMigrations,
] as const;
