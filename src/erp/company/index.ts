export { bookTogether, refusedLate } from './book-together.ts';
export type { Booked } from './book-together.ts';
export { companyCurrencyOf, companyRates } from './company-currency.ts';
export type { RateOf } from './company-currency.ts';
export type { ErpContext } from './context.ts';
export { documentFlow, documentsFrom, linkDocuments, linkNewDocuments } from './document-link.ts';
export type { DocumentLink, DocumentRef } from './document-link.ts';
export type { CompanyProblemCode } from './errors.ts';
export { rateOn, ratesOn, setExchangeRates } from './exchange-rate.ts';
export type { FoundRate } from './exchange-rate.ts';
export { once } from './idempotency-key.ts';
export {
  createLegalEntity,
  findLegalEntity,
  fiscalYearOf,
  listLegalEntities,
} from './legal-entity.ts';
export type { LegalEntity } from './legal-entity.ts';
export { companyMigrations } from './migrations.ts';
export { momentsOf } from './moments.ts';
export type { Name } from './name.ts';
export { takeNumbers, takeNumbersOn, takeRange } from './number-series.ts';
export { dueDates, paymentTerms, setPaymentTerms, STANDARD_TERMS } from './payment-terms.ts';
export type { PaymentTerms } from './payment-terms.ts';
export { accept, refuse } from './result.ts';
export type { Problem, Refusal, Result } from './result.ts';
