import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type SyncErrorCode =
  | 'sync.already-running'
  | 'sync.bad-decision'
  | 'sync.bad-mapping'
  | 'sync.bad-rules'
  | 'sync.cancelled'
  | 'sync.conflict-decided'
  | 'sync.drift'
  | 'sync.integration-exists'
  | 'sync.mapping-moved-on'
  | 'sync.no-conflict'
  | 'sync.no-drift'
  | 'sync.no-integration'
  | 'sync.no-mapping-version'
  | 'sync.no-pack'
  | 'sync.no-rules'
  | 'sync.no-run'
  | 'sync.rules-moved-on'
  | 'sync.not-all-fetched';

/** Makes an error of this module. */
export function syncError(
  kind: ErrorKind,
  code: SyncErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<SyncErrorCode> {
  return new RialtoError(kind, code, message, more);
}
