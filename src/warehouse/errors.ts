/** Everything that can go wrong here and is not a bug. */
export type WarehouseErrorCode =
  | 'warehouse.locked' // Another process has the file open.
  | 'warehouse.query-refused' // Not a single SELECT.
  | 'warehouse.query-failed'
  | 'warehouse.out-of-order' // A batch of changes is not in position order.
  | 'warehouse.load-failed'
  | 'warehouse.closed';
