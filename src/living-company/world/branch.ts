import { drawsOf } from '#kernel';
import type { Draw } from '#kernel';
import { addDays, isoWeekday, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Untold } from './bank.ts';
import type { Catalogue, Customer, Good, Supplier, Trade } from './catalogue.ts';
import type { Intent, Label, OddityKind } from './intent.ts';
import { SIZES } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Subscriber } from './subscribe.ts';

/** What is done in which order on a day: what comes in is there for what goes out. */
export const PHASES = ['receive', 'make', 'ship', 'charge', 'collect', 'bill', 'office'] as const;
export type Phase = (typeof PHASES)[number];

/** A day of a legal entity while it is lived. */
export type Today = {
  readonly index: number; // Days since the company began.
  readonly on: LocalDate;
  readonly draw: Draw;
  readonly intents: Intent[];
  readonly labels: Label[];
};
type Task = (today: Today) => void;

/** A line that waits for goods. */
export type Waiting = { need: number; readonly order: string; readonly filled: Task };

/** An item in a warehouse. */
export type Shelf = {
  readonly item: Good;
  readonly warehouse: string;
  readonly demand: number; // Pieces a day, on average, when the company begins.
  free: number; // On hand and promised to nobody.
  onOrder: number;
  consigned: number; // Of the supplier, here.
  waitingFor: number; // By all who wait.
  readonly waiting: Waiting[]; // The longest first.
  outSince: LocalDate | undefined;
  readonly outOrders: string[];
};

/** Something that lasts some days and changes how one behaves. */
export type Spell = { readonly until: number; readonly documents: Label['documents'][number][] };

/** Goods of a supplier that became ours. */
export type Taken = {
  readonly supplier: string;
  readonly withdrawal: string; // Its key.
  readonly quantity: number;
  readonly unitPrice: number;
};

/** What left with one delivery. */
export type Shipped = {
  readonly order: string;
  readonly delivery: string;
  readonly customer: Customer;
  readonly goods: readonly ShippedGood[];
  readonly back?: {
    // What will come back of it, so many working days after it is charged.
    readonly good: ShippedGood;
    readonly reason: string;
    readonly afterDays: number;
    readonly spell?: Spell;
  };
};
type ShippedGood = { readonly line: number; readonly quantity: number; readonly shelf: Shelf };

/** What a customer owes. */
export type Owed = {
  readonly invoice: string; // Its key.
  readonly customer: Customer;
  readonly mayFail?: boolean; // It may become a bad debt.
  readonly paid?: (then: Today) => void; // Told when all of it is.
};

/** A legal entity as it stands on a day. It changes as its days are lived. */
export type Branch = {
  readonly plan: Plan;
  readonly catalogue: Catalogue;
  readonly trade: Trade;
  readonly goods: ReadonlyMap<string, Good>;
  readonly customers: ReadonlyMap<string, Customer>;
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly agenda: Map<number, Map<Phase, Task[]>>;
  readonly tricks: Map<OddityKind, number>; // That wait for an occasion.
  readonly spells: Map<string, Spell>; // By what they lie on.
  readonly uncharged: Map<string, Shipped[]>; // By customer: what a week or a month brings together.
  readonly unpaid: Map<string, Owed[]>; // What customers will pay together.
  readonly toPay: {
    readonly byIndex: number;
    readonly supplier: string;
    readonly invoice: string;
  }[];
  readonly taken: Taken[]; // Of consignment, and not charged yet.
  readonly untold: Untold;
  readonly feeIn: { month: number }; // The bank took its fee last.
  readonly subscribers: Map<string, Subscriber>;
  readonly busy: Set<string>; // Who works for a project.
  readonly projects: { worked: number }; // What hours cost that are not paid yet; minor units.
  readonly keys: { next: number };
  readonly plannedSales: number; // A month, euro cents.
};

const LINES_OF_ORDER = 2.2;
const START_STOCK_DAYS = 40;
const DAYS_OF_YEAR = 365;
const GROWTH_PER_MILLE = 80; // A year.
/** January to December. */
const SEASON = [900, 930, 1_030, 1_060, 1_050, 1_010, 900, 850, 1_060, 1_110, 1_140, 960];

/** Opens a legal entity on the day before it begins, with goods on its shelves. */
export function openBranch(plan: Plan, catalogue: Catalogue, trade: Trade): Branch {
  const goods = new Map(catalogue.goods.map((good) => [good.number, good]));
  const demands = demandsOf(plan, catalogue, trade);
  const shelves = new Map<string, Shelf>();
  for (const [number, perDay] of demands) {
    const item = goods.get(number);
    if (item === undefined) continue;
    const places = placesOf(trade, item);
    for (const warehouse of places) {
      const demand = perDay / places.length;
      const free = Math.max(6, Math.ceil(demand * START_STOCK_DAYS));
      shelves.set(shelfKey(number, warehouse), {
        item,
        warehouse,
        demand,
        free,
        onOrder: 0,
        consigned: 0,
        waitingFor: 0,
        waiting: [],
        outSince: undefined,
        outOrders: [],
      });
    }
  }
  return {
    plan,
    catalogue,
    trade,
    goods,
    customers: new Map(trade.customers.map((each) => [each.number, each])),
    suppliers: new Map(trade.suppliers.map((each) => [each.number, each])),
    shelves,
    agenda: new Map(),
    tricks: new Map(),
    spells: new Map(),
    uncharged: new Map(),
    unpaid: new Map(),
    toPay: [],
    taken: [],
    untold: { strays: [], sentBack: [], out: [] },
    feeIn: { month: 0 },
    subscribers: new Map(),
    busy: new Set(),
    projects: { worked: 0 },
    keys: { next: 1 },
    plannedSales: plannedSalesOf(goods, demands),
  };
}

/** Pieces a day of everything that is sold, and of what that is made of. */
function demandsOf(plan: Plan, catalogue: Catalogue, trade: Trade): ReadonlyMap<string, number> {
  const { salesOrdersPerYear } = SIZES[plan.size];
  const orders = (salesOrdersPerYear * trade.entity.perMille) / 1_000 / DAYS_OF_YEAR;
  const weights = trade.sold.reduce((sum, { weight }) => sum + weight, 0);
  const demands = new Map<string, number>();
  for (const { number, weight, pieces, parts } of trade.sold) {
    const perDay = (orders * LINES_OF_ORDER * weight * (pieces[0] + pieces[1])) / 2 / weights;
    demands.set(number, perDay);
    for (const part of parts) {
      demands.set(part.item, (demands.get(part.item) ?? 0) + perDay * part.quantity * 1.05);
    }
  }
  for (const { number, kind } of catalogue.goods) {
    const isBought = trade.sources.has(number) && kind === 'raw';
    if (isBought && !demands.has(number)) demands.set(number, 0.1);
  }
  return demands;
}

function plannedSalesOf(
  goods: ReadonlyMap<string, Good>,
  demands: ReadonlyMap<string, number>,
): number {
  let cents = 0;
  for (const [number, perDay] of demands) {
    const good = goods.get(number);
    if (good !== undefined && good.kind !== 'raw') cents += good.price * perDay * 30;
  }
  return Math.floor(cents);
}

/** Where an item lies: what is made and what of in the plant, the rest in the stores. */
export function placesOf({ entity }: Trade, item: Good): readonly string[] {
  const kind = item.kind === 'merchandise' ? 'store' : 'plant';
  return entity.warehouses.flatMap((each) => (each.kind === kind ? [each.code] : []));
}

export const shelfKey = (item: string, warehouse: string): string => `${item}@${warehouse}`;

/** How much more or less than on average is asked for on a day, per mille. */
export function busynessOn(index: number, on: LocalDate): number {
  const [, month] = partsOf(on);
  const growth = 1_000 + (GROWTH_PER_MILLE * index) / DAYS_OF_YEAR;
  return ((SEASON[month - 1] ?? 1_000) * growth) / 1_000;
}

/** A key that no other document of the legal entity has. */
export function newKey(branch: Branch, prefix: string): string {
  const { keys } = branch;
  const key = `${prefix}${keys.next}`;
  keys.next += 1;
  return key;
}

/** Notes something for a day to come; for one that has begun it is done on the next. */
export function schedule(branch: Branch, index: number, phase: Phase, task: Task): void {
  const phases = branch.agenda.get(index);
  const tasks = phases?.get(phase);
  if (tasks !== undefined) tasks.push(task);
  else if (phases !== undefined) phases.set(phase, [task]);
  else branch.agenda.set(index, new Map([[phase, [task]]]));
}

/** The first working day that is so many days ahead, or later. */
export function workday(today: Today, ahead: number): number {
  const weekday = isoWeekday(addDays(today.on, ahead));
  return today.index + ahead + Math.max(0, 8 - weekday) * (weekday > 5 ? 1 : 0);
}

/** Whether a trick of a kind waits for an occasion; it is used up. */
export function takesTrick(branch: Branch, kind: OddityKind): boolean {
  const waiting = branch.tricks.get(kind) ?? 0;
  if (waiting === 0) return false;
  branch.tricks.set(kind, waiting - 1);
  return true;
}

/** The spell that lies on something on a day. */
export function spellOn(branch: Branch, what: string, { index }: Today): Spell | undefined {
  const spell = branch.spells.get(what);
  return spell === undefined || spell.until < index ? undefined : spell;
}

/** The draws of a legal entity's day, for one purpose. */
export const drawOf = (branch: Branch, index: number, purpose = ''): Draw =>
  drawsOf(branch.plan.seed, `${branch.trade.entity.code} ${index} ${purpose}`);

/** Puts goods on a shelf: whoever waits longest is served first. */
export function putOnShelf(shelf: Shelf, quantity: number, today: Today): void {
  shelf.free += quantity;
  if (shelf.waiting.length === 0) return;
  for (const waiting of shelf.waiting) {
    const given = Math.min(waiting.need, shelf.free);
    waiting.need -= given;
    shelf.waitingFor -= given;
    shelf.free -= given;
    if (waiting.need === 0) waiting.filled(today);
  }
  while (shelf.waiting[0]?.need === 0) shelf.waiting.shift();
  if (shelf.waiting.length === 0) endStockOut(shelf, today);
}

function endStockOut(shelf: Shelf, today: Today): void {
  const { outSince, outOrders } = shelf;
  if (outSince === undefined) return;
  today.labels.push({
    kind: 'stock-out',
    from: outSince,
    to: today.on,
    why: 'more was ordered than was there and had been ordered in time',
    documents: outOrders.map((key) => ({ kind: 'sales-order', key })),
    items: [shelf.item.number],
    places: [shelf.warehouse],
  });
  shelf.outSince = undefined;
  outOrders.splice(0);
}
