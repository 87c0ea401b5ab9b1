export { capacityOn, loadOf } from './capacity-load.ts';
export type { DayLoad, OpenOperation } from './capacity-load.ts';
export { endDowntimes, listDowntimes, recordDowntimes } from './downtime.ts';
export type { Downtime, DowntimeDraft } from './downtime.ts';
export { coverDemands, delaysOf, shortagesOf, usersOf } from './material-plan.ts';
export type { Cover, Delay, Demand, Supply } from './material-plan.ts';
export { readMaterialFacts, readOpenOperations } from './read-plan.ts';
export type { MaterialFacts } from './read-plan.ts';
