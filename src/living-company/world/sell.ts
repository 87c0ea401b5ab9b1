import { addDays, isoWeekday } from '#kernel/time';
import { busynessOn, newKey, schedule, shelfKey, spellOn, takesTrick, workday } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import type { Customer, Good } from './catalogue.ts';
import { charge } from './charge.ts';
import type { WantedLine } from './intent.ts';
import { CHANNELS } from './names.ts';
import { inCurrency, SIZES } from './plan.ts';

/** Orders of Monday to Sunday, per mille of an average day. */
const WEEK = [1_420, 1_350, 1_300, 1_260, 1_120, 320, 230];
const QUOTED_PER_MILLE = 35; // Of orders: they come of a quotation.
const LOST_PER_MILLE = 25; // As many quotations as that come to nothing.
const QUOTED_DAYS = 28; // So long a quotation holds.
const LOST = ['too dear', 'too late', 'bought elsewhere', 'put off'];
const PRICE_RISE_PER_MILLE = 28; // A year, each January.

type OpenLine = { readonly shelf: Shelf; readonly line: number; need: number; shipped: boolean } & {
  readonly quantity: number;
};
type OpenOrder = {
  readonly key: string;
  readonly customer: Customer;
  readonly lines: readonly OpenLine[];
  readonly shipsOn: number; // Not before.
};

/** Customers order; what is there is promised to them, what is not they wait for. */
export function sell(branch: Branch, today: Today): void {
  const { index, on, draw } = today;
  const { salesOrdersPerYear } = SIZES[branch.plan.size];
  const perDay = (salesOrdersPerYear * branch.trade.entity.perMille) / 365_000;
  const weekday = WEEK[isoWeekday(on) - 1] ?? 1_000;
  const noise = draw.between(800, 1_200);
  const perMille = (perDay * busynessOn(index, on) * weekday * noise) / 1_000_000;
  const count = Math.floor(perMille / 1_000) + (draw.happens(Math.floor(perMille) % 1_000) ? 1 : 0);
  const customers = weighted(branch.trade.customers, ({ weight }) => weight);
  const goods = weighted(branch.trade.sold, weightsOf(branch, today));
  for (let at = 0; at < count; at += 1) {
    place(branch, today, { customer: customers(draw), goods });
  }
}

type Pick<T> = (draw: Today['draw']) => T;

/** Picks by weight. */
function weighted<T>(all: readonly T[], weightOfEach: (one: T) => number): Pick<T> {
  let sum = 0;
  const ends = all.map((one) => (sum += weightOfEach(one)));
  return (draw) => {
    const at = draw.between(1, sum);
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) >= at) high = middle;
      else low = middle + 1;
    }
    const [found] = all.slice(low, low + 1);
    return found ?? draw.pick(all);
  };
}

/** While a spike lasts, an item is asked for many times as much. */
function weightsOf(branch: Branch, today: Today): (good: Good) => number {
  const isQuiet = branch.trade.sold.every(
    ({ number }) => spellOn(branch, `spike ${number}`, today) === undefined,
  );
  if (isQuiet) return ({ weight }) => weight;
  return ({ number, weight }) =>
    spellOn(branch, `spike ${number}`, today) === undefined ? weight : weight * 6;
}

type Wish = {
  readonly customer: Customer;
  readonly lines: readonly WantedLine[];
  readonly quotation?: string;
};

/** A customer wants something: he orders it, or asks for a quotation first. Some only ask. */
function place(
  branch: Branch,
  today: Today,
  of: { readonly customer: Customer; readonly goods: Pick<Good> },
): void {
  const { draw } = today;
  const { customer } = of;
  const lines = wantedOf(branch, today, of);
  if (draw.happens(LOST_PER_MILLE)) quote(branch, today, { customer, lines }, false);
  if (draw.happens(QUOTED_PER_MILLE)) quote(branch, today, { customer, lines }, true);
  else writeOrder(branch, today, { customer, lines });
}

function wantedOf(
  branch: Branch,
  today: Today,
  { customer, goods }: { readonly customer: Customer; readonly goods: Pick<Good> },
): readonly WantedLine[] {
  const { draw } = today;
  const count = draw.pick([1, 1, 2, 2, 3, 4]);
  const wanted = new Map<string, Good>();
  for (let at = 0; at < count; at += 1) {
    const good = goods(draw);
    wanted.set(good.number, good);
  }
  return [...wanted.values()].map((good) => lineOf(branch, today, { good, customer }));
}

/** What is quoted is ordered within weeks, or lost. */
function quote(branch: Branch, today: Today, wish: Wish, isWon: boolean): void {
  const { on, draw } = today;
  const { customer, lines } = wish;
  const key = newKey(branch, 'sq');
  const validUntil = addDays(on, QUOTED_DAYS);
  today.intents.push({ kind: 'quotation', key, on, customer: customer.number, validUntil, lines });
  const day = workday(today, draw.between(4, QUOTED_DAYS - 4));
  if (isWon) {
    schedule(branch, day, 'ship', (then) => writeOrder(branch, then, { ...wish, quotation: key }));
  } else if (draw.happens(700)) {
    const reason = draw.pick(LOST);
    schedule(branch, day, 'office', (then) =>
      then.intents.push({
        kind: 'quotation-loss',
        key: newKey(branch, 'ql'),
        on: then.on,
        quotation: key,
        reason,
      }),
    );
  } // Else nobody says a word: it expires.
}

function writeOrder(branch: Branch, today: Today, wish: Wish): void {
  const { draw, index, on } = today;
  const { customer, lines, quotation } = wish;
  const key = newKey(branch, 'so');
  const isMispriced = quotation === undefined && takesTrick(branch, 'mispriced-sale');
  const asked = lines.map((line) => (isMispriced ? { ...line, discountPerMille: 700 } : line));
  const shipsOn = workday(today, draw.between(1, 4));
  const promisedOn = addDays(on, shipsOn - index + draw.between(0, 2));
  const channel = quotation === undefined ? draw.pick(CHANNELS) : 'field';
  today.intents.push({
    kind: 'sales-order',
    key,
    on,
    customer: customer.number,
    promisedOn,
    channel,
    ...(quotation === undefined ? {} : { quotation }),
    lines: asked,
  });
  if (isMispriced) {
    today.labels.push({
      kind: 'mispriced-sale',
      from: on,
      to: on,
      why: 'a discount of 70 % was typed: the goods are sold below what they cost',
      documents: [{ kind: 'sales-order', key }],
      parties: [customer.number],
    });
  }
  noteSpikes(branch, today, lines, key);
  promise(branch, today, { key, customer, lines: asked, shipsOn });
}

function noteSpikes(branch: Branch, today: Today, lines: readonly WantedLine[], key: string): void {
  for (const { item } of lines) {
    spellOn(branch, `spike ${item}`, today)?.documents.push({ kind: 'sales-order', key });
  }
}

function lineOf(
  branch: Branch,
  today: Today,
  { good, customer }: { readonly good: Good; readonly customer: Customer },
): WantedLine {
  const { draw, on } = today;
  const places = branch.trade.entity.warehouses.filter(
    ({ kind }) => kind === (good.kind === 'merchandise' ? 'store' : 'plant'),
  );
  const house = places[Number(customer.number.slice(-1)) % places.length];
  const years = Number(on.slice(0, 4)) - Number(branch.plan.startedOn.slice(0, 4));
  const cents = Math.floor((good.price * (1_000 + PRICE_RISE_PER_MILLE * years)) / 1_000);
  return {
    item: good.number,
    quantity: draw.between(...good.pieces),
    unitPrice: inCurrency(cents, customer.currency),
    warehouse: house?.code ?? '',
    ...(customer.discountPerMille === 0 ? {} : { discountPerMille: customer.discountPerMille }),
  };
}

/** Promises what is there; the rest is waited for. */
function promise(
  branch: Branch,
  today: Today,
  of: {
    readonly key: string;
    readonly customer: Customer;
    readonly lines: readonly WantedLine[];
    readonly shipsOn: number;
  },
): void {
  const lines = of.lines.flatMap(({ item, warehouse, quantity }, at): OpenLine[] => {
    const shelf = branch.shelves.get(shelfKey(item, warehouse));
    if (shelf === undefined) return [];
    const given = shelf.waiting.length > 0 ? 0 : Math.min(shelf.free, quantity);
    shelf.free -= given;
    return [{ shelf, line: at + 1, quantity, need: quantity - given, shipped: false }];
  });
  const order: OpenOrder = { key: of.key, customer: of.customer, lines, shipsOn: of.shipsOn };
  for (const line of lines) {
    if (line.need > 0) waitFor(branch, today, order, line);
  }
  schedule(branch, of.shipsOn, 'ship', (then) => ship(branch, then, order));
}

function waitFor(branch: Branch, today: Today, order: OpenOrder, line: OpenLine): void {
  const { shelf } = line;
  shelf.outSince ??= today.on;
  shelf.waitingFor += line.need;
  shelf.outOrders.push(order.key);
  shelf.waiting.push({
    need: line.need,
    order: order.key,
    filled: (then) => {
      line.need = 0;
      if (then.index >= order.shipsOn) ship(branch, then, order);
    },
  });
}

/** What is there of an order leaves. */
function ship(branch: Branch, today: Today, order: OpenOrder): void {
  const ready = order.lines.filter(({ need, shipped }) => need === 0 && !shipped);
  if (ready.length === 0) return;
  for (const line of ready) line.shipped = true;
  const key = newKey(branch, 'dn');
  const lines = ready.map(({ line, quantity }) => ({ line, quantity }));
  today.intents.push({ kind: 'delivery', key, on: today.on, order: order.key, lines });
  const goods = ready.map(({ line, quantity, shelf }) => ({ line, quantity, shelf }));
  charge(branch, today, { order: order.key, delivery: key, customer: order.customer, goods });
}
