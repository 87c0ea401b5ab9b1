export type { WarehouseErrorCode } from './errors.ts';
export { openWarehouse } from './open-warehouse.ts';
export type { Warehouse, WarehouseSettings } from './open-warehouse.ts';
export type { Cell, QueryParameters, QueryResult } from './run-query.ts';
