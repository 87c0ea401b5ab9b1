import { z } from 'zod';
import { Moment, SEARCH_QUERY, sortOf } from './common.ts';
import { PERMISSIONS } from './session.ts';

/** The roles a person can have; `listRoles` says what each allows. */
export const RoleName = z.enum([
  'administrator',
  'integration-engineer',
  'controller',
  'buyer',
  'planner',
  'seller',
  'auditor',
  'viewer',
]);
export type RoleName = z.infer<typeof RoleName>;

/** A role and everything it allows. */
export const RoleEntry = z.strictObject({
  name: RoleName,
  title: z.strictObject({ en: z.string(), de: z.string() }),
  permissions: z.array(z.enum(PERMISSIONS)),
});

/** Someone who can sign in. */
export const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  email: z.string().optional(),
  hasPassword: z.boolean(), // Else they sign in by link.
  createdAt: Moment,
  signedInAt: Moment.optional(), // Last.
  disabledAt: Moment.optional(), // Absent: may sign in.
});
export type Person = Readonly<z.infer<typeof Person>>;

export const PersonQuery = z.strictObject({
  ...SEARCH_QUERY,
  role: RoleName.optional(),
  status: z.enum(['active', 'disabled']).optional(),
  sort: sortOf(['name', 'email', 'role', 'signedInAt', 'createdAt']), // By name.
});

/** A person to add. They sign in by the link that comes back, and may then set a password. */
export const NewPerson = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).optional(),
  role: RoleName,
});

/** A person and a link that signs them in, once, within half an hour: hand it over safely. */
export const Invited = z.strictObject({
  person: Person,
  path: z.string(), // '/sign-in?token=…'
});

/** A new password for whoever is signed in. `current` is needed when they have one. */
export const NewPassword = z.strictObject({
  current: z.string().max(500).optional(),
  password: z.string().min(1).max(500),
});
