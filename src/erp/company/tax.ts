export { addTaxCodes, endTaxCode, standardTaxCodes, taxCodes, taxOn } from './tax-code.ts';
export type { TaxCode } from './tax-code.ts';
export { isSelfAssessed, taxesOf, taxTermsOn, telescoped } from './tax-totals.ts';
