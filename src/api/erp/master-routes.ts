import { addBankAccount } from './add-bank-account.ts';
import { addSupplierItem } from './add-supplier-item.ts';
import { adjustStock } from './adjust-stock.ts';
import { cancelStockCount } from './cancel-stock-count.ts';
import { changeStockStatus } from './change-stock-status.ts';
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
import { listAgreements } from './list-agreements.ts';
import { listErpItems } from './list-erp-items.ts';
import { listParties } from './list-parties.ts';
import { listStock } from './list-stock.ts';
import { listStockBalances } from './list-stock-balances.ts';
import { listStockCounts } from './list-stock-counts.ts';
import { listStockMovements } from './list-stock-movements.ts';
import { listWarehouses } from './list-warehouses.ts';
import { openStockCount } from './open-stock-count.ts';
import { postStockCount } from './post-stock-count.ts';
import { recordStockCount } from './record-stock-count.ts';
import { reverseStockDocument } from './reverse-stock-document.ts';
import { scrapStock } from './scrap-stock.ts';
import { transferStock } from './transfer-stock.ts';
import { updateErpItem } from './update-erp-item.ts';
import { updateParty } from './update-party.ts';
import { verifyBankAccount } from './verify-bank-account.ts';

/** Routes about parties, items and stock. */
export const MASTER_ROUTES = [
  listParties,
  getParty,
  createParty,
  updateParty,
  addBankAccount,
  verifyBankAccount,
  endBankAccount,
  listErpItems,
  getErpItem,
  createErpItem,
  updateErpItem,
  createItemGroup,
  addSupplierItem,
  createBom,
  findPrice,
  listAgreements,
  createAgreement,
  listWarehouses,
  createWarehouse,
  listStock,
  listStockBalances,
  listStockMovements,
  adjustStock,
  scrapStock,
  changeStockStatus,
  transferStock,
  reverseStockDocument,
  listStockCounts,
  openStockCount,
  recordStockCount,
  postStockCount,
  cancelStockCount,
] as const;
