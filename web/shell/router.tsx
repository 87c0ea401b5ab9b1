import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { AskPage } from '../pages/ask/ask-page.tsx';
import { wordsOf } from '../api/lists.ts';
import { ERP_WORDS } from '../shared/erp-areas.ts';
import { withWords } from '../shared/word-lists.ts';
import { NotFound } from '../shared/not-found.tsx';
import { parseSearch, pickSearch, printSearch } from '../shared/url.ts';
import { PageFailure } from './page-failure.tsx';
import { Root } from './root.tsx';

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const taking =
  (...names: string[]) =>
  (search: Record<string, unknown>) =>
    pickSearch(search, names);

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: AskPage,
    validateSearch: taking('q', 'after'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/suppliers',
    validateSearch: taking(...wordsOf('listSuppliers')),
    component: lazyRouteComponent(() => import('../pages/suppliers-page.tsx'), 'SuppliersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/suppliers/$id',
    validateSearch: taking(...wordsOf('listRecordChanges')),
    component: lazyRouteComponent(() => import('../pages/supplier-page.tsx'), 'SupplierPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/items',
    validateSearch: taking(...wordsOf('listItems')),
    component: lazyRouteComponent(() => import('../pages/items-page.tsx'), 'ItemsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/items/$id',
    validateSearch: taking(...wordsOf('listRecordChanges')),
    component: lazyRouteComponent(() => import('../pages/item-page.tsx'), 'ItemPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/purchase-orders',
    validateSearch: taking(...wordsOf('listPurchaseOrders')),
    component: lazyRouteComponent(() => import('../pages/orders-page.tsx'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/purchase-orders/$id',
    validateSearch: taking(...wordsOf('listRecordChanges')),
    component: lazyRouteComponent(() => import('../pages/order-page.tsx'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/integrations',
    validateSearch: taking(...wordsOf('listIntegrations')),
    component: lazyRouteComponent(
      () => withWords('connections', () => import('../pages/connections/integrations-page.tsx')),
      'IntegrationsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/integrations/$name',
    component: lazyRouteComponent(
      () => withWords('connections', () => import('../pages/connections/connection-page.tsx')),
      'ConnectionPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/integrations/$name/mapping',
    validateSearch: taking(...wordsOf('listMappingVersions'), 'version', 'from'),
    component: lazyRouteComponent(
      () => withWords('connections', () => import('../pages/connections/mapping-page.tsx')),
      'MappingPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/connect',
    validateSearch: taking('adapter', 'name'),
    component: lazyRouteComponent(
      () => withWords('connections', () => import('../pages/connections/connect-page.tsx')),
      'ConnectPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/transactions',
    validateSearch: taking(...wordsOf('listTransactions')),
    component: lazyRouteComponent(
      () => import('../pages/transactions/transactions-page.tsx'),
      'TransactionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/transactions/$id',
    component: lazyRouteComponent(
      () => import('../pages/transactions/transaction-page.tsx'),
      'TransactionPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/dead-letters',
    validateSearch: taking(...wordsOf('listDeadLetters')),
    component: lazyRouteComponent(
      () => import('../pages/transactions/dead-letters-page.tsx'),
      'DeadLettersPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/batches',
    validateSearch: taking(...wordsOf('listBatches')),
    component: lazyRouteComponent(
      () => import('../pages/transactions/batches-page.tsx'),
      'BatchesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/schedules',
    validateSearch: taking(...wordsOf('listSchedules')),
    component: lazyRouteComponent(
      () => withWords('connections', () => import('../pages/connections/schedules-page.tsx')),
      'SchedulesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/conflicts',
    validateSearch: taking(...wordsOf('listConflicts')),
    component: lazyRouteComponent(() => import('../pages/conflicts-page.tsx'), 'ConflictsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/conflicts/$id',
    component: lazyRouteComponent(
      () => import('../pages/conflict/conflict-page.tsx'),
      'ConflictPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/drift',
    validateSearch: taking(...wordsOf('listDrift')),
    component: lazyRouteComponent(() => import('../pages/drift-page.tsx'), 'DriftPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/password',
    component: lazyRouteComponent(() => import('../pages/password-page.tsx'), 'PasswordPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/runs',
    validateSearch: taking(...wordsOf('listRuns')),
    component: lazyRouteComponent(() => import('../pages/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/runs/$id',
    validateSearch: taking(...wordsOf('listExchanges'), 'tab'),
    component: lazyRouteComponent(() => import('../pages/run/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/quarantine',
    validateSearch: taking(...wordsOf('listQuarantine')),
    component: lazyRouteComponent(() => import('../pages/quarantine-page.tsx'), 'QuarantinePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/people',
    validateSearch: taking(...wordsOf('listPeople')),
    component: lazyRouteComponent(() => import('../pages/people/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/warehouse',
    component: lazyRouteComponent(() => import('../pages/warehouse-page.tsx'), 'WarehousePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    validateSearch: taking(...wordsOf('listAuditEvents')),
    component: lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/erp',
    validateSearch: taking(...ERP_WORDS),
    component: lazyRouteComponent(
      () => withWords('erp', () => import('../pages/erp/start-page.tsx')),
      'StartPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/erp/$list',
    validateSearch: taking(...ERP_WORDS),
    component: lazyRouteComponent(
      () => withWords('erp', () => import('../pages/erp/list-page.tsx')),
      'ListPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/erp/$list/$id',
    validateSearch: taking(...ERP_WORDS),
    component: lazyRouteComponent(
      () => withWords('erp', () => import('../pages/erp/detail-page.tsx')),
      'DetailPage',
    ),
  }),
] as const;

/** Every page by its address. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch: printSearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
