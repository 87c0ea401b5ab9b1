export type { AccessErrorCode } from './errors.ts';
export { accessMigrations } from './migrations.ts';
export { addPerson, ensureAdministrator, findByPassword } from './person.ts';
export type { Person } from './person.ts';
export { allows, permissionsOf, ROLES } from './role.ts';
export type { Role } from './role.ts';
export {
  closeSession,
  findSession,
  newSignInLink,
  openSession,
  useSignInLink,
} from './session.ts';
export type { Session } from './session.ts';
export { newToken, sameToken } from './token.ts';
