export { createRoutings, listRoutings } from './routing.ts';
export type { Routing, RoutingDraft, RoutingOperation } from './routing.ts';
export { addRates, createWorkCentres, listWorkCentres, updateWorkCentres } from './work-centre.ts';
export type { WorkCentre, WorkCentreDraft, WorkCentreRate } from './work-centre.ts';
