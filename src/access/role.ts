/** What a person may do is what their role lists: `noun:verb`. Nothing is allowed unlisted. */
export const ROLES = {
  viewer: ['integrations:read', 'metrics:read', 'questions:ask', 'records:read', 'session:read'],
  analyst: [
    'integrations:read',
    'metrics:read',
    'quarantine:read',
    'questions:ask',
    'records:export',
    'records:read',
    'runs:read',
    'session:read',
  ],
  admin: [
    'audit:read',
    'integrations:read',
    'integrations:write',
    'metrics:read',
    'people:write',
    'quarantine:read',
    'questions:ask',
    'records:export',
    'records:read',
    'runs:read',
    'runs:write',
    'session:read',
    'warehouse:write',
  ],
} as const satisfies Record<string, readonly `${string}:${string}`[]>;

export type Role = keyof typeof ROLES;

/** Everything a role lists. A role that nobody knows allows nothing. */
export function permissionsOf(role: string): readonly string[] {
  return isRole(role) ? ROLES[role] : [];
}

/** Whether the role lists the permission. */
export const allows = (role: string, permission: string): boolean =>
  permissionsOf(role).includes(permission);

const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
