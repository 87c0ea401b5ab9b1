export type {
  Adapter,
  BatchWriter,
  Capabilities,
  Connected,
  DocumentAdapter,
  RowAdapter,
  Writer,
} from './adapter.ts';
export type { Arrivals } from './arrivals.ts';
export type { ConnectionCheck } from './connection-check.ts';
export { kitError } from './errors.ts';
export type { AdapterKitErrorCode } from './errors.ts';
export { isJsonObject, NumberLiteral, parseExactJson, printExactJson } from './exact-json.ts';
export type { PrintableJson } from './exact-json.ts';
export type { Exchange, ExchangeLog } from './exchange.ts';
export { OPERATIONS } from './operation.ts';
export type { Operation } from './operation.ts';
export type { Cursor, EntityState, RowProblem, RowsPage, SourceRow } from './row.ts';
export type {
  DocumentProblem,
  DocumentsPage,
  PullFrom,
  SourceDocument,
} from './source-document.ts';
export { outcomeOfFailure } from './failed-write.ts';
export type { Command, Found, Refused, Rejection, Waiting, WriteOutcome } from './write.ts';
