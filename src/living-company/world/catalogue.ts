import { assert, drawsOf } from '#kernel';
import type { Draw } from '#kernel';
import { FAMILY_NAMES, MERCHANDISE, PRODUCTS, RAWS, SUPPLIER_TRADES, TRADES } from './names.ts';
import type { Family } from './names.ts';
import { ENTITIES, inCurrency, SIZES } from './plan.ts';
import type { Entity, Plan } from './plan.ts';
import { offersOf, peopleOf } from './services.ts';
import type { Offer, Person } from './services.ts';

/** Something bought, made or sold. Costs and prices in euro cents. */
export type Good = {
  readonly number: string;
  readonly name: string;
  readonly kind: 'merchandise' | 'raw' | 'product';
  readonly cost: number;
  readonly price: number; // Raws are not sold.
  readonly weight: number; // How much it is asked for, compared with others of its legal entity.
  readonly pieces: readonly [number, number]; // Of an order line.
  readonly parts: readonly { readonly item: string; readonly quantity: number }[];
  readonly runSeconds: number; // A piece, at the machine of its line.
  readonly line: string; // Its work centre.
  readonly coating: number; // What a supplier takes for coating a piece; 0: it is not coated.
};

/** Who buys, and how he pays. */
export type Customer = {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly terms: string;
  readonly taxCode: string;
  readonly segment: string;
  readonly weight: number;
  readonly discountPerMille: number;
  readonly lateDays: number; // Usually, beyond the due day; below zero is early.
  readonly spreadDays: number;
  readonly charged: Charged;
  readonly paysTogether: boolean; // What is due in a week, on one day of it.
};

/** When what left to a customer is charged: each delivery, or those of a week or a month together. */
export type Charged = 'delivery' | 'week' | 'month';

/** Who delivers, and how reliably. */
export type Supplier = {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly terms: string;
  readonly taxCode: string;
  readonly leadDays: number;
  readonly latePerMille: number; // Of deliveries.
  readonly lateDays: number; // At most.
  readonly shortPerMille: number; // Deliveries that come in two.
};

/** Who delivers an item to a legal entity: the agreed one, and a dearer one. */
export type Source = {
  readonly supplier: string;
  readonly price: number; // Minor units of the supplier's currency.
  readonly other: string;
  readonly otherPrice: number;
  readonly isAgreed: boolean; // There is a price agreement with the first.
  readonly isConsigned: boolean; // The first leaves goods here that are paid when they are taken.
};

/** What one legal entity knows and deals in. */
export type Trade = {
  readonly entity: Entity;
  readonly customers: readonly Customer[];
  readonly suppliers: readonly Supplier[];
  readonly sold: readonly Good[];
  readonly sources: ReadonlyMap<string, Source>; // By item.
  readonly people: readonly Person[]; // Who work for projects.
  readonly offers: readonly Offer[]; // What customers subscribe to.
};

/** The whole company as it is founded. */
export type Catalogue = {
  readonly goods: readonly Good[];
  readonly lines: readonly string[]; // Work centres of machines; 'ASSY' assembles.
  readonly trades: readonly Trade[];
};

/** What an hour costs in euro cents: at a machine, and of a person. */
export const HOUR = { machine: 5_400, labour: 3_900 } as const;
/** Seconds of assembly a piece. */
export const ASSEMBLY_SECONDS = 540;

const LARGE = 3; // One customer in so many orders so often that not each delivery is charged by itself.
const CHARGED: readonly Charged[] = ['delivery', 'delivery', 'delivery', 'week', 'month'];
const CHARGED_LARGE: readonly Charged[] = ['week', 'week', 'month'];
const TOGETHER_PER_MILLE = 600;

const COUNTRY_OF: Readonly<Record<string, string>> = { EUR: 'AT', CHF: 'CH', USD: 'US', GBP: 'GB' };

/** Draws up the company that a plan describes. */
export function catalogueOf(plan: Plan): Catalogue {
  const measures = SIZES[plan.size];
  const lines = Array.from({ length: measures.lines }, (_, at) => `LINE${at + 1}`);
  const make = (kind: Good['kind'], count: number, families: readonly Family[]): Good[] =>
    Array.from({ length: count }, (_, at) => goodOf(plan, { kind, at, families }));
  const raws = make('raw', measures.raws, RAWS);
  const merchandise = make('merchandise', measures.merchandise, MERCHANDISE);
  const products = make('product', measures.products, PRODUCTS).map((product, at) =>
    designed(plan, product, {
      raws,
      line: lines[at % lines.length] ?? 'LINE1',
      isCoated: at % 3 === 1,
    }),
  );
  const goods = [...raws, ...merchandise, ...products];
  const trades = ENTITIES.map((entity, at) =>
    tradeOf(plan, entity, {
      sold: at === 0 ? [...merchandise, ...products] : merchandise,
      bought: at === 0 ? [...raws, ...merchandise] : merchandise,
    }),
  );
  return { goods, lines, trades };
}

const PREFIX = { raw: 'R', merchandise: 'M', product: 'P' } as const;

function goodOf(
  plan: Plan,
  of: { readonly kind: Good['kind']; readonly at: number; readonly families: readonly Family[] },
): Good {
  const number = `${PREFIX[of.kind]}-${String(of.at + 1).padStart(4, '0')}`;
  const draw = drawsOf(plan.seed, `good ${number}`);
  const family = of.families[of.at % of.families.length];
  assert(family !== undefined, 'there are families');
  const cost = draw.between(...family.cents);
  const turn = Math.floor(of.at / of.families.length) + 1;
  return {
    number,
    name: `${family.name} ${draw.pick(['A', 'B', 'C', 'X', 'Z'])}${turn * 10}`,
    kind: of.kind,
    cost,
    price: Math.floor((cost * draw.between(1_450, 1_900)) / 1_000),
    weight: Math.floor(10_000 / (of.at + 4)) + draw.between(1, 200), // A few sell most.
    pieces: family.pieces,
    parts: [],
    runSeconds: 0,
    line: '',
    coating: 0,
  };
}

function designed(
  plan: Plan,
  product: Good,
  of: { readonly raws: readonly Good[]; readonly line: string; readonly isCoated: boolean },
): Good {
  const draw = drawsOf(plan.seed, `design ${product.number}`);
  const count = Math.min(of.raws.length, draw.between(3, 5));
  const first = draw.between(0, of.raws.length - 1);
  const parts = Array.from({ length: count }, (_, at) => {
    const raw = of.raws[(first + at * 3) % of.raws.length];
    assert(raw !== undefined, 'there are raws');
    return { raw, quantity: draw.between(...raw.pieces) };
  });
  const unique = [...new Map(parts.map((part) => [part.raw.number, part])).values()];
  const runSeconds = draw.between(240, 1_500);
  const material = unique.reduce((sum, { raw, quantity }) => sum + raw.cost * quantity, 0);
  const work = Math.floor((runSeconds * (HOUR.machine + HOUR.labour)) / 3_600);
  const assembly = Math.floor((ASSEMBLY_SECONDS * HOUR.labour) / 3_600);
  const coating = of.isCoated ? draw.between(300, 900) : 0;
  const cost = material + work + assembly + coating;
  return {
    ...product,
    cost,
    price: Math.floor((cost * draw.between(1_600, 2_000)) / 1_000),
    parts: unique.map(({ raw, quantity }) => ({ item: raw.number, quantity })),
    weight: product.weight * 2,
    runSeconds,
    line: of.line,
    coating,
  };
}

function tradeOf(
  plan: Plan,
  entity: Entity,
  goods: { readonly sold: readonly Good[]; readonly bought: readonly Good[] },
): Trade {
  const { customers, suppliers } = SIZES[plan.size];
  const share = (count: number): number =>
    Math.max(4, Math.floor((count * entity.perMille) / 1_000));
  const buyers = share(customers);
  const sellers = Array.from({ length: share(suppliers) }, (_, at) => supplierOf(plan, entity, at));
  return {
    entity,
    customers: Array.from({ length: buyers }, (_, at) =>
      customerOf(plan, entity, { at, isLarge: at * LARGE < buyers }),
    ),
    suppliers: sellers,
    sold: goods.sold,
    people: peopleOf(plan, entity),
    offers: offersOf(entity),
    sources: withConsignors(
      new Map(goods.bought.map((good) => [good.number, sourceOf(plan, entity, good, sellers)])),
      { goods: goods.bought, sellers, currency: entity.currency },
    ),
  };
}

function customerOf(
  plan: Plan,
  entity: Entity,
  { at, isLarge }: { readonly at: number; readonly isLarge: boolean },
): Customer {
  const number = `C${entity.code.slice(2)}-${String(at + 1).padStart(5, '0')}`;
  const draw = drawsOf(plan.seed, `customer ${number}`);
  const currency = currencyOf(entity, draw);
  const country = countryOf(entity, currency);
  const habit = draw.between(1, 100);
  return {
    number,
    name: `${nameOf(draw, TRADES)} ${at + 1}`,
    country,
    currency,
    terms: draw.pick(['NET14', 'NET30', 'NET30', 'NET60', '2-10-NET30', '2-10-NET30']),
    taxCode: taxOf('OUT', entity, country),
    segment: draw.pick(['trade', 'industry', 'public', 'retail']),
    weight: Math.floor(5_000 / (at + 8)) + draw.between(1, 40),
    discountPerMille: draw.pick([0, 0, 0, 20, 50, 80]),
    ...(habit <= 55
      ? { lateDays: draw.between(-3, 3), spreadDays: 4 }
      : habit <= 90
        ? { lateDays: draw.between(4, 16), spreadDays: 8 }
        : { lateDays: draw.between(20, 45), spreadDays: 15 }),
    charged: draw.pick(isLarge ? CHARGED_LARGE : CHARGED),
    paysTogether: draw.happens(TOGETHER_PER_MILLE),
  };
}

function supplierOf(plan: Plan, entity: Entity, at: number): Supplier {
  const number = `S${entity.code.slice(2)}-${String(at + 1).padStart(4, '0')}`;
  const draw = drawsOf(plan.seed, `supplier ${number}`);
  const currency = currencyOf(entity, draw);
  const country = countryOf(entity, currency);
  const isUnreliable = draw.happens(150);
  return {
    number,
    name: `${nameOf(draw, SUPPLIER_TRADES)} ${at + 1}`,
    country,
    currency,
    terms: draw.pick(['NET30', 'NET30', 'NET45', 'NET60', '2-10-NET30']),
    taxCode: taxOf('IN', entity, country),
    leadDays: draw.between(4, 24),
    latePerMille: isUnreliable ? 450 : draw.between(20, 120),
    lateDays: isUnreliable ? 18 : 5,
    shortPerMille: isUnreliable ? 200 : 40,
  };
}

/** Who coats what is made: a supplier who is paid in the company's currency. */
export const coaterOf = ({ suppliers, entity }: Trade): Supplier | undefined =>
  suppliers.findLast(({ currency }) => currency === entity.currency);

const nameOf = (draw: Draw, trades: readonly string[]): string =>
  `${draw.pick(FAMILY_NAMES)} ${draw.pick(trades)}`;

/** Mostly the legal entity's own; some deal in pounds, dollars or euros. */
function currencyOf(entity: Entity, draw: Draw): string {
  const others = ['EUR', 'USD', 'GBP'].filter((each) => each !== entity.currency);
  return draw.happens(820) ? entity.currency : draw.pick(others);
}

const countryOf = (entity: Entity, currency: string): string =>
  currency === entity.currency ? entity.country : (COUNTRY_OF[currency] ?? entity.country);

function taxOf(side: 'IN' | 'OUT', entity: Entity, country: string): string {
  if (country === entity.country) return `${side}-STD`;
  return entity.country === 'DE' && country === 'AT' ? `${side}-EU` : `${side}-ZERO`;
}

function sourceOf(plan: Plan, entity: Entity, good: Good, sellers: readonly Supplier[]): Source {
  const draw = drawsOf(plan.seed, `source ${entity.code} ${good.number}`);
  const at = draw.between(0, sellers.length - 1);
  const [first, other] = [sellers[at], sellers[(at + 1) % sellers.length]];
  assert(first !== undefined && other !== undefined, 'there are suppliers');
  return {
    supplier: first.number,
    price: inCurrency(good.cost, first.currency),
    other: other.number,
    otherPrice: inCurrency(
      Math.floor((good.cost * draw.between(1_080, 1_250)) / 1_000),
      other.currency,
    ),
    isAgreed: draw.happens(600),
    isConsigned: false,
  };
}

const CONSIGNORS = 2;
const CONSIGNED_MAX = 6; // Items.

/** Two suppliers of materials, paid in the company's currency, leave their goods in the plant. */
function withConsignors(
  sources: ReadonlyMap<string, Source>,
  of: { readonly goods: readonly Good[]; readonly sellers: readonly Supplier[] } & {
    readonly currency: string;
  },
): ReadonlyMap<string, Source> {
  const own = new Set(
    of.sellers.flatMap(({ currency, number }) => (currency === of.currency ? [number] : [])),
  );
  const raws = of.goods.filter(({ kind }) => kind === 'raw').map(({ number }) => number);
  const givers = new Set(raws.flatMap((item) => sources.get(item)?.supplier ?? []));
  const consignors = new Set([...givers].filter((each) => own.has(each)).slice(0, CONSIGNORS));
  const consigned = new Set(
    raws
      .filter((item) => consignors.has(sources.get(item)?.supplier ?? ''))
      .slice(0, CONSIGNED_MAX),
  );
  return new Map(
    [...sources].map(([item, source]) => [item, { ...source, isConsigned: consigned.has(item) }]),
  );
}
