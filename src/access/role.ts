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
  'ledger:read',
  'parties:read',
  'people:read',
  'quarantine:read',
  'records:export',
  'runs:read',
  'transactions:read',
] as const;

/** What a person may do is what their role lists: `noun:verb`. Nothing is allowed unlisted. */
export const ROLES = {
  administrator: {
    title: { en: 'Administrator', de: 'Administrator' },
    permissions: [
      ...READ_ALL,
      'bank-accounts:verify',
      'company:write',
      'integrations:write',
      'items:write',
      'ledger:close',
      'ledger:post',
      'ledger:write',
      'parties:write',
      'people:write',
      'runs:write',
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
      'ledger:close',
      'ledger:post',
      'ledger:read',
      'ledger:write',
      'parties:read',
      'quarantine:read',
      'records:export',
      'runs:read',
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
      'records:export',
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
