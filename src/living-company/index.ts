export { openWorld } from './world/world.ts';
export type { World } from './world/world.ts';
export type { Plan, Size } from './world/plan.ts';
