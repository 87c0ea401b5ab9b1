import type { EXPORTS, ROUTES } from '#api-contract';

type Address<Name extends keyof typeof ROUTES> =
  `${(typeof ROUTES)[Name]['method']} ${(typeof ROUTES)[Name]['path']}`;

/**
 * Where each route the pages use is. The compiler holds each against the contract; its schemas
 * stay on the server, which checks every reply before it sends it.
 */
export const ADDRESSES = {
  addPerson: 'POST /v1/people',
  askQuestion: 'POST /v1/questions',
  cancelRun: 'POST /v1/runs/:id/cancel',
  changeRole: 'POST /v1/people/:id/role',
  compareMappings: 'GET /v1/integrations/:name/mappings/:version/differences',
  connectIntegration: 'POST /v1/integrations',
  decideDrift: 'POST /v1/drift/:id/decision',
  deleteIntegration: 'DELETE /v1/integrations/:name',
  deleteSchedule: 'DELETE /v1/integrations/:name/schedule',
  disablePerson: 'POST /v1/people/:id/disable',
  dismissDeadLetter: 'POST /v1/dead-letters/:id/dismiss',
  dryRunIntegration: 'POST /v1/integrations/:name/dry-runs',
  editDeadLetter: 'PUT /v1/dead-letters/:id',
  enablePerson: 'POST /v1/people/:id/enable',
  getHealthOf: 'GET /v1/integrations/:name/health',
  getIntegration: 'GET /v1/integrations/:name',
  getItem: 'GET /v1/items/:id',
  getMapping: 'GET /v1/integrations/:name/mappings/:version',
  getOverview: 'GET /v1/overview',
  getPurchaseOrder: 'GET /v1/purchase-orders/:id',
  getRun: 'GET /v1/runs/:id',
  getSchedule: 'GET /v1/integrations/:name/schedule',
  getSession: 'GET /v1/session',
  getSupplier: 'GET /v1/suppliers/:id',
  getTransaction: 'GET /v1/transactions/:id',
  holdIntegration: 'POST /v1/integrations/:name/hold',
  listAdapters: 'GET /v1/adapters',
  listAuditEvents: 'GET /v1/audit-events',
  listDeadLetters: 'GET /v1/dead-letters',
  listDrift: 'GET /v1/drift',
  listExchanges: 'GET /v1/runs/:id/exchanges',
  listIntegrations: 'GET /v1/integrations',
  listItems: 'GET /v1/items',
  listMappingVersions: 'GET /v1/integrations/:name/mappings',
  listMetrics: 'GET /v1/metrics',
  listPeople: 'GET /v1/people',
  listPurchaseOrders: 'GET /v1/purchase-orders',
  listQuarantine: 'GET /v1/quarantine',
  listRecordChanges: 'GET /v1/records/:id/changes',
  listRoles: 'GET /v1/roles',
  listRuns: 'GET /v1/runs',
  listSuppliers: 'GET /v1/suppliers',
  listTransactions: 'GET /v1/transactions',
  putSchedule: 'PUT /v1/integrations/:name/schedule',
  releaseIntegration: 'DELETE /v1/integrations/:name/hold',
  resetPerson: 'POST /v1/people/:id/reset',
  restoreMapping: 'POST /v1/integrations/:name/mappings/:version/restore',
  retryDeadLetter: 'POST /v1/dead-letters/:id/retry',
  retryDeadLetters: 'POST /v1/dead-letters/retry',
  rollBackBatch: 'POST /v1/batches/:id/rollback',
  saveMapping: 'POST /v1/integrations/:name/mappings',
  setPassword: 'POST /v1/session/password',
  settleDeadLetter: 'POST /v1/dead-letters/:id/settle',
  signIn: 'POST /v1/sessions',
  signOut: 'DELETE /v1/session',
  startRun: 'POST /v1/integrations/:name/runs',
  suggestQuestions: 'GET /v1/question-suggestions',
  testIntegration: 'POST /v1/integrations/:name/test',
  updateIntegration: 'PUT /v1/integrations/:name',
  verifyAudit: 'GET /v1/audit/verify',
} as const satisfies { readonly [Name in keyof typeof ROUTES]?: Address<Name> };

/** A route the pages use. */
export type UsedRoute = keyof typeof ADDRESSES;

/** Lists that can be had as files. */
  withdrawTransaction: 'POST /v1/transactions/:id/withdraw',
export const EXPORT_PATHS = {
  exportSuppliers: '/v1/suppliers/export.csv',
  exportItems: '/v1/items/export.csv',
  exportPurchaseOrders: '/v1/purchase-orders/export.csv',
  exportRuns: '/v1/runs/export.csv',
  exportQuarantine: '/v1/quarantine/export.csv',
  exportAuditEvents: '/v1/audit-events/export.csv',
} as const satisfies { readonly [Name in keyof typeof EXPORTS]?: (typeof EXPORTS)[Name]['path'] };
