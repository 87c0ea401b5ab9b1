export { connectEmbedded } from './connect.ts';
export type { EmbeddedErrorCode } from './errors.ts';
export type { EmbeddedErp } from './port.ts';
