import { BANKING_ROUTES } from './erp/banking-routes.ts';
import { BOOKKEEPING_ROUTES } from './erp/bookkeeping-routes.ts';
import { CLOSING_ROUTES } from './erp/closing-routes.ts';
import { DUNNING_ROUTES } from './erp/dunning-routes.ts';
import { IMPORT_ROUTES } from './erp/import-routes.ts';
import { LIVING_COMPANY_ROUTES } from './erp/living-company-routes.ts';
import { LOGISTICS_ROUTES } from './erp/logistics-routes.ts';
import { MASTER_ROUTES } from './erp/master-routes.ts';
import { ofBooks } from './erp/of-books.ts';
import { PAYABLES_ROUTES } from './erp/payables-routes.ts';
import { PRICE_LIST_ROUTES } from './erp/price-list-routes.ts';
import { PRODUCTION_PLANNING_ROUTES } from './erp/production-planning-routes.ts';
import { PRODUCTION_POSTING_ROUTES } from './erp/production-posting-routes.ts';
import { WORK_ORDER_ROUTES } from './erp/production-routes.ts';
import { PROJECTS_ROUTES } from './erp/projects-routes.ts';
import { PURCHASING_ROUTES } from './erp/purchasing-routes.ts';
import { QUOTATION_ROUTES } from './erp/quotation-routes.ts';
import { RECEIVABLES_ROUTES } from './erp/receivables-routes.ts';
import { REQUISITION_ROUTES } from './erp/requisition-routes.ts';
import { ERP_ROUTES } from './erp/routes.ts';
import { SALES_ROUTES } from './erp/sales-routes.ts';
import { sealed } from './erp/sealed-cursor.ts';
import { SETUP_ROUTES } from './erp/setup-routes.ts';
import { SUBSCRIPTIONS_ROUTES } from './erp/subscriptions-routes.ts';
import { addPerson } from './routes/add-person.ts';
import { askQuestion } from './routes/ask-question.ts';
import { cancelRun } from './routes/cancel-run.ts';
import { changeRole } from './routes/change-role.ts';
import { compareMappings } from './routes/compare-mappings.ts';
import { connectIntegration } from './routes/connect-integration.ts';
import { createBatch } from './routes/create-batch.ts';
import { createSignInLink } from './routes/create-sign-in-link.ts';
import { createTransaction } from './routes/create-transaction.ts';
import { decideConflict } from './routes/decide-conflict.ts';
import { decideDrift } from './routes/decide-drift.ts';
import { deleteIntegration } from './routes/delete-integration.ts';
import { deleteSchedule } from './routes/delete-schedule.ts';
import { disablePerson } from './routes/disable-person.ts';
import { dismissDeadLetter } from './routes/dismiss-dead-letter.ts';
import { dryRunIntegration } from './routes/dry-run-integration.ts';
import { editDeadLetter } from './routes/edit-dead-letter.ts';
import { enablePerson } from './routes/enable-person.ts';
import { getConflict } from './routes/get-conflict.ts';
import { getConflictRules } from './routes/get-conflict-rules.ts';
import { getHealth } from './routes/get-health.ts';
import { getHealthOf } from './routes/get-health-of.ts';
import { getIntegration } from './routes/get-integration.ts';
import { getItem } from './routes/get-item.ts';
import { getMapping } from './routes/get-mapping.ts';
import { getOverview } from './routes/get-overview.ts';
import { getPurchaseOrder } from './routes/get-purchase-order.ts';
import { getRun } from './routes/get-run.ts';
import { getSchedule } from './routes/get-schedule.ts';
import { getSession } from './routes/get-session.ts';
import { getShippedMapping } from './routes/get-shipped-mapping.ts';
import { getSupplier } from './routes/get-supplier.ts';
import { getTransaction } from './routes/get-transaction.ts';
import { getWebhook } from './routes/get-webhook.ts';
import { holdIntegration } from './routes/hold-integration.ts';
import { listAdapters } from './routes/list-adapters.ts';
import { listAuditEvents } from './routes/list-audit-events.ts';
import { listBatches } from './routes/list-batches.ts';
import { listConflictRulesVersions } from './routes/list-conflict-rules-versions.ts';
import { listConflicts } from './routes/list-conflicts.ts';
import { listDeadLetters } from './routes/list-dead-letters.ts';
import { listDrift } from './routes/list-drift.ts';
import { listExchanges } from './routes/list-exchanges.ts';
import { listIntegrations } from './routes/list-integrations.ts';
import { listItems } from './routes/list-items.ts';
import { listMappingVersions } from './routes/list-mapping-versions.ts';
import { listMetrics } from './routes/list-metrics.ts';
import { listPeople } from './routes/list-people.ts';
import { namePeople } from './routes/name-people.ts';
import { listPurchaseOrders } from './routes/list-purchase-orders.ts';
import { listQuarantine } from './routes/list-quarantine.ts';
import { listRecordChanges } from './routes/list-record-changes.ts';
import { listRoles } from './routes/list-roles.ts';
import { listRuns } from './routes/list-runs.ts';
import { listSchedules } from './routes/list-schedules.ts';
import { listSuppliers } from './routes/list-suppliers.ts';
import { listTransactions } from './routes/list-transactions.ts';
import { listWebhookDeliveries } from './routes/list-webhook-deliveries.ts';
import { putSchedule } from './routes/put-schedule.ts';
import { startRebuild } from './routes/start-rebuild.ts';
import { getRebuild } from './routes/get-rebuild.ts';
import { startDryRun } from './routes/start-dry-run.ts';
import { getDryRun } from './routes/get-dry-run.ts';
import { cancelDryRun } from './routes/cancel-dry-run.ts';
import { rebuildWarehouse } from './routes/rebuild-warehouse.ts';
import { releaseIntegration } from './routes/release-integration.ts';
import { resetPerson } from './routes/reset-person.ts';
import { restoreConflictRules } from './routes/restore-conflict-rules.ts';
import { restoreMapping } from './routes/restore-mapping.ts';
import { retireWebhookSecret } from './routes/retire-webhook-secret.ts';
import { retryDeadLetter } from './routes/retry-dead-letter.ts';
import { retryDeadLetters } from './routes/retry-dead-letters.ts';
import { rollBackBatch } from './routes/roll-back-batch.ts';
import { rotateVault } from './routes/rotate-vault.ts';
import { rotateWebhookSecret } from './routes/rotate-webhook-secret.ts';
import { saveConflictRules } from './routes/save-conflict-rules.ts';
import { saveMapping } from './routes/save-mapping.ts';
import { setPassword } from './routes/set-password.ts';
import { setPosting } from './routes/set-posting.ts';
import { settleDeadLetter } from './routes/settle-dead-letter.ts';
import { signIn } from './routes/sign-in.ts';
import { signOut } from './routes/sign-out.ts';
import { startRun } from './routes/start-run.ts';
import { suggestQuestions } from './routes/suggest-questions.ts';
import { testIntegration } from './routes/test-integration.ts';
import { tryTransaction } from './routes/try-transaction.ts';
import { updateIntegration } from './routes/update-integration.ts';
import { verifyAudit } from './routes/verify-audit.ts';
import { withdrawTransaction } from './routes/withdraw-transaction.ts';
import type { Route } from './route.ts';

/** Every JSON route the server answers. */
export const ALL_ROUTES: readonly Route[] = [
  addPerson,
  askQuestion,
  cancelRun,
  changeRole,
  compareMappings,
  connectIntegration,
  createBatch,
  createSignInLink,
  createTransaction,
  decideConflict,
  decideDrift,
  deleteIntegration,
  deleteSchedule,
  disablePerson,
  dismissDeadLetter,
  dryRunIntegration,
  editDeadLetter,
  enablePerson,
  getConflict,
  getConflictRules,
  getHealth,
  getHealthOf,
  getIntegration,
  getItem,
  getMapping,
  getOverview,
  getPurchaseOrder,
  getRun,
  getSchedule,
  getSession,
  getShippedMapping,
  getSupplier,
  getTransaction,
  getWebhook,
  holdIntegration,
  listAdapters,
  listAuditEvents,
  listBatches,
  listConflictRulesVersions,
  listConflicts,
  listDeadLetters,
  listDrift,
  listExchanges,
  listIntegrations,
  listItems,
  listMappingVersions,
  listMetrics,
  listPeople,
  namePeople,
  listPurchaseOrders,
  listQuarantine,
  listRecordChanges,
  listRoles,
  listRuns,
  listSchedules,
  listSuppliers,
  listTransactions,
  listWebhookDeliveries,
  putSchedule,
  startRebuild,
  getRebuild,
  startDryRun,
  getDryRun,
  cancelDryRun,
  rebuildWarehouse,
  releaseIntegration,
  resetPerson,
  restoreConflictRules,
  restoreMapping,
  retireWebhookSecret,
  retryDeadLetter,
  retryDeadLetters,
  rollBackBatch,
  rotateVault,
  rotateWebhookSecret,
  saveConflictRules,
  saveMapping,
  setPassword,
  setPosting,
  settleDeadLetter,
  signIn,
  signOut,
  startRun,
  suggestQuestions,
  testIntegration,
  tryTransaction,
  updateIntegration,
  verifyAudit,
  withdrawTransaction,
  ...ERP_ROUTES,
  ...CLOSING_ROUTES,
  ...BOOKKEEPING_ROUTES,
  ...MASTER_ROUTES,
  ...IMPORT_ROUTES,
  ...LIVING_COMPANY_ROUTES,
  ...LOGISTICS_ROUTES,
  ...PRICE_LIST_ROUTES,
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
  ...WORK_ORDER_ROUTES,
  ...PRODUCTION_POSTING_ROUTES,
  ...PRODUCTION_PLANNING_ROUTES,
].map((each) => sealed(ofBooks(each)));
