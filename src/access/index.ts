export {
  changeRole,
  disablePerson,
  enablePerson,
  resetPerson,
  setPassword,
} from './change-person.ts';
export type { AccessErrorCode } from './errors.ts';
export { accessMigrations } from './migrations.ts';
export { checkPassword } from './password.ts';
export { addPerson, ensureAdministrator, findPerson, listPeople } from './person.ts';
export type { Person, PersonEntry } from './person.ts';
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
export { succeeded, takeTurn } from './sign-in-pace.ts';
export type { Attempt } from './sign-in-pace.ts';
export { newToken, sameToken } from './token.ts';
