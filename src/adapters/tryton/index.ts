export { connectTryton } from './connect.ts';
export type { TrytonErrorCode } from './errors.ts';
export { parseTrytonSettings } from './settings.ts';
export type { TrytonSettings } from './settings.ts';
