export { dryRun } from './dry-run.ts';
export type { DryRun, DryRunOptions } from './dry-run.ts';
