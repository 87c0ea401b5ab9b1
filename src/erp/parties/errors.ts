/** Why the business says no here. Given as a value (`problem.code`), never thrown. */
export type PartiesProblemCode =
  | 'parties.unknown-party'
  | 'parties.number-taken'
  | 'parties.version-conflict'
  | 'parties.invalid'
  | 'parties.invalid-iban'
  | 'parties.account-there'
  | 'parties.unknown-account'
  | 'parties.already-verified'
  | 'parties.same-eyes'
  | 'parties.account-ended';
