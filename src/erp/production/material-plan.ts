import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** What an order still needs of a component. */
export type Demand = {
  readonly order: string;
  readonly number: string; // The order's.
  readonly component: number;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal; // Neither issued nor reserved; the item's base unit.
  readonly neededOn: LocalDate;
};

/** What is there, or is to come. */
export type Supply = {
  readonly kind: 'stock' | 'purchase-order' | 'work-order';
  readonly id: string; // '' of stock.
  readonly number: string;
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: Decimal;
  readonly on: LocalDate | undefined; // Undefined: it is there.
};

/** What a demand is covered by. */
export type Cover = Demand & {
  readonly pegs: readonly { readonly supply: Supply; readonly quantity: Decimal }[];
  readonly missing: Decimal; // That nothing is there or to come for.
  readonly coveredOn: LocalDate | undefined; // The last of it. Undefined: it is there, or never is.
};

/** An order that cannot begin when it was planned to. */
export type Delay = {
  readonly order: string;
  readonly number: string;
  readonly days: number | undefined; // Undefined: something is missing for good.
  readonly because: readonly Cover[];
};

const ZERO = decimal('0');
const NOW = '';

/** Covers demands in the order they are needed by what is there and what comes first. Pure. */
export function coverDemands(
  demands: readonly Demand[],
  supplies: readonly Supply[],
): readonly Cover[] {
  const left = Map.groupBy(
    supplies
      .map((supply) => ({ supply, open: supply.quantity }))
      .toSorted((a, b) => (a.supply.on ?? NOW).localeCompare(b.supply.on ?? NOW)),
    ({ supply }) => placeOf(supply),
  );
  const covered = demands
    .toSorted((a, b) => a.neededOn.localeCompare(b.neededOn) || a.order.localeCompare(b.order))
    .map((demand): Cover => {
      const pegs: { supply: Supply; quantity: Decimal }[] = [];
      let missing = demand.quantity;
      for (const each of left.get(placeOf(demand)) ?? []) {
        if (compareDecimals(missing, ZERO) <= 0) break;
        const part = compareDecimals(each.open, missing) < 0 ? each.open : missing;
        if (compareDecimals(part, ZERO) <= 0 || each.supply.id === demand.order) continue;
        pegs.push({ supply: each.supply, quantity: part });
        each.open = subtractDecimals(each.open, part);
        missing = subtractDecimals(missing, part);
      }
      const days = pegs.flatMap(({ supply }) => supply.on ?? []).toSorted();
      return { ...demand, pegs, missing, coveredOn: days.at(-1) };
    });
  return covered;
}

/** What is not there in time: missing for good, or to come after it is needed. */
export const shortagesOf = (covers: readonly Cover[]): readonly Cover[] => covers.filter(isShort);

const isShort = ({ missing, coveredOn, neededOn }: Cover): boolean =>
  compareDecimals(missing, ZERO) > 0 || (coveredOn !== undefined && coveredOn > neededOn);

/**
 * The orders that wait for material, with what they make for others: an order that begins late ends
 * late, and so on up to the last. Pure.
 */
export function delaysOf(
  demands: readonly Demand[],
  supplies: readonly Supply[],
): readonly Delay[] {
  let delays: readonly Delay[] = [];
  let shifted = supplies;
  // Each round a delay reaches one level further up; there are no more levels than orders.
  const rounds = new Set(demands.map(({ order }) => order)).size + 1;
  for (let round = 0; round < rounds; round += 1) {
    const before = delays;
    delays = delaysIn(coverDemands(demands, shifted));
    if (sameDelays(before, delays)) break;
    const late = new Map(delays.map(({ order, days }) => [order, days]));
    shifted = supplies.flatMap((supply) => shift(supply, late));
  }
  return delays;
}

/** What an order makes comes as much later as the order begins; never, if it cannot begin. */
function shift(supply: Supply, late: ReadonlyMap<string, number | undefined>): readonly Supply[] {
  if (supply.kind !== 'work-order' || !late.has(supply.id)) return [supply];
  const days = late.get(supply.id);
  if (days === undefined || supply.on === undefined) return [];
  return [{ ...supply, on: addDays(supply.on, days) }];
}

function delaysIn(covers: readonly Cover[]): readonly Delay[] {
  const byOrder = Map.groupBy(shortagesOf(covers), ({ order }) => order);
  return [...byOrder].map(([order, because]) => {
    const days = because.map(({ missing, coveredOn, neededOn }) =>
      compareDecimals(missing, ZERO) > 0 || coveredOn === undefined
        ? undefined
        : daysBetween(neededOn, coveredOn),
    );
    const known = days.filter((each) => each !== undefined);
    return {
      order,
      number: because[0]?.number ?? '',
      days: known.length < days.length ? undefined : Math.max(...known),
      because,
    };
  });
}

const sameDelays = (a: readonly Delay[], b: readonly Delay[]): boolean =>
  a.length === b.length &&
  a.every(({ order, days }, at) => b[at]?.order === order && b[at].days === days);

/**
 * Where a supply is used: the orders that count on it, and those that count on what they make, and
 * so on: who is touched when it is late. Pure.
 */
export function usersOf(covers: readonly Cover[], supply: string): readonly Cover[] {
  const users: Cover[] = [];
  const open = [supply];
  const seen = new Set(open);
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const cover of covers) {
      if (!cover.pegs.some((peg) => peg.supply.id === next)) continue;
      users.push(cover);
      if (seen.has(cover.order)) continue;
      seen.add(cover.order);
      open.push(cover.order);
    }
  }
  return users;
}

const placeOf = ({ item, warehouse }: { item: string; warehouse: string }): string =>
  `${item} ${warehouse}`;
