/** Why this area refuses. */
export type CompanyProblemCode =
  | 'company.bad-legal-entity'
  | 'company.bad-payment-terms'
  | 'company.bad-rate'
  | 'company.bad-tax-code'
  | 'company.bad-unit'
  | 'company.key-reused'
  | 'company.legal-entity-exists'
  | 'company.moved-on'
  | 'company.no-such-legal-entity'
  | 'company.tax-code-overlaps';
