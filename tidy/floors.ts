/** The house. A module imports from floors below its own: never its own floor, never above. */
export const FLOORS: readonly (readonly string[])[] = [
  ['kernel'],
  ['canonical', 'database'],
  ['access', 'audit', 'llm', 'api-contract', 'vault'],
  ['adapter-kit', 'workflow', 'records'],
  ['postings'],
  ['sync', 'documents', 'reconcile', 'warehouse', 'knowledge', 'erp'],
  ['semantic', 'proposals', 'living-company'],
  ['reports', 'signals'],
  ['assistant', 'execution'], // Neighbours: so the assistant cannot reach execution.
  ['api'],
  ['main'],
];

/** The areas of the embedded ERP, low to high: an area imports only from areas below its own. */
export const ERP_AREAS: readonly (readonly string[])[] = [
  ['company'],
  ['ledger', 'parties', 'items'],
  ['inventory', 'open-items'],
  ['purchasing', 'sales', 'banking'],
  ['payables', 'receivables'], // Invoices come after orders: they know them, not the other way round.
  ['production', 'projects', 'subscriptions'],
  ['gate', 'imports'], // Where the rest of the house comes in as to any ERP.
];

/** Who alone may stand on what can reach an ERP, whatever floor others are on. */
export const OPENED_TO: Readonly<Record<string, readonly string[]>> = {
  postings: ['sync', 'execution', 'main'],
};

/** What an adapter may stand on. */
export const UNDER_ADAPTERS: readonly string[] = ['adapter-kit', 'canonical', 'kernel'];

/** What the browser's code may stand on. */
export const UNDER_WEB: readonly string[] = ['api-contract'];

/** Packages that these modules alone may import, so that replacing them touches few folders. */
export const DRIVERS: Readonly<Record<string, string | readonly string[]>> = {
  pg: ['database', 'adapters/database'],
  'pg-copy-streams': 'database',
  kysely: 'database',
  '@duckdb/node-api': 'warehouse',
  '@node-rs/argon2': 'access',
  croner: 'workflow',
  fastify: 'api',
  undici: 'adapter-kit',
  jose: 'adapter-kit',
  yauzl: 'adapters/file',
  saxes: ['adapters/file', 'erp/banking'],
  ssh2: 'adapters/file',
  'mysql2/promise': 'adapters/database',
  mssql: 'adapters/database',
  oracledb: 'adapters/database',
};
