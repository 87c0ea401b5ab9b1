import { z } from 'zod';

/** Everything a role can allow, `noun:verb`. */
export const PERMISSIONS = [
  'audit:read',
  'bank-accounts:verify',
  'banking:post',
  'banking:read',
  'banking:write',
  'company:read',
  'company:write',
  'imports:write',
  'integrations:read',
  'integrations:write',
  'items:read',
  'items:write',
  'ledger:close',
  'ledger:post',
  'ledger:read',
  'ledger:write',
  'metrics:read',
  'parties:read',
  'parties:write',
  'payables:approve',
  'payables:pay',
  'payables:post',
  'payables:read',
  'people:read',
  'people:write',
  'production:post',
  'production:read',
  'production:write',
  'projects:approve',
  'projects:post',
  'projects:read',
  'projects:write',
  'purchasing:approve',
  'purchasing:post',
  'purchasing:read',
  'purchasing:write',
  'questions:ask',
  'quarantine:read',
  'receivables:approve',
  'receivables:post',
  'receivables:read',
  'records:export',
  'records:read',
  'requisitions:write',
  'runs:read',
  'runs:write',
  'sales:approve',
  'sales:post',
  'sales:read',
  'sales:write',
  'session:read',
  'stock:post',
  'stock:read',
  'stock:write',
  'subscriptions:post',
  'subscriptions:read',
  'subscriptions:write',
  'transactions:read',
  'transactions:write',
  'vault:write',
  'warehouse:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Who is signed in and what they may do. */
export const Session = z.strictObject({
  person: z.strictObject({ id: z.string(), name: z.string(), role: z.string() }),
  permissions: z.array(z.enum(PERMISSIONS)),
  expiresAt: z.iso.datetime(),
});
export type Session = Readonly<z.infer<typeof Session>>;

/** A local person's name and password. */
export const Credentials = z.strictObject({
  name: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(500),
});
export type Credentials = Readonly<z.infer<typeof Credentials>>;
