export type { BookedDocument } from './book-documents.ts';
export type { InventoryProblemCode } from './errors.ts';
export { listCounts } from './list-counts.ts';
export { available, listBalances, listMovements, listPositions } from './list-stock.ts';
export type { Availability } from './list-stock.ts';
export { lockPositions } from './lock-positions.ts';
export { inventoryMigrations } from './migrations.ts';
export { moveStock, reverseMovements } from './move-stock.ts';
export type { Moved, MovementDraft, MovementSource, StockStatus } from './movement.ts';
export { proposeFefo } from './propose-batches.ts';
export { listReservations, pick, release, reserve } from './reservations.ts';
export type { ReservationDraft } from './reservations.ts';
export { listShipmentLines, receiveShipments, shipStock } from './shipments.ts';
export { cancelCount, openCount, postCount, recordCount } from './stock-counts.ts';
export {
  adjustStock,
  changeStatus,
  correctCosts,
  reverseDocuments,
  scrapStock,
  transferStock,
  withdrawConsignment,
} from './stock-documents.ts';
export { addLocations, createWarehouses, listWarehouses, updateWarehouse } from './warehouses.ts';
