import type { Export } from './export.ts';
import { exportAuditEvents, exportPeople } from './exports/administration.ts';
import { exportConflicts } from './exports/conflicts.ts';
import {
  exportItems,
  exportPurchaseOrders,
  exportRecordChanges,
  exportSuppliers,
} from './exports/records.ts';
import {
  exportDrift,
  exportExchanges,
  exportIntegrations,
  exportMappingVersions,
  exportQuarantine,
  exportRuns,
  exportSchedules,
} from './exports/sources.ts';
import { exportBatches, exportDeadLetters, exportTransactions } from './exports/transactions.ts';
import { exportWebhookDeliveries } from './exports/webhooks.ts';

/** Every list that can be had as CSV. */
export const ALL_EXPORTS: readonly Export[] = [
  exportSuppliers,
  exportItems,
  exportPurchaseOrders,
  exportRecordChanges,
  exportIntegrations,
  exportMappingVersions,
  exportSchedules,
  exportDrift,
  exportRuns,
  exportExchanges,
  exportWebhookDeliveries,
  exportQuarantine,
  exportTransactions,
  exportDeadLetters,
  exportBatches,
  exportConflicts,
  exportPeople,
  exportAuditEvents,
];
