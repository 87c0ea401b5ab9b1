export {
  changedKinds,
  forgetChanges,
  keysAfter,
  markNow,
  parseMark,
  readChanges,
  whyLost,
} from './change-feed.ts';
export type { Mark } from './change-feed.ts';
