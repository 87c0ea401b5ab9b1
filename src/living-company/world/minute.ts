import type { Intent } from './intent.ts';

/** Spreads keys evenly; the same key always falls on the same number below `count`. */
function spread(key: string, count: number): number {
  let mixed = 0;
  for (const letter of key) mixed = (Math.imul(mixed, 31) + letter.charCodeAt(0)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  return ((mixed ^ (mixed >>> 12)) >>> 0) % count;
}

const EARLY = 420;
const NOON = 720;
const RUN = 900;
const LAST = 1_440;

/**
 * The minute of its day at which something happens. Goods come in before noon, and leave after it;
 * what stands on another thing of the same day comes after it.
 */
export function minuteOf(intent: Intent): number {
  const { kind, key } = intent;
  if (kind === 'stock-transfer') return NOON - 1;
  if (kind === 'consignment') return spread(key, EARLY);
  if (kind === 'withdrawal') return EARLY + spread(key, NOON - 1 - EARLY);
  if (kind === 'payment-run') return RUN;
  if (kind === 'stock-count') return LAST - 3;
  if (kind === 'receipt' || kind === 'confirmation') return spread(key, NOON - 1);
  if (kind === 'delivery' || kind === 'work-order') return NOON + spread(key, NOON);
  if (kind === 'bank-statement') return LAST - 2;
  if (kind === 'recognise-revenue') return LAST - 1;
  if (kind === 'billing-run') return 5;
  if (kind === 'customer-return') return spread(key, LAST - 5);
  if (kind === 'credit-note') return spread(intent.returned, LAST - 5) + 5;
  return spread(key, LAST - 5);
}
