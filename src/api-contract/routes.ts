import { z } from 'zod';
import { AuditEventRow, AuditQuery, AuditVerdict, NotedEvent } from './audit.ts';
import { ChangeQuery, RecordChange } from './change.ts';
import { pageOf } from './common.ts';
import {
  Connected,
  Integration,
  IntegrationQuery,
  Overview,
  QuarantineItem,
  QuarantineQuery,
  Run,
  RunQuery,
  SourceCheck,
} from './integration.ts';
import { CONFLICT_ROUTES } from './conflict.ts';
import { NewIntegration } from './connection.ts';
import { CONNECTION_ROUTES } from './connection-routes.ts';
import { BANKING_ROUTES } from './erp/banking.ts';
import { CLOSING_ROUTES } from './erp/closing.ts';
import { COMPANY_ROUTES } from './erp/company.ts';
import { DUNNING_ROUTES } from './erp/dunning.ts';
import { IMPORT_ROUTES } from './erp/imports.ts';
import { INVENTORY_ROUTES } from './erp/inventory.ts';
import { ITEM_ROUTES } from './erp/items.ts';
import { LEDGER_ROUTES } from './erp/ledger.ts';
import { LOGISTICS_ROUTES } from './erp/logistics.ts';
import { OVERVIEW_ROUTES } from './erp/overview.ts';
import { PARTY_ROUTES } from './erp/parties.ts';
import { PAYABLES_ROUTES } from './erp/payables.ts';
import { PRODUCTION_ROUTES } from './erp/production.ts';
import { PRODUCTION_PLANNING_ROUTES } from './erp/production-planning.ts';
import { PROJECTS_ROUTES } from './erp/projects.ts';
import { PURCHASING_ROUTES } from './erp/purchasing.ts';
import { QUOTATION_ROUTES } from './erp/quotations.ts';
import { RECEIVABLES_ROUTES } from './erp/receivables.ts';
import { REQUISITION_ROUTES } from './erp/requisitions.ts';
import { SALES_ROUTES } from './erp/sales.ts';
import { SETUP_ROUTES } from './erp/setup.ts';
import { SUBSCRIPTIONS_ROUTES } from './erp/subscriptions.ts';
import { ItemDetail, ItemQuery, ItemRow } from './item.ts';
import {
  Invited,
  NewPassword,
  NewPerson,
  Person,
  PersonQuery,
  RoleEntry,
  RoleName,
} from './person.ts';
import { LIVING_COMPANY_ROUTES } from './living-company.ts';
import { PurchaseOrderDetail, PurchaseOrderQuery, PurchaseOrderRow } from './purchase-order.ts';
import { Answer, Catalogue, Question, Suggestion } from './question.ts';
import { Credentials, Session } from './session.ts';
import { SupplierDetail, SupplierQuery, SupplierRow } from './supplier.ts';
import { TRANSACTION_ROUTES } from './transaction-routes.ts';
import { WEBHOOK_ROUTES } from './webhook.ts';
import { Rebuild } from './work.ts';

const None = z.strictObject({});
const ById = z.strictObject({ id: z.string().max(100) });
const ByName = z.strictObject({ name: z.string().max(100) });
const Done = z.strictObject({ ok: z.literal(true) });

/** A route as both ends see it. */
export type Shape = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/v1/${string}`;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
};

const NOTHING = { params: None, query: None, body: None } as const;

/** Every route, by the name of its file in the server and its OpenAPI operation id. */
export const ROUTES = {
  getHealth: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/health',
    reply: z.strictObject({ ok: z.literal(true), version: z.string() }),
  },
  signIn: { ...NOTHING, method: 'POST', path: '/v1/sessions', body: Credentials, reply: Session },
  getSession: { ...NOTHING, method: 'GET', path: '/v1/session', reply: Session },
  signOut: { ...NOTHING, method: 'DELETE', path: '/v1/session', reply: Done },
  createSignInLink: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/sign-in-links',
    reply: z.strictObject({ path: z.string() }), // '/sign-in?token=…': works once.
  },
  askQuestion: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/questions',
    body: Question,
    reply: Answer,
  },
  suggestQuestions: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/question-suggestions',
    query: z.strictObject({
      text: z.string().max(500).default(''),
      locale: z.enum(['en', 'de']).default('en'),
    }),
    reply: z.strictObject({ items: z.array(Suggestion) }),
  },
  listMetrics: { ...NOTHING, method: 'GET', path: '/v1/metrics', reply: Catalogue },
  listSuppliers: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/suppliers',
    query: SupplierQuery,
    reply: pageOf(SupplierRow),
  },
  getSupplier: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/suppliers/:id',
    params: ById,
    reply: SupplierDetail,
  },
  listItems: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/items',
    query: ItemQuery,
    reply: pageOf(ItemRow),
  },
  getItem: { ...NOTHING, method: 'GET', path: '/v1/items/:id', params: ById, reply: ItemDetail },
  listPurchaseOrders: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/purchase-orders',
    query: PurchaseOrderQuery,
    reply: pageOf(PurchaseOrderRow),
  },
  getPurchaseOrder: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/purchase-orders/:id',
    params: ById,
    reply: PurchaseOrderDetail,
  },
  listRecordChanges: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/records/:id/changes',
    params: ById,
    query: ChangeQuery,
    reply: pageOf(RecordChange),
  },
  listIntegrations: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/integrations',
    query: IntegrationQuery,
    reply: pageOf(Integration),
  },
  connectIntegration: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations',
    body: NewIntegration,
    reply: Connected,
  },
  testIntegration: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/test',
    params: ByName,
    reply: z.strictObject({ items: z.array(SourceCheck) }),
  },
  startRun: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/integrations/:name/runs',
    params: ByName,
    body: z.strictObject({
      acceptDeletions: z.boolean().default(false),
      full: z.boolean().default(false), // Also what the source says has not changed.
    }),
    reply: Run,
  },
  listRuns: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/runs',
    query: RunQuery,
    reply: pageOf(Run),
  },
  getRun: { ...NOTHING, method: 'GET', path: '/v1/runs/:id', params: ById, reply: Run },
  cancelRun: { ...NOTHING, method: 'POST', path: '/v1/runs/:id/cancel', params: ById, reply: Run },
  listQuarantine: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/quarantine',
    query: QuarantineQuery,
    reply: pageOf(QuarantineItem),
  },
  getOverview: { ...NOTHING, method: 'GET', path: '/v1/overview', reply: Overview },
  rebuildWarehouse: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/warehouse/rebuild',
    reply: z.strictObject({ position: z.string() }),
  },
  startRebuild: { ...NOTHING, method: 'POST', path: '/v1/warehouse/rebuilds', reply: Rebuild },
  getRebuild: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/warehouse/rebuilds/last',
    reply: z.strictObject({ last: Rebuild.nullable() }),
  },
  listAuditEvents: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/audit-events',
    query: AuditQuery,
    reply: pageOf(AuditEventRow), // Newest first.
  },
  verifyAudit: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/audit/verify',
    query: NotedEvent,
    reply: AuditVerdict,
  },
  listRoles: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/roles',
    reply: z.strictObject({ items: z.array(RoleEntry) }),
  },
  listPeople: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/people',
    query: PersonQuery,
    reply: pageOf(Person),
  },
  namePeople: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/people/names',
    reply: z.strictObject({
      items: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    }),
  },
  addPerson: { ...NOTHING, method: 'POST', path: '/v1/people', body: NewPerson, reply: Invited },
  changeRole: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/people/:id/role',
    params: ById,
    body: z.strictObject({ role: RoleName }),
    reply: Person,
  },
  disablePerson: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/people/:id/disable',
    params: ById,
    reply: Person,
  },
  enablePerson: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/people/:id/enable',
    params: ById,
    reply: Person,
  },
  resetPerson: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/people/:id/reset',
    params: ById,
    reply: Invited,
  },
  setPassword: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/session/password',
    body: NewPassword,
    reply: Session,
  },
  ...CONFLICT_ROUTES,
  ...CONNECTION_ROUTES,
  ...TRANSACTION_ROUTES,
  ...WEBHOOK_ROUTES,
  ...COMPANY_ROUTES,
  ...LEDGER_ROUTES,
  ...CLOSING_ROUTES,
  ...OVERVIEW_ROUTES,
  ...PARTY_ROUTES,
  ...ITEM_ROUTES,
  ...IMPORT_ROUTES,
  ...LIVING_COMPANY_ROUTES,
  ...INVENTORY_ROUTES,
  ...LOGISTICS_ROUTES,
  ...PROJECTS_ROUTES,
  ...PURCHASING_ROUTES,
  ...PAYABLES_ROUTES,
  ...SALES_ROUTES,
  ...RECEIVABLES_ROUTES,
  ...SETUP_ROUTES,
  ...SUBSCRIPTIONS_ROUTES,
  ...DUNNING_ROUTES,
  ...BANKING_ROUTES,
  ...REQUISITION_ROUTES,
  ...QUOTATION_ROUTES,
  ...PRODUCTION_ROUTES,
  ...PRODUCTION_PLANNING_ROUTES,
} as const satisfies Record<string, Shape>;

export type RouteName = keyof typeof ROUTES;

/** What a route answers with. */
export type ReplyOf<Name extends RouteName> = z.output<(typeof ROUTES)[Name]['reply']>;

/** What a caller puts in the URL's query, before it is printed as text. */
export type QueryOf<Name extends RouteName> = z.input<(typeof ROUTES)[Name]['query']>;

/** What a caller puts in the path. */
export type ParamsOf<Name extends RouteName> = z.input<(typeof ROUTES)[Name]['params']>;

/** What a caller sends. */
export type BodyOf<Name extends RouteName> = z.input<(typeof ROUTES)[Name]['body']>;
