/** A database for companies, for the tests of this module. */
import { testDatabase } from '#database/testing';
import type { Database } from '#database';
import { companyMigrations } from '#erp/company';
import { inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { ledgerMigrations } from '#erp/ledger';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { payablesMigrations } from '#erp/payables';
import { productionMigrations } from '#erp/production';
import { purchasingMigrations } from '#erp/purchasing';
import { receivablesMigrations } from '#erp/receivables';
import { salesMigrations } from '#erp/sales';
import { livingCompanyMigrations } from './migrations.ts';

/** An installation in which nobody lives yet. */
export const openInstallation = (): Promise<Database> =>
  testDatabase([
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
    livingCompanyMigrations,
  ]);
