import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type VaultErrorCode =
  | 'vault.bad-key'
  | 'vault.key-from-environment'
  | 'vault.no-secret'
  | 'vault.tampered'
  | 'vault.wrong-key';

/** Makes an error of this module. Its words never hold a secret. */
export function vaultError(
  kind: ErrorKind,
  code: VaultErrorCode,
  message: string,
  more: { readonly cause?: unknown; readonly remedy?: string } = {},
): RialtoError<VaultErrorCode> {
  return new RialtoError(kind, code, message, more);
}
