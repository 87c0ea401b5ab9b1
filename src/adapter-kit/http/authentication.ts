import type { WireRequest } from './wire.ts';

/** Signs requests, and gets a new permission when a host says that the old one has ended. */
export type Authentication = {
  sign(request: WireRequest, stop: AbortSignal): Promise<WireRequest>;
  /** The host answered 401 to a request signed so. True: signing again may help. */
  renew(refused: WireRequest, stop: AbortSignal): Promise<boolean>;
  /** Everything that must never be shown, as of now. */
  secrets(): readonly string[];
};
