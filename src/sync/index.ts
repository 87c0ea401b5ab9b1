export { SYNC_SENTENCES } from './sentences.ts';
export { listExchanges } from './exchanges.ts';
export type { RunExchange } from './exchanges.ts';
export type { SyncErrorCode } from './errors.ts';
export {
  createIntegration,
  deleteIntegration,
  findIntegration,
  listIntegrations,
  loadIntegration,
  testIntegration,
  updateIntegration,
} from './integration.ts';
export type { Integration, LoadedIntegration } from './integration.ts';
export { loadPack, parsePack } from './load-pack.ts';
export type { AnyPack } from './load-pack.ts';
export type { Pack } from './mapping/pack.ts';
export { syncMigrations } from './migrations.ts';
export { documentReader } from './pull/canonical-of.ts';
export type { DocumentReader } from './pull/canonical-of.ts';
export { changesPlaces } from './pull/pull-state.ts';
export { listQuarantine } from './quarantine.ts';
export type { QuarantineItem } from './quarantine.ts';
export { cancelRun, countRuns, findRun, listRuns, recoverRuns } from './run.ts';
export type { EntitySummary, RunStatus, RunSummary } from './run.ts';
export { heldByKind, startSync } from './start-sync.ts';
export type { Adapters, SyncDeps, SyncOptions } from './start-sync.ts';
export type { RunProgress } from './tally.ts';
