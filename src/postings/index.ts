export { openBatch, intend } from './intend.ts';
export {
  dismissPosting,
  editPayload,
  retryAll,
  retryPosting,
  settlePosting,
} from './dead-letters.ts';
export { contentHashOf } from './destination.ts';
export type { Destination, PosterDeps } from './destination.ts';
export { dryRun } from './dry-run.ts';
export type { Canonical, DryRun } from './dry-run.ts';
export { isEcho } from './echo.ts';
export { recordExchange } from './exchanges.ts';
export { holdPostings, listHolds, releasePostings } from './hold.ts';
export type { Hold } from './hold.ts';
export type { Attempt } from './journal.ts';
export { listOutages } from './outage.ts';
export type { Outage } from './outage.ts';
export { listBatches } from './list-batches.ts';
export type { Batch } from './list-batches.ts';
export { countPostings, findPosting, listAttempts, listPostings } from './list-postings.ts';
export type { PostingCount, PostingFilter } from './list-postings.ts';
export { postingsMigrations } from './migrations.ts';
export type { Posting, PostingCause, PostingDraft, PostingTarget } from './posting.ts';
export { policyOf, POSTING_POLICY } from './policy.ts';
export type { PostingPolicy } from './policy.ts';
export type { PostingState } from './progress.ts';
export { referenceOf } from './reference.ts';
export { rollBackBatch } from './roll-back.ts';
export type { Rollback } from './roll-back.ts';
export { runPoster } from './run-poster.ts';
export {
  forgetPostingSettings,
  readPostingSettings,
  savePostingSettings,
  standsInFor,
} from './settings.ts';
export type { PostingSettings } from './settings.ts';
export { noteOvertaken, standingOf, writingsOn } from './standing.ts';
export type { Standing } from './standing.ts';
export { supersedePosting } from './supersede.ts';
export { withdrawPosting } from './withdraw.ts';
