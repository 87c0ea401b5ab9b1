export type { VaultErrorCode } from './errors.ts';
export { vaultMigrations } from './migrations.ts';
export { Secret } from './secret.ts';
export { openVault } from './vault.ts';
export type { Vault } from './vault.ts';
