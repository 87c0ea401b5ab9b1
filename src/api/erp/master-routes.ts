import { addBankAccount } from './add-bank-account.ts';
import { addSupplierItem } from './add-supplier-item.ts';
import { createAgreement } from './create-agreement.ts';
import { createBom } from './create-bom.ts';
import { createErpItem } from './create-erp-item.ts';
import { createItemGroup } from './create-item-group.ts';
import { createParty } from './create-party.ts';
import { createWarehouse } from './create-warehouse.ts';
import { endBankAccount } from './end-bank-account.ts';
import { findPrice } from './find-price.ts';
import { getErpItem } from './get-erp-item.ts';
import { getParty } from './get-party.ts';
import { getAgreement, listAgreements } from './list-agreements.ts';
import { listErpItems } from './list-erp-items.ts';
import { listParties } from './list-parties.ts';
import { listSerialNumbers } from './list-serial-numbers.ts';
import { listStock } from './list-stock.ts';
import { listStockBalances } from './list-stock-balances.ts';
import { listStockMovements } from './list-stock-movements.ts';
import { listWarehouses } from './list-warehouses.ts';
import { nameItems } from './name-items.ts';
import { nameParties } from './name-parties.ts';
import { PARTY_SETTINGS_ROUTES } from './party-settings-routes.ts';
import { STOCK_COUNT_ROUTES } from './stock-count-routes.ts';
import { STOCK_DOCUMENT_ROUTES } from './stock-document-routes.ts';
import { updateErpItem } from './update-erp-item.ts';
import { updateParty } from './update-party.ts';
import { verifyBankAccount } from './verify-bank-account.ts';

/** Routes about parties, items and stock. */
export const MASTER_ROUTES = [
  listParties,
  nameParties,
  getParty,
  createParty,
  updateParty,
  addBankAccount,
  verifyBankAccount,
  endBankAccount,
  listErpItems,
  nameItems,
  getErpItem,
  createErpItem,
  updateErpItem,
  createItemGroup,
  addSupplierItem,
  createBom,
  findPrice,
  getAgreement,
  listAgreements,
  createAgreement,
  listWarehouses,
  createWarehouse,
  listStock,
  listStockBalances,
  listStockMovements,
  listSerialNumbers,
  ...PARTY_SETTINGS_ROUTES,
  ...STOCK_DOCUMENT_ROUTES,
  ...STOCK_COUNT_ROUTES,
] as const;
