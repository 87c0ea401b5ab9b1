export type { Adapter, Capabilities, ConnectionCheck } from './adapter.ts';
export type { Cursor, EntityState, RowProblem, RowsPage, SourceRow } from './row.ts';
