export { endHistory, readCompany, readTruth, setLive } from './company-state.ts';
export type { CompanyState } from './company-state.ts';
export { openLife } from './live.ts';
export type { Life } from './live.ts';
export { livingCompanyMigrations, NEEDED_TABLES } from './migrations.ts';
export { ENTITIES } from './world/plan.ts';
export { checkNobodyLives, foundCompany, goOnWriting, writeHistory } from './write-history.ts';
export type { History } from './write-history.ts';
