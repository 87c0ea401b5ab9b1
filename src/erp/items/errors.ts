/** Why the business says no here. Given as a value (`problem.code`), never thrown. */
export type ItemsProblemCode =
  | 'items.unknown-item'
  | 'items.unknown-group'
  | 'items.number-taken'
  | 'items.code-taken'
  | 'items.version-conflict'
  | 'items.invalid'
  | 'items.unknown-unit'
  | 'items.not-exact'
  | 'items.cycle'
  | 'items.unknown-price'
  | 'items.unknown-price-list'
  | 'items.unknown-agreement'
  | 'items.agreement-not-valid'
  | 'items.agreement-exceeded';
