export { atMost, given, sortedBy } from './sorting.ts';
export type { Sorting } from './sorting.ts';
