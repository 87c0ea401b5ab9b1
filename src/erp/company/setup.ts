export { listExchangeRates } from './exchange-rate.ts';
export type { ExchangeRate, RateType, RateWish } from './exchange-rate.ts';
export { answerOf, forgetKeys } from './idempotency-key.ts';
export { updateLegalEntity } from './legal-entity.ts';
export type { LegalEntityDraft } from './legal-entity.ts';
export { setUnits, STANDARD_UNITS, units } from './unit.ts';
export type { Unit } from './unit.ts';
