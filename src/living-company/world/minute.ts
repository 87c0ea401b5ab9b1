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
const RUN = 900; // Suppliers are paid what is booked and free by then.
const EVENING = 1_200;
const LAST = 1_440;
const DAY = LAST - 5; // What remains is for counts, banks and what is earned by then.

/** From which minute until which; what is not named here may happen at any. */
const HOURS: { readonly [Kind in Intent['kind']]?: readonly [number, number] } = {
  'billing-run': [5, 6],
  consignment: [0, EARLY],
  withdrawal: [EARLY, NOON - 1],
  'stock-transfer': [NOON - 1, NOON],
  receipt: [0, NOON - 1],
  confirmation: [0, NOON - 1],
  'work-order': [NOON, DAY],
  delivery: [NOON, DAY],
  'supplier-invoice': [NOON, RUN],
  'free-invoice': [0, RUN],
  'payment-run': [RUN, RUN + 1],
  'time-sheet': [0, NOON],
  'change-order': [0, NOON],
  progress: [NOON, RUN],
  milestone: [RUN, EVENING],
  'project-bill': [EVENING, EVENING + 100],
  'complete-project': [EVENING + 100, DAY],
  'close-project': [EVENING + 100, DAY],
  'stock-count': [LAST - 3, LAST - 2],
  'bank-statement': [LAST - 2, LAST - 1],
  'recognise-revenue': [LAST - 1, LAST],
};

const within = (kind: Intent['kind'], key: string): number => {
  const [from, until] = HOURS[kind] ?? [0, DAY];
  return from + spread(key, until - from);
};

/**
 * The minute of its day at which something happens. Goods come in before noon, and leave after it;
 * what stands on another thing of the same day never comes before it.
 */
export function minuteOf(intent: Intent): number {
  const { kind, key } = intent;
  const own = within(kind, key);
  if (kind === 'credit-note') return within('customer-return', intent.returned) + 5;
  if (kind !== 'customer-invoice') return own;
  return Math.max(own, ...intent.deliveries.map((delivery) => within('delivery', delivery)));
}
