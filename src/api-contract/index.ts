export type { DryRunWork, Rebuild } from './work.ts';
export { AuditEventRow } from './audit.ts';
export { Money, RecordRef, Source } from './common.ts';
export type { Page } from './common.ts';
export {
  Integration,
  QuarantineItem,
  Run,
} from './integration.ts';
export {
  AdapterEntry,
  Drift,
  Exchange,
  IntegrationDetail,
  NewIntegration,
} from './connection.ts';
export { ItemDetail, ItemRow } from './item.ts';
export { Person, RoleName } from './person.ts';
export { Problem } from './problem.ts';
export { PurchaseOrderDetail, PurchaseOrderRow } from './purchase-order.ts';
export { Answer, Catalogue, Question, Suggestion } from './question.ts';
export { EXPORTS } from './exports.ts';
export type { ExportName } from './exports.ts';
export { ROUTES } from './routes.ts';
export type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteName, Shape } from './routes.ts';
export { PERMISSIONS } from './session.ts';
export type { Permission } from './session.ts';
export { StreamEvent } from './stream.ts';
export { SupplierDetail, SupplierRow } from './supplier.ts';
