import { addDays, partsOf } from '#kernel/time';
import { drawOf, newKey, putOnShelf, schedule } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import type { Intent } from './intent.ts';

const WHOLE_IN = 12; // The month in which all is counted.
const SOME_IN: readonly number[] = [3, 6, 9];
const COUNTED_MAX = 8; // Items, when some are.
const DIFFERENT_PER_MILLE = 120; // Of items.
const MUCH_MISSING_PER_MILLE = 350; // Of counts.
const ENOUGH = 12; // Pieces of which some may be missing.
const REASONS = [
  'put away wrongly',
  'booked twice',
  'breakage not booked',
  'counted wrongly before',
];

type Difference = Extract<Intent, { kind: 'stock-count' }>['differences'][number];

/**
 * On the last day of a quarter, when all else is done, some items of each warehouse are counted, and
 * in December all of them. It hardly ever agrees, and now and then much is missing.
 */
export function countStock(branch: Branch, today: Today): void {
  const [, month] = partsOf(today.on);
  const isLast = partsOf(addDays(today.on, 1))[2] === 1;
  if (!isLast || (month !== WHOLE_IN && !SOME_IN.includes(month))) return;
  for (const { code } of branch.trade.entity.warehouses) {
    count(branch, today, code, month === WHOLE_IN);
  }
}

function count(branch: Branch, today: Today, warehouse: string, isWhole: boolean): void {
  const draw = drawOf(branch, today.index, `count ${warehouse}`);
  const there = [...branch.shelves.values()].filter(
    (shelf) => shelf.warehouse === warehouse && shelf.free > 0,
  );
  const first = draw.between(0, Math.max(0, there.length - COUNTED_MAX));
  const shelves = isWhole ? there : there.slice(first, first + COUNTED_MAX);
  if (shelves.length === 0) return;
  const key = newKey(branch, 'ct');
  const missed = draw.happens(MUCH_MISSING_PER_MILLE)
    ? shelves.find(({ free }) => free >= ENOUGH)
    : undefined;
  const differences = shelves.flatMap((shelf): readonly Difference[] => {
    const { item, free } = shelf;
    if (shelf === missed) {
      const quantity = -Math.floor(free / 3);
      const reason = 'missing, nobody knows why';
      return [{ item: item.number, quantity, reason }];
    }
    if (!draw.happens(DIFFERENT_PER_MILLE)) return [];
    const some = draw.between(1, Math.max(1, Math.min(3, Math.floor(free / 20))));
    const quantity = draw.happens(400) ? some : -Math.min(some, free);
    return [{ item: item.number, quantity, reason: draw.pick(REASONS) }];
  });
  today.intents.push({
    kind: 'stock-count',
    key,
    on: today.on,
    warehouse,
    ...(isWhole ? {} : { items: shelves.map(({ item }) => item.number) }),
    differences,
  });
  const byItem = new Map(shelves.map((shelf) => [shelf.item.number, shelf]));
  for (const { item, quantity } of differences) book(branch, today, byItem.get(item), quantity);
  if (missed !== undefined) tellMissing(today, { key, missed });
}

/** What is more may be sold from the next day on. */
function book(branch: Branch, today: Today, shelf: Shelf | undefined, quantity: number): void {
  if (shelf === undefined) return;
  if (quantity < 0) shelf.free += quantity;
  else schedule(branch, today.index + 1, 'receive', (then) => putOnShelf(shelf, quantity, then));
}

function tellMissing(today: Today, of: { readonly key: string; readonly missed: Shelf }): void {
  today.labels.push({
    kind: 'stock-shrinkage',
    from: today.on,
    to: today.on,
    why: 'a third of what may be sold was not there when it was counted',
    documents: [{ kind: 'stock-count', key: of.key }],
    items: [of.missed.item.number],
    places: [of.missed.warehouse],
  });
}
