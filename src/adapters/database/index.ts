export { connectDatabase } from './connect.ts';
export type { DatabaseSettings } from './connect.ts';
export { DIALECTS } from './dialect.ts';
export type { DatabaseSourceErrorCode } from './errors.ts';
export { parseDatabaseProfile } from './profile/profile.ts';
export type { DatabaseProfile } from './profile/profile.ts';
export { SHIPPED_PROFILES, shippedProfile } from './shipped-profiles.ts';
