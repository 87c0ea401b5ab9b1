export type { LoggedChange } from './change.ts';
export type { WarehouseErrorCode } from './errors.ts';
export { followRecords } from './follow-records.ts';
export type { Following, FollowSettings, FollowState } from './follow-records.ts';
export { openWarehouse } from './open-warehouse.ts';
export type { Freshness, Warehouse, WarehouseSettings } from './open-warehouse.ts';
export { rebuild } from './rebuild.ts';
export { starHash } from './star-hash.ts';
export type { Cell, QueryParameters, QueryResult } from './run-query.ts';
