export { readTable } from './read-table.ts';
export type { BroughtFile, ReadTable } from './read-table.ts';
