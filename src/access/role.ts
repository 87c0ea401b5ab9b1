type RoleEntry = {
  readonly title: { readonly en: string; readonly de: string };
  readonly permissions: readonly `${string}:${string}`[];
};

const READ_RECORDS = [
  'company:read',
  'integrations:read',
  'items:read',
  'metrics:read',
  'questions:ask',
  'records:read',
  'stock:read',
] as const;
const READ_ALL = [
  ...READ_RECORDS,
  'audit:read',
  'banking:read',
  'ledger:read',
  'parties:read',
  'payables:read',
  'people:read',
  'production:read',
  'projects:read',
  'purchasing:read',
  'quarantine:read',
  'receivables:read',
  'records:export',
  'runs:read',
  'sales:read',
  'transactions:read',
] as const;

/** What a person may do is what their role lists: `noun:verb`. Nothing is allowed unlisted. */
export const ROLES = {
  administrator: {
    title: { en: 'Administrator', de: 'Administrator' },
    permissions: [
      ...READ_ALL,
      'bank-accounts:verify',
      'banking:post',
      'banking:write',
      'company:write',
      'integrations:write',
      'imports:write',
      'items:write',
      'ledger:close',
      'ledger:post',
      'ledger:write',
      'parties:write',
      'payables:approve',
      'payables:pay',
      'payables:post',
      'people:write',
      'production:post',
      'production:write',
      'projects:approve',
      'projects:post',
      'projects:write',
      'purchasing:approve',
      'purchasing:post',
      'purchasing:write',
      'receivables:approve',
      'receivables:post',
      'requisitions:write',
      'runs:write',
      'sales:approve',
      'sales:post',
      'sales:write',
      'session:read',
      'stock:post',
      'stock:write',
      'transactions:write',
      'vault:write',
      'warehouse:write',
    ],
  },
  'integration-engineer': {
    title: { en: 'Integration engineer', de: 'Integrationsentwickler' },
    permissions: [
      ...READ_RECORDS,
      'integrations:write',
      'quarantine:read',
      'runs:read',
      'runs:write',
      'session:read',
      'transactions:read',
      'transactions:write',
      'warehouse:write',
    ],
  },
  controller: {
    title: { en: 'Controller', de: 'Controlling' },
    permissions: [
      ...READ_RECORDS,
      'bank-accounts:verify',
      'banking:post',
      'banking:read',
      'banking:write',
      'ledger:close',
      'ledger:post',
      'ledger:read',
      'ledger:write',
      'imports:write',
      'parties:read',
      'payables:approve',
      'payables:pay',
      'payables:post',
      'payables:read',
      'production:read',
      'projects:approve',
      'projects:post',
      'projects:read',
      'purchasing:approve',
      'purchasing:read',
      'quarantine:read',
      'receivables:approve',
      'receivables:post',
      'receivables:read',
      'records:export',
      'requisitions:write',
      'runs:read',
      'sales:approve',
      'sales:read',
      'session:read',
      'stock:post',
      'transactions:read',
    ],
  },
  buyer: {
    title: { en: 'Buyer', de: 'Einkauf' },
    permissions: [
      ...READ_RECORDS,
      'items:write',
      'parties:read',
      'parties:write',
      'payables:read',
      'production:read',
      'purchasing:post',
      'purchasing:read',
      'purchasing:write',
      'records:export',
      'requisitions:write',
      'session:read',
    ],
  },
  planner: {
    title: { en: 'Production planner', de: 'Fertigungsplanung' },
    permissions: [
      ...READ_RECORDS,
      'items:write',
      'parties:read',
      'production:post',
      'production:read',
      'production:write',
      'purchasing:post',
      'purchasing:read',
      'purchasing:write',
      'records:export',
      'requisitions:write',
      'sales:read',
      'session:read',
      'stock:post',
    ],
  },
  seller: {
    title: { en: 'Seller', de: 'Verkauf' },
    permissions: [
      ...READ_RECORDS,
      'parties:read',
      'parties:write',
      'production:read',
      'projects:read',
      'projects:write',
      'receivables:read',
      'records:export',
      'sales:post',
      'sales:read',
      'sales:write',
      'session:read',
    ],
  },
  auditor: {
    title: { en: 'Auditor', de: 'Revision' }, // Reads everything, changes nothing.
    permissions: [...READ_ALL, 'session:read'],
  },
  viewer: {
    title: { en: 'Viewer', de: 'Leserecht' },
    permissions: [...READ_RECORDS, 'session:read'],
  },
} as const satisfies Record<string, RoleEntry>;

export type Role = keyof typeof ROLES;

/** Everything a role lists. A role that nobody knows allows nothing. */
export function permissionsOf(role: string): readonly string[] {
  return isRole(role) ? ROLES[role].permissions : [];
}

/** Whether the role lists the permission. */
export const allows = (role: string, permission: string): boolean =>
  permissionsOf(role).includes(permission);

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
