import { z } from 'zod';
import { AuditQuery } from './audit.ts';
import { ChangeQuery } from './change.ts';
import { ConflictQuery } from './conflict.ts';
import { DriftQuery, ExchangeQuery, MappingVersionQuery, ScheduleQuery } from './connection.ts';
import { IntegrationQuery, QuarantineQuery, RunQuery } from './integration.ts';
import { ItemQuery } from './item.ts';
import { PersonQuery } from './person.ts';
import { PurchaseOrderQuery } from './purchase-order.ts';
import { SupplierQuery } from './supplier.ts';
import { WebhookDeliveryQuery } from './webhook.ts';
import { BatchQuery, DeadLetterQuery, TransactionQuery } from './transaction.ts';

const whole = { page: true, pageSize: true } as const;
/** For programs columns have their names in the API; a spreadsheet gets headings, and numbers that it can read. */
const forPeople = { spreadsheet: z.enum(['en', 'de']).optional() } as const;
const None = z.strictObject({});
const ById = z.strictObject({ id: z.string().max(100) });
const ByName = z.strictObject({ name: z.string().max(100) });

/** Lists that can be had as CSV at `<path>/export.csv`, with the same filters, all pages of them. */
export const EXPORTS = {
  exportSuppliers: {
    path: '/v1/suppliers/export.csv',
    params: None,
    query: SupplierQuery.omit(whole).extend(forPeople),
  },
  exportItems: {
    path: '/v1/items/export.csv',
    params: None,
    query: ItemQuery.omit(whole).extend(forPeople),
  },
  exportPurchaseOrders: {
    path: '/v1/purchase-orders/export.csv',
    params: None,
    query: PurchaseOrderQuery.omit(whole).extend(forPeople),
  },
  exportRecordChanges: {
    path: '/v1/records/:id/changes/export.csv',
    params: ById,
    query: ChangeQuery.omit(whole).extend(forPeople),
  },
  exportIntegrations: {
    path: '/v1/integrations/export.csv',
    params: None,
    query: IntegrationQuery.omit(whole).extend(forPeople),
  },
  exportMappingVersions: {
    path: '/v1/integrations/:name/mappings/export.csv',
    params: ByName,
    query: MappingVersionQuery.omit(whole).extend(forPeople),
  },
  exportSchedules: {
    path: '/v1/schedules/export.csv',
    params: None,
    query: ScheduleQuery.omit(whole).extend(forPeople),
  },
  exportDrift: {
    path: '/v1/drift/export.csv',
    params: None,
    query: DriftQuery.omit(whole).extend(forPeople),
  },
  exportRuns: {
    path: '/v1/runs/export.csv',
    params: None,
    query: RunQuery.omit(whole).extend(forPeople),
  },
  exportWebhookDeliveries: {
    path: '/v1/integrations/:name/webhook-deliveries/export.csv',
    params: ByName,
    query: WebhookDeliveryQuery.omit(whole).extend(forPeople),
  },
  exportExchanges: {
    path: '/v1/runs/:id/exchanges/export.csv',
    params: ById,
    query: ExchangeQuery.omit(whole).extend(forPeople),
  },
  exportQuarantine: {
    path: '/v1/quarantine/export.csv',
    params: None,
    query: QuarantineQuery.omit(whole).extend(forPeople),
  },
  exportTransactions: {
    path: '/v1/transactions/export.csv',
    params: None,
    query: TransactionQuery.omit(whole).extend(forPeople),
  },
  exportDeadLetters: {
    path: '/v1/dead-letters/export.csv',
    params: None,
    query: DeadLetterQuery.omit(whole).extend(forPeople),
  },
  exportConflicts: {
    path: '/v1/conflicts/export.csv',
    params: None,
    query: ConflictQuery.omit(whole).extend(forPeople),
  },
  exportBatches: {
    path: '/v1/batches/export.csv',
    params: None,
    query: BatchQuery.omit(whole).extend(forPeople),
  },
  exportPeople: {
    path: '/v1/people/export.csv',
    params: None,
    query: PersonQuery.omit(whole).extend(forPeople),
  },
  exportAuditEvents: {
    path: '/v1/audit-events/export.csv',
    params: None,
    query: AuditQuery.omit({ ...whole, sort: true }).extend(forPeople), // As the chain runs.
  },
} as const;

export type ExportName = keyof typeof EXPORTS;
