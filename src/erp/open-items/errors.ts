/** Why this area refuses. */
export type OpenItemsProblemCode =
  | 'open-items.already-reversed'
  | 'open-items.amount-not-positive'
  | 'open-items.currencies-differ'
  | 'open-items.journal-refused'
  | 'open-items.moved-on'
  | 'open-items.no-such-allocation'
  | 'open-items.no-such-item'
  | 'open-items.not-enough-open'
  | 'open-items.parties-differ'
  | 'open-items.wrong-effect';
