import type { Standing } from './standing.tsx';

/** Where a receipt or a delivery stands: what it is, unless it was taken back. */
export const standingOfMoved = (of: {
  readonly kind: 'receipt' | 'delivery' | 'return' | 'reversal';
  readonly reversedBy: string | null;
}): Standing => (of.reversedBy === null ? of.kind : 'reversed');
