/** Everything that can go wrong here and is not a bug. */
export type WarehouseErrorCode =
  | 'warehouse.locked' // Another process has the file open.
  | 'warehouse.query-refused' // Not a single SELECT.
  | 'warehouse.query-failed'
  | 'warehouse.unreadable' // The file is broken and could not be set aside.
  | 'warehouse.amount-too-large' // Over 30 digits before the point.
  | 'warehouse.load-failed'
  | 'warehouse.closed';
