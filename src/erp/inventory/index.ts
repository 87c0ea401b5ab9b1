export type { InventoryProblemCode } from './errors.ts';
export { inventoryMigrations } from './migrations.ts';
export { moveStock, reverseMovements } from './move-stock.ts';
export type {
  Moved,
  MovementDraft,
  MovementKind,
  MovementSource,
  StockStatus,
} from './movement.ts';
export { addLocations, createWarehouses, listWarehouses, updateWarehouse } from './warehouses.ts';
export type { Warehouse, WarehouseDraft, WarehouseKind } from './warehouses.ts';
