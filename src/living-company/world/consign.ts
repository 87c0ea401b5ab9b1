import { isoWeekday, partsOf } from '#kernel/time';
import { invoice } from './bill.ts';
import { busynessOn, newKey, putOnShelf, schedule, workday } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import { priceOn } from './buy.ts';
import type { Source } from './catalogue.ts';

const REFILL_DAY = 1; // Monday.
const LEFT_DAYS = 45; // What a supplier leaves here lasts so long.
const TAKEN_DAYS = 14;
const LOW_DAYS = 10;

/**
 * Suppliers leave goods here that are theirs until we take them: on Mondays they fill up, on working
 * days we take what runs low, and on the first days of a month they charge what was taken.
 */
export function consign(branch: Branch, today: Today): void {
  const weekday = isoWeekday(today.on);
  if (partsOf(today.on)[2] === 1) {
    schedule(branch, workday(today, 2), 'bill', (then) => charge(branch, then));
  }
  if (weekday > 5) return;
  for (const shelf of branch.shelves.values()) {
    const source = branch.trade.sources.get(shelf.item.number);
    if (source === undefined || !source.isConsigned) continue;
    if (weekday === REFILL_DAY) fillUp(branch, today, { shelf, source });
    take(branch, today, { shelf, source });
  }
}

type Place = { readonly shelf: Shelf; readonly source: Source };

const perDayOf = ({ demand }: Shelf, { index, on }: Today): number =>
  (demand * busynessOn(index, on)) / 1_000;

function fillUp(branch: Branch, today: Today, { shelf, source }: Place): void {
  const wanted = Math.ceil(perDayOf(shelf, today) * LEFT_DAYS) + 2 * shelf.item.pieces[1];
  if (shelf.consigned * 2 > wanted) return;
  const quantity = wanted - shelf.consigned;
  shelf.consigned += quantity;
  tell(branch, today, { kind: 'consignment', quantity, shelf, source });
}

/** What runs low is taken on the next working day. */
function take(branch: Branch, today: Today, { shelf, source }: Place): void {
  const perDay = perDayOf(shelf, today);
  const there = shelf.free - shelf.waitingFor + shelf.onOrder;
  const low = perDay * LOW_DAYS + 2 * shelf.item.pieces[1];
  const missing = there >= low ? 0 : Math.ceil(perDay * TAKEN_DAYS + low - there);
  const quantity = Math.min(shelf.consigned, missing);
  if (quantity === 0) return;
  shelf.consigned -= quantity;
  shelf.onOrder += quantity;
  schedule(branch, workday(today, 1), 'receive', (then) => {
    shelf.onOrder -= quantity;
    const { key, unitPrice } = tell(branch, then, { kind: 'withdrawal', quantity, shelf, source });
    branch.taken.push({ supplier: source.supplier, withdrawal: key, quantity, unitPrice });
    putOnShelf(shelf, quantity, then);
  });
}

/** Says what came or was taken. Answers by which key, and at what price. */
function tell(
  branch: Branch,
  today: Today,
  of: Place & { readonly kind: 'consignment' | 'withdrawal'; readonly quantity: number },
): { readonly key: string; readonly unitPrice: number } {
  const { kind, quantity, shelf, source } = of;
  const unitPrice = priceOn(today, branch, source.price);
  const key = newKey(branch, kind === 'consignment' ? 'ki' : 'kw');
  today.intents.push({
    kind,
    key,
    on: today.on,
    supplier: source.supplier,
    item: shelf.item.number,
    warehouse: shelf.warehouse,
    quantity,
    unitPrice,
  });
  return { key, unitPrice };
}

/** What was taken and not charged yet is charged. */
function charge(branch: Branch, today: Today): void {
  const all = branch.taken.splice(0);
  for (const [number, taken] of Map.groupBy(all, ({ supplier }) => supplier)) {
    const supplier = branch.suppliers.get(number);
    if (supplier === undefined) continue;
    const lines = taken.map(({ supplier: _supplier, ...line }) => line);
    invoice(branch, today, { supplier, lines });
  }
}
