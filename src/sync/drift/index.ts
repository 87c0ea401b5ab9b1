export { decideDrift, listDrift } from './decide-drift.ts';
export type { Drift } from './decide-drift.ts';
