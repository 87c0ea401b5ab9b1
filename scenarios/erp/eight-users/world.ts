/** What the users know of the company: its goods and partners, and the documents they work on. */
import type { Draw } from '#kernel';
import { decimal, decimalOf } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** Documents of one kind that somebody may go on with: few, so that people meet at them. */
export class Pool<T> {
  readonly #of: T[] = [];
  readonly #most: number;

  constructor(most = 60) {
    this.#most = most;
  }

  add(one: T): void {
    this.#of.push(one);
    if (this.#of.length > this.#most) this.#of.shift();
  }

  drop(one: T): void {
    const at = this.#of.indexOf(one);
    if (at >= 0) this.#of.splice(at, 1);
  }

  pick(draw: Draw, fits: (one: T) => boolean = () => true): T | undefined {
    const fitting = this.#of.filter(fits);
    return fitting.length === 0 ? undefined : draw.pick(fitting);
  }

  get all(): readonly T[] {
    return this.#of;
  }
}

export type Line = {
  readonly number: number;
  readonly cents: number; // What one costs.
  ordered: number;
  moved: number;
};
export type Order = {
  readonly id: string;
  readonly party: string;
  readonly lines: Line[];
  version: number;
  state: 'draft' | 'waiting' | 'open' | 'closed';
};
/** A document whose steps name the version they are made from. */
export type Seen = { readonly id: string; readonly party: string; version: number; state: string };
/** A delivery or a receipt. */
export type Moved = {
  readonly id: string;
  readonly party: string;
  readonly order: Order;
  readonly lines: readonly { readonly line: Line; readonly quantity: number }[];
};
export type Made = { readonly id: string; readonly party?: string };
/** Something open that a payment may settle. */
export type Owed = { readonly item: string; readonly party: string };
export type Work = {
  readonly id: string;
  readonly quantity: number;
  version: number;
  state: 'planned' | 'released' | 'closed';
  sawn: number;
  finished: number;
  received: number;
};

/** What is there from the beginning. */
export type Founded = {
  readonly goods: readonly string[]; // Bought and sold.
  readonly lastOne: string; // There is hardly ever more than one of it.
  readonly numbered: string; // Its pieces have serial numbers.
  readonly steel: string;
  readonly products: readonly string[];
  readonly warehouses: readonly string[]; // The last one may owe stock.
  readonly customers: readonly string[];
  readonly suppliers: readonly string[];
  readonly dollars: ReadonlySet<string>; // Partners who are charged, or charge, in dollars.
};

/** What the users know, to be kept. */
export type Known = Pick<World, 'founded' | 'wanted' | 'closed' | 'billed'> & {
  readonly pools: ReadonlyMap<string, readonly unknown[]>;
};

/** Everything that the users share. */
export class World {
  readonly founded: Founded;
  readonly wanted: number;
  /** How much of all that is wanted has been done. */
  done = (): number => 0;

  readonly quotations = new Pool<Seen>();
  readonly sales = new Pool<Order>(120);
  readonly sold = new Pool<Order>();
  readonly deliveries = new Pool<Moved>();
  readonly returned = new Pool<Made>(20);
  readonly uncharged = new Pool<Moved>(200);
  readonly invoices = new Pool<Made>();
  readonly due = new Pool<Owed>(400);
  readonly credits = new Pool<Owed>();
  readonly payments = new Pool<Made>();
  readonly writeOffs = new Pool<Made>(20);

  readonly requisitions = new Pool<Seen>();
  readonly purchases = new Pool<Order>(120);
  readonly bought = new Pool<Order>();
  readonly receipts = new Pool<Moved>();
  readonly unbilled = new Pool<Moved>(200);
  readonly bills = new Pool<Made>();
  readonly owed = new Pool<Owed>(400);
  readonly blocked = new Pool<Owed>();

  readonly documents = new Pool<Made>(30);
  readonly reservations = new Pool<Made>(30);
  readonly works = new Pool<Work>();
  readonly postings = new Pool<Made>(20);
  readonly entries = new Pool<Made>(30);
  readonly parties = new Pool<Seen>(20);
  readonly items = new Pool<Seen>(20);
  /** What stood in months when they were closed. */
  readonly closed = new Map<number, string>();
  /** How many numbers suppliers gave their invoices. */
  billed = 0;

  constructor(founded: Founded, wanted: number) {
    this.founded = founded;
    this.wanted = wanted;
  }

  /** All of it as plain things, in which what two pools share is shared, too. */
  get known(): Known {
    const { founded, wanted, closed, billed } = this;
    const pools = new Map(this.#pools.map(([name, pool]) => [name, pool.all]));
    return { founded, wanted, closed, billed, pools };
  }

  /** What was known, to go on with. */
  static of({ founded, wanted, closed, billed, pools }: Known): World {
    const world = new World(founded, wanted);
    for (const [name, pool] of world.#pools) for (const one of pools.get(name) ?? []) pool.add(one);
    for (const [month, stood] of closed) world.closed.set(month, stood);
    world.billed = billed;
    return world;
  }

  get #pools(): readonly (readonly [string, Pool<unknown>])[] {
    return Object.keys(this).flatMap((name) => {
      const own: unknown = Reflect.get(this, name);
      return own instanceof Pool ? [[name, own] as const] : [];
    });
  }

  /** The day it is: it goes from March to September while they work. */
  get today(): LocalDate {
    return addDays(FIRST, Math.floor((this.done() * DAYS) / this.wanted));
  }

  /** The day of a posting: now and then one of the months that are closed and opened again. */
  day(draw: Draw): LocalDate {
    return draw.happens(40) ? addDays(OLD, draw.between(0, 58)) : this.today;
  }
}

const FIRST = localDate('2026-03-01');
const OLD = localDate('2026-01-01');
const DAYS = 200;

export const pieces = (count: number): Decimal => decimal(String(count));
export const money = (cents: number): Decimal => decimalOf(BigInt(cents), 2);
/** Whether somebody acts on a document without saying so: another may be at it, too. */
export const isRude = (draw: Draw): boolean => draw.happens(150);
/** The version a step is made from: now and then one that is gone. */
export function seen(draw: Draw, version: number): { version: number; isStale: boolean } {
  const isStale = version > 1 && draw.happens(25);
  return { version: isStale ? version - 1 : version, isStale };
}
