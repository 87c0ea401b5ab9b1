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
  changeRole: 'POST /v1/people/:id/role',
  cancelRun: 'POST /v1/runs/:id/cancel',
  connectIntegration: 'POST /v1/integrations',
  disablePerson: 'POST /v1/people/:id/disable',
  enablePerson: 'POST /v1/people/:id/enable',
  getItem: 'GET /v1/items/:id',
  getOverview: 'GET /v1/overview',
  getPurchaseOrder: 'GET /v1/purchase-orders/:id',
  getRun: 'GET /v1/runs/:id',
  getSession: 'GET /v1/session',
  getSupplier: 'GET /v1/suppliers/:id',
  listAuditEvents: 'GET /v1/audit-events',
  listIntegrations: 'GET /v1/integrations',
  listItems: 'GET /v1/items',
  listMetrics: 'GET /v1/metrics',
  listPeople: 'GET /v1/people',
  listPurchaseOrders: 'GET /v1/purchase-orders',
  listQuarantine: 'GET /v1/quarantine',
  listRecordChanges: 'GET /v1/records/:id/changes',
  listRoles: 'GET /v1/roles',
  listRuns: 'GET /v1/runs',
  listSuppliers: 'GET /v1/suppliers',
  signOut: 'DELETE /v1/session',
  resetPerson: 'POST /v1/people/:id/reset',
  signIn: 'POST /v1/sessions',
  startRun: 'POST /v1/integrations/:name/runs',
  suggestQuestions: 'GET /v1/question-suggestions',
  testIntegration: 'POST /v1/integrations/:name/test',
  verifyAudit: 'GET /v1/audit/verify',
} as const satisfies { readonly [Name in keyof typeof ROUTES]?: Address<Name> };

/** A route the pages use. */
export type UsedRoute = keyof typeof ADDRESSES;

/** Lists that can be had as files. */
export const EXPORT_PATHS = {
  exportSuppliers: '/v1/suppliers/export.csv',
  exportItems: '/v1/items/export.csv',
  exportPurchaseOrders: '/v1/purchase-orders/export.csv',
  exportRuns: '/v1/runs/export.csv',
  exportQuarantine: '/v1/quarantine/export.csv',
  exportAuditEvents: '/v1/audit-events/export.csv',
} as const satisfies { readonly [Name in keyof typeof EXPORTS]?: (typeof EXPORTS)[Name]['path'] };
