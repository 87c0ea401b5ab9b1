export { decideDrift, listDrift } from './drift/decide-drift.ts';
export type { Drift } from './drift/decide-drift.ts';
export { dryRun } from './dry-run/dry-run.ts';
export type { DryRun, DryRunOptions } from './dry-run/dry-run.ts';
export type { Sample, Weight } from './dry-run/weigh.ts';
export type { SyncErrorCode } from './errors.ts';
export {
  createIntegration,
  deleteIntegration,
  findIntegration,
  listIntegrations,
  loadIntegration,
  testIntegration,
} from './integration.ts';
export type { Integration, LoadedIntegration } from './integration.ts';
export { loadPack } from './load-pack.ts';
export type { Pack } from './mapping/pack.ts';
export { diffPacks } from './mapping-versions/diff-packs.ts';
export type { PackDifference } from './mapping-versions/diff-packs.ts';
export {
  followShippedMapping,
  listMappingVersions,
  readMapping,
  restoreMapping,
  saveMapping,
} from './mapping-versions/versions.ts';
export type { MappingEdit, MappingVersion } from './mapping-versions/versions.ts';
export { syncMigrations } from './migrations.ts';
export { listQuarantine } from './quarantine.ts';
export type { QuarantineItem } from './quarantine.ts';
export { cancelRun, countRuns, findRun, listRuns, recoverRuns } from './run.ts';
export type { EntitySummary, RunStatus, RunSummary } from './run.ts';
export { heldByKind, startSync } from './start-sync.ts';
export type { SyncDeps, SyncOptions } from './start-sync.ts';
export type { RunProgress } from './tally.ts';
