/** Why the gate refuses before any area is asked. */
export type GateProblemCode =
  | 'gate.bad-content'
  | 'gate.currency-differs'
  | 'gate.no-order-line'
  | 'gate.no-such-terms'
  | 'gate.no-target'
  | 'gate.no-warehouse'
  | 'gate.not-offered'
  | 'gate.totals-differ'
  | 'gate.unit-differs'
  | 'gate.warehouse-differs';
