export type { ErpContext } from './context.ts';
export type { CompanyProblemCode } from './errors.ts';
export {
  createLegalEntity,
  findLegalEntity,
  fiscalYearOf,
  listLegalEntities,
  updateLegalEntity,
} from './legal-entity.ts';
export type { LegalEntity, LegalEntityDraft } from './legal-entity.ts';
export { companyMigrations } from './migrations.ts';
export { takeNumbers, takeRange } from './number-series.ts';
export type { NumberRange } from './number-series.ts';
export { accept, refuse } from './result.ts';
export type { Problem, Refusal, Result } from './result.ts';
