export { readCompany, readTruth } from './company-state.ts';
export type { CompanyState } from './company-state.ts';
export { livingCompanyMigrations } from './migrations.ts';
export { writeHistory } from './write-history.ts';
export type { History, HistoryProgress } from './write-history.ts';
export type { Plan, Size } from './world/plan.ts';
