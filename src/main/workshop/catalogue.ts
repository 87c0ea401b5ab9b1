import { FAMILY_NAMES, LEGAL_FORMS, RANGES, TOWNS, TRADES } from './names.ts';
import type { Range } from './names.ts';
import { drawsOf } from '#kernel';

export type SampleSupplier = {
  readonly number: string;
  readonly name: string;
  readonly status: string;
  readonly category: string;
  readonly town: (typeof TOWNS)[number];
  readonly preferred: boolean;
  readonly rating: string;
  readonly terms: string;
  readonly latePerMille: number; // How often this supplier ships late.
  readonly driftPerMille: number; // How much dearer it gets in a year.
};

type SampleItem = {
  readonly number: string;
  readonly name: string;
  readonly subcategory: string;
  readonly range: Range;
  readonly cents: number;
};

/** What one supplier sells. */
export type Offer = {
  readonly supplier: SampleSupplier;
  readonly item: SampleItem;
  readonly cents: number;
  readonly leadTimeDays: number;
};

/** Who sells what, the same on every day. */
export type Catalogue = {
  readonly suppliers: readonly SampleSupplier[];
  readonly items: readonly SampleItem[];
  readonly offers: ReadonlyMap<string, readonly Offer[]>; // By supplier number.
};

const SUPPLIERS_PER_RANGE = 5;

export function makeCatalogue(seed: number): Catalogue {
  const suppliers = RANGES.flatMap(({ category }, row) =>
    Array.from({ length: SUPPLIERS_PER_RANGE }, (_, at) =>
      makeSupplier(seed, category, row * SUPPLIERS_PER_RANGE + at),
    ),
  );
  const items = RANGES.flatMap((range, row) => makeItems(seed, range, row));
  const offers = new Map(
    suppliers.map((supplier) => [supplier.number, makeOffers(seed, supplier, items)]),
  );
  return { suppliers, items, offers };
}

function makeSupplier(seed: number, category: string, at: number): SampleSupplier {
  const draw = drawsOf(seed, `supplier ${at}`);
  const town = draw.pick(TOWNS);
  const trade = TRADES[category]?.[at % SUPPLIERS_PER_RANGE] ?? category;
  const form = draw.pick(LEGAL_FORMS[town[2]] ?? ['GmbH']);
  return {
    number: String(70_001 + at),
    name: `${FAMILY_NAMES[at % FAMILY_NAMES.length] ?? ''} ${trade} ${form}`,
    // Every range keeps someone to buy from; one supplier in a while is no longer one.
    status: at % 17 === 16 ? 'inactive' : at % 23 === 21 ? 'blocked-purchasing' : 'active',
    category,
    town,
    preferred: draw.happens(350),
    rating: draw.pick(['A', 'A', 'B', 'B', 'C']),
    terms: draw.pick(['30 days net', '14 days 2 %, 30 days net', '60 days net', '10 days net']),
    latePerMille: draw.pick([40, 90, 150, 220, 380]),
    driftPerMille: draw.between(5, 70),
  };
}

function makeItems(seed: number, range: Range, row: number): SampleItem[] {
  const articles = Object.entries(range.groups).flatMap(([subcategory, names]) =>
    names.flatMap((name) => range.sizes.map((size) => ({ subcategory, name: `${name} ${size}` }))),
  );
  return articles.map(({ subcategory, name }, at) => {
    const draw = drawsOf(seed, `item ${row} ${at}`);
    const cents = draw.between(range.centsFrom, range.centsTo);
    return {
      number: `${row + 1}0-${String(at + 1).padStart(3, '0')}`,
      name,
      subcategory,
      range,
      cents,
    };
  });
}

/** Every item has a supplier; most have two. */
function makeOffers(
  seed: number,
  supplier: SampleSupplier,
  items: readonly SampleItem[],
): readonly Offer[] {
  const place = Number(supplier.number) % SUPPLIERS_PER_RANGE;
  const own = items.filter(({ range }) => range.category === supplier.category);
  return own.flatMap((item, at) => {
    const draw = drawsOf(seed, `offer ${supplier.number} ${item.number}`);
    if (at % SUPPLIERS_PER_RANGE !== place && !draw.happens(300)) return [];
    const cents = Math.max(1, Math.round((item.cents * draw.between(930, 1090)) / 1000));
    return [{ supplier, item, cents, leadTimeDays: draw.between(4, 35) }];
  });
}
