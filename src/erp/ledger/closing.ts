export { approveBudget, compareBudget, listBudgets, setBudget } from './budget.ts';
export type { Budget, BudgetComparison, BudgetLine } from './budget.ts';
export { closePeriod, closingReasons, openPeriod, softClosePeriod } from './change-period.ts';
export type { ClosingReason, PeriodChange } from './change-period.ts';
export { addCloseTasks, changeCloseTask, listCloseTasks } from './close-task.ts';
export type { CloseTask, CloseTaskChange, CloseTaskDraft } from './close-task.ts';
export { closeYear } from './close-year.ts';
export {
  ADJUSTMENT,
  createFiscalYear,
  findPeriod,
  listPeriodEvents,
  listPeriods,
} from './period.ts';
export type { Period, PeriodEvent, PeriodKey, PeriodStatus } from './period.ts';
export { revaluationDue, revalue } from './revaluation.ts';
export type { Revaluation, Revalued } from './revaluation.ts';
