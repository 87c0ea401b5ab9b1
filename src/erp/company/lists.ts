export { sortedBy } from './sorting.ts';
export type { Sorting } from './sorting.ts';
