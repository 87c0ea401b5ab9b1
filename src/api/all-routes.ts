import { addPerson } from './routes/add-person.ts';
import { askQuestion } from './routes/ask-question.ts';
import { cancelRun } from './routes/cancel-run.ts';
import { changeRole } from './routes/change-role.ts';
import { connectIntegration } from './routes/connect-integration.ts';
import { createSignInLink } from './routes/create-sign-in-link.ts';
import { disablePerson } from './routes/disable-person.ts';
import { enablePerson } from './routes/enable-person.ts';
import { getHealth } from './routes/get-health.ts';
import { getItem } from './routes/get-item.ts';
import { getOverview } from './routes/get-overview.ts';
import { getPurchaseOrder } from './routes/get-purchase-order.ts';
import { getRun } from './routes/get-run.ts';
import { getSession } from './routes/get-session.ts';
import { getSupplier } from './routes/get-supplier.ts';
import { listAuditEvents } from './routes/list-audit-events.ts';
import { listIntegrations } from './routes/list-integrations.ts';
import { listItems } from './routes/list-items.ts';
import { listMetrics } from './routes/list-metrics.ts';
import { listPeople } from './routes/list-people.ts';
import { listPurchaseOrders } from './routes/list-purchase-orders.ts';
import { listQuarantine } from './routes/list-quarantine.ts';
import { listRecordChanges } from './routes/list-record-changes.ts';
import { listRoles } from './routes/list-roles.ts';
import { listRuns } from './routes/list-runs.ts';
import { listSuppliers } from './routes/list-suppliers.ts';
import { rebuildWarehouse } from './routes/rebuild-warehouse.ts';
import { resetPerson } from './routes/reset-person.ts';
import { setPassword } from './routes/set-password.ts';
import { signIn } from './routes/sign-in.ts';
import { signOut } from './routes/sign-out.ts';
import { startRun } from './routes/start-run.ts';
import { suggestQuestions } from './routes/suggest-questions.ts';
import { testIntegration } from './routes/test-integration.ts';
import { verifyAudit } from './routes/verify-audit.ts';
import type { Route } from './route.ts';

/** Every JSON route the server answers. */
export const ALL_ROUTES: readonly Route[] = [
  addPerson,
  askQuestion,
  cancelRun,
  changeRole,
  connectIntegration,
  createSignInLink,
  disablePerson,
  enablePerson,
  getHealth,
  getItem,
  getOverview,
  getPurchaseOrder,
  getRun,
  getSession,
  getSupplier,
  listAuditEvents,
  listIntegrations,
  listItems,
  listMetrics,
  listPeople,
  listPurchaseOrders,
  listQuarantine,
  listRecordChanges,
  listRoles,
  listRuns,
  listSuppliers,
  rebuildWarehouse,
  resetPerson,
  setPassword,
  signIn,
  signOut,
  startRun,
  suggestQuestions,
  testIntegration,
  verifyAudit,
];
