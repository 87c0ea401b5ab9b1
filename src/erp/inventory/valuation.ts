import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';

/** What a receipt has left, first in first out. Its id is the receipt's movement. */
export type Layer = { readonly id: string; readonly quantity: Decimal; readonly value: Decimal };

/**
 * The owned stock of one item in one warehouse, and its worth at the currency's scale. Nothing is
 * worth nothing; stock below zero is worth less than nothing, at the last known cost.
 */
export type Pool = {
  readonly costing: 'moving-average' | 'fifo' | 'standard';
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly lastCost: Decimal; // Of one, when there was some.
  readonly layers: readonly Layer[]; // The oldest first. Only with 'fifo'.
};

/** A movement as valued: what stock gained, and what of a given cost it did not take. */
export type Valued = {
  readonly pool: Pool;
  readonly value: Decimal;
  readonly variance: Decimal;
  readonly uses: readonly Layer[]; // What was taken of which layer.
};

const ZERO = decimal('0');
const COST_PLACES = 6;

const isNegative = (value: Decimal): boolean => compareDecimals(value, ZERO) < 0;
const isPositive = (value: Decimal): boolean => compareDecimals(value, ZERO) > 0;

/**
 * Takes in `quantity` that cost `given` in all. What covers stock below zero goes in at the cost it
 * went out at; the difference is variance: the correction of a cost that came too late.
 */
export function receive(
  pool: Pool,
  quantity: Decimal,
  given: Decimal,
  at: { readonly id: string; readonly scale: number },
): Valued {
  const total = addDecimals(pool.quantity, quantity);
  let value = addDecimals(pool.value, given);
  let layered: Layer | undefined = { id: at.id, quantity, value: given };
  if (isNegative(pool.quantity)) {
    value = isPositive(total)
      ? share(given, total, quantity, at.scale)
      : share(pool.value, total, pool.quantity, at.scale);
    layered = isPositive(total) ? { id: at.id, quantity: total, value } : undefined;
  }
  const gained = subtractDecimals(value, pool.value);
  const begun = pool.costing === 'fifo' && layered !== undefined ? [layered] : [];
  return {
    pool: after(pool, total, value, [...pool.layers, ...begun]),
    value: gained,
    variance: subtractDecimals(given, gained),
    uses: [],
  };
}

/** Takes out `quantity` (above zero) at what it is worth; beyond what is there at the last cost. */
export function issue(pool: Pool, quantity: Decimal, scale: number): Valued {
  const total = subtractDecimals(pool.quantity, quantity);
  if (isNegative(total)) {
    const short = isPositive(pool.quantity) ? negateDecimal(total) : quantity;
    const owed = roundDecimal(multiplyDecimals(short, pool.lastCost), scale);
    const whole = isPositive(pool.quantity) ? pool.value : ZERO;
    const value = negateDecimal(addDecimals(whole, owed));
    return took(pool, total, { value, layers: [], uses: pool.layers });
  }
  if (pool.costing !== 'fifo') {
    const value = share(pool.value, quantity, pool.quantity, scale);
    return took(pool, total, { value: negateDecimal(value), layers: [], uses: [] });
  }
  const { layers, uses, value } = takeLayers(pool.layers, quantity, scale);
  return took(pool, total, { value: negateDecimal(value), layers, uses });
}

/**
 * Takes out what is to leave at a given worth: the reversal of a receipt, a return at its price. As
 * much of that worth as stock can give leaves; the rest is variance. FIFO takes `layer` first.
 */
export function takeBack(
  pool: Pool,
  quantity: Decimal,
  given: Decimal,
  at: { readonly layer: string | undefined; readonly scale: number },
): Valued {
  const total = subtractDecimals(pool.quantity, quantity);
  const wanted = negateDecimal(given);
  if (pool.costing === 'fifo') {
    const own = pool.layers.filter(({ id }) => id === at.layer);
    const others = pool.layers.filter(({ id }) => id !== at.layer);
    const taken = issue({ ...pool, layers: [...own, ...others] }, quantity, at.scale);
    const left = new Map(taken.pool.layers.map((layer) => [layer.id, layer]));
    const layers = pool.layers.flatMap(({ id }) => left.get(id) ?? []); // As they stood.
    const back = { ...taken.pool, layers };
    return { ...taken, pool: back, variance: subtractDecimals(wanted, taken.value) };
  }
  const left = subtractDecimals(pool.value, given);
  if (!isPositive(total) || isNegative(left)) {
    const taken = issue(pool, quantity, at.scale);
    return { ...taken, variance: subtractDecimals(wanted, taken.value) };
  }
  return took(pool, total, { value: wanted, layers: [], uses: [] });
}

/** Puts back what an issue took: its worth, and with FIFO its place in the row. */
export function putBack(
  pool: Pool,
  quantity: Decimal,
  given: Decimal,
  at: {
    readonly id: string;
    readonly uses: readonly Layer[];
    readonly order: ReadonlyMap<string, number>; // Where each layer stands in the row.
    readonly scale: number;
  },
): Valued {
  if (pool.costing !== 'fifo' || isNegative(pool.quantity) || at.uses.length === 0) {
    return receive(pool, quantity, given, at);
  }
  const layers = new Map(pool.layers.map((layer) => [layer.id, layer]));
  let [restQuantity, restValue] = [quantity, given];
  for (const use of at.uses) {
    const now = layers.get(use.id);
    layers.set(use.id, {
      id: use.id,
      quantity: addDecimals(now?.quantity ?? ZERO, use.quantity),
      value: addDecimals(now?.value ?? ZERO, use.value),
    });
    restQuantity = subtractDecimals(restQuantity, use.quantity);
    restValue = subtractDecimals(restValue, use.value);
  }
  // What went out below zero came from no layer: it comes back as one of its own.
  if (isPositive(restQuantity)) {
    layers.set(at.id, { id: at.id, quantity: restQuantity, value: restValue });
  }
  const placeOf = (id: string): number => at.order.get(id) ?? Number.MAX_SAFE_INTEGER;
  const sorted = [...layers.values()].toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
  const total = addDecimals(pool.quantity, quantity);
  return {
    pool: after(pool, total, addDecimals(pool.value, given), sorted),
    value: given,
    variance: ZERO,
    uses: [],
  };
}

/**
 * Corrects what a receipt of `received` cost by `amount`: the share of what is still there changes
 * what stock is worth, never below nothing; the share of what has gone is variance.
 */
export function correctCost(
  pool: Pool,
  amount: Decimal,
  receipt: { readonly received: Decimal; readonly layer: string; readonly scale: number },
): Valued {
  const { received, layer, scale } = receipt;
  const own = pool.layers.find(({ id }) => id === layer);
  const [quantity, value] =
    pool.costing === 'fifo'
      ? [own?.quantity ?? ZERO, own?.value ?? ZERO]
      : [pool.quantity, pool.value];
  const there = compareDecimals(quantity, received) > 0 ? received : quantity;
  const wanted =
    pool.costing === 'standard' || !isPositive(there)
      ? ZERO
      : share(amount, there, received, scale);
  const gained = isNegative(addDecimals(value, wanted)) ? negateDecimal(value) : wanted;
  const layers = pool.layers.map((each) =>
    each === own ? { ...each, value: addDecimals(each.value, gained) } : each,
  );
  return {
    pool: after(pool, pool.quantity, addDecimals(pool.value, gained), layers),
    value: gained,
    variance: subtractDecimals(amount, gained),
    uses: [],
  };
}

/** What `quantity` would be worth now: at the average, or at the last known cost. */
export function worthOf(pool: Pool, quantity: Decimal, scale: number): Decimal {
  return isPositive(pool.quantity)
    ? share(pool.value, quantity, pool.quantity, scale)
    : roundDecimal(multiplyDecimals(pool.lastCost, quantity), scale);
}

function takeLayers(
  layers: readonly Layer[],
  quantity: Decimal,
  scale: number,
): { readonly layers: readonly Layer[]; readonly uses: readonly Layer[]; readonly value: Decimal } {
  const uses: Layer[] = [];
  let open = quantity;
  let value = ZERO;
  let at = 0;
  let rest: Layer | undefined;
  for (; isPositive(open); at += 1) {
    const layer = layers[at];
    if (layer === undefined) throw new Error('assertion failed: layers hold what the pool holds');
    const whole = compareDecimals(layer.quantity, open) <= 0;
    const taken = whole ? layer.quantity : open;
    const worth = whole ? layer.value : share(layer.value, open, layer.quantity, scale);
    uses.push({ id: layer.id, quantity: taken, value: worth });
    value = addDecimals(value, worth);
    open = subtractDecimals(open, taken);
    if (whole) continue;
    rest = {
      id: layer.id,
      quantity: subtractDecimals(layer.quantity, taken),
      value: subtractDecimals(layer.value, worth),
    };
  }
  const left = layers.slice(at);
  return { layers: rest === undefined ? left : [rest, ...left], uses, value };
}

function took(
  pool: Pool,
  total: Decimal,
  taken: {
    readonly value: Decimal;
    readonly layers: readonly Layer[];
    readonly uses: readonly Layer[];
  },
): Valued {
  const value = addDecimals(pool.value, taken.value);
  return {
    pool: after(pool, total, value, taken.layers),
    value: taken.value,
    variance: ZERO,
    uses: taken.uses,
  };
}

/** `amount` × `part` ÷ `whole`, rounded once. */
function share(amount: Decimal, part: Decimal, whole: Decimal, scale: number): Decimal {
  if (compareDecimals(part, whole) === 0) return amount;
  return divideDecimals(multiplyDecimals(amount, part), whole, scale) ?? ZERO;
}

function after(pool: Pool, quantity: Decimal, value: Decimal, layers: readonly Layer[]): Pool {
  const known = isPositive(quantity) ? [value, quantity] : [pool.value, pool.quantity];
  const [worth = ZERO, of = ZERO] = known;
  const lastCost = isPositive(of) ? divideDecimals(worth, of, COST_PLACES) : pool.lastCost;
  return { ...pool, quantity, value, layers, lastCost: lastCost ?? pool.lastCost };
}
