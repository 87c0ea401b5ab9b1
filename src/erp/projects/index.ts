export { customersServed } from './customers-served.ts';
export type { ChangeOrder, ChangeOrderStatus } from './change-order.ts';
export { createChangeOrders, decideChangeOrders } from './change-orders.ts';
export type { ChangeOrderDraft } from './change-orders.ts';
export { createProjects } from './create-projects.ts';
export type { PlanChange } from './decide-plan.ts';
export type { ProjectsProblemCode } from './errors.ts';
export { projectsMigrations } from './migrations.ts';
export type { Plan } from './plan.ts';
export { postTimeSheets } from './post-time.ts';
export { progressOf, reachedOf, reachMilestones, reportProgress } from './progress.ts';
export { STEPS } from './project.ts';
export type { Project, ProjectStatus } from './project.ts';
export { changeOrdersToDecide, listChangeOrders } from './read-change-orders.ts';
export { projectHealth } from './read-health.ts';
export {
  findPlans,
  findProjects,
  listPlans,
  listProjects,
  projectHistory,
} from './read-projects.ts';
export { listTimeSheets } from './read-time.ts';
export { createResources, listResources, updateResources } from './resource.ts';
export { reverseTimeSheets } from './reverse-time.ts';
export { planProjects, steerProjects } from './steer-projects.ts';
