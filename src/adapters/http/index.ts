export { connectHttp } from './connect.ts';
export type { HttpAdapter, HttpAdapterSettings } from './connect.ts';
export type { HttpErrorCode } from './errors.ts';
export { credentialsNeeded } from './profile/auth.ts';
export { parseHttpProfile } from './profile/profile.ts';
export type { HttpProfile } from './profile/profile.ts';
export { SHIPPED_PROFILES, shippedProfile } from './shipped-profiles.ts';
export type { Credentials } from './sign-in.ts';
