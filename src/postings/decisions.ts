/** What people decide about postings. */
export {
  dismissPosting,
  editPayload,
  retryAll,
  retryPosting,
  settlePosting,
} from './dead-letters.ts';
export { holdPostings, listHolds, releasePostings } from './hold.ts';
export { withdrawPosting } from './withdraw.ts';
