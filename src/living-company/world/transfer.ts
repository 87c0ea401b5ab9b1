import { isoWeekday } from '#kernel/time';
import { busynessOn, newKey, placesOf, putOnShelf, shelfKey } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';

const DAY = 3; // Wednesday: then stores help one another out.
const PLENTY_DAYS = 30;
const LITTLE_DAYS = 6;

/** On Wednesdays a store that has plenty of an item sends some to one that has hardly any. */
export function transfer(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) !== DAY) return;
  for (const item of branch.trade.sold) {
    const shelves = placesOf(branch.trade, item).flatMap(
      (place) => branch.shelves.get(shelfKey(item.number, place)) ?? [],
    );
    const [poor, rich] = [Math.min, Math.max].map((pick) => {
      const days = pick(...shelves.map((shelf) => daysLeft(shelf, today)));
      return shelves.find((shelf) => daysLeft(shelf, today) === days);
    });
    if (poor !== undefined && rich !== undefined && poor !== rich) {
      help(branch, today, { poor, rich });
    }
  }
}

/** For so many days what is free lasts, less what is waited for. */
function daysLeft(shelf: Shelf, { index, on }: Today): number {
  const perDay = (shelf.demand * busynessOn(index, on)) / 1_000;
  return (shelf.free - shelf.waitingFor) / Math.max(0.01, perDay);
}

function help(
  branch: Branch,
  today: Today,
  { poor, rich }: { readonly poor: Shelf; readonly rich: Shelf },
): void {
  const isNeeded = daysLeft(poor, today) < LITTLE_DAYS && daysLeft(rich, today) > PLENTY_DAYS;
  const quantity = Math.floor(rich.free / 3);
  if (!isNeeded || quantity < 2) return;
  rich.free -= quantity;
  today.intents.push({
    kind: 'stock-transfer',
    key: newKey(branch, 'tr'),
    on: today.on,
    item: rich.item.number,
    from: rich.warehouse,
    to: poor.warehouse,
    quantity,
  });
  putOnShelf(poor, quantity, today);
}
