import type { LocalDate } from '#kernel/time';

/** How big the company is. */
export type Size = 'small' | 'medium' | 'large';

/** What a company follows from: the same plan, the same company, to the last coin. */
export type Plan = {
  readonly size: Size;
  readonly seed: number;
  readonly startedOn: LocalDate; // The first of a month.
};

/** What a size means, in numbers. */
export type Measures = {
  readonly salesOrdersPerYear: number;
  readonly merchandise: number; // Items bought and sold.
  readonly raws: number;
  readonly products: number; // Items made.
  readonly customers: number;
  readonly suppliers: number;
  readonly lines: number; // Production lines, each with a machine that wears.
  readonly projectsPerYear: number;
  readonly hoursOfProject: readonly [number, number];
  readonly people: number; // Who work for projects.
  readonly subscribers: number; // When the company begins.
  readonly mistakesPerMonth: number; // Planted, of each kind, in all legal entities together.
};

/** The sizes. A medium company writes about 100,000 orders of all kinds in three years. */
export const SIZES: Readonly<Record<Size, Measures>> = {
  small: {
    salesOrdersPerYear: 1_500,
    merchandise: 30,
    raws: 10,
    products: 4,
    customers: 60,
    suppliers: 20,
    lines: 2,
    projectsPerYear: 20,
    hoursOfProject: [110, 220],
    people: 12,
    subscribers: 20,
    mistakesPerMonth: 1,
  },
  medium: {
    salesOrdersPerYear: 25_000,
    merchandise: 150,
    raws: 40,
    products: 20,
    customers: 900,
    suppliers: 80,
    lines: 4,
    projectsPerYear: 30,
    hoursOfProject: [160, 440],
    people: 20,
    subscribers: 150,
    mistakesPerMonth: 4,
  },
  large: {
    salesOrdersPerYear: 120_000,
    merchandise: 500,
    raws: 120,
    products: 60,
    customers: 4_000,
    suppliers: 300,
    lines: 10,
    projectsPerYear: 100,
    hoursOfProject: [160, 600],
    people: 60,
    subscribers: 600,
    mistakesPerMonth: 12,
  },
};

/** A legal entity of the company. */
export type Entity = {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly perMille: number; // Of all sales orders.
  readonly warehouses: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: 'plant' | 'store';
  }[];
};

/** Three legal entities, with five warehouses. The first one makes things, too. */
export const ENTITIES: readonly Entity[] = [
  {
    code: 'NWDE',
    name: 'Nordwerk Pumpen GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    perMille: 420,
    warehouses: [
      { code: 'PLANT', name: 'Werk Hamburg', kind: 'plant' },
      { code: 'HAM', name: 'Lager Hamburg', kind: 'store' },
    ],
  },
  {
    code: 'NWCH',
    name: 'Nordwerk Schweiz AG',
    country: 'CH',
    currency: 'CHF',
    timeZone: 'Europe/Zurich',
    perMille: 250,
    warehouses: [{ code: 'ZRH', name: 'Lager Zürich', kind: 'store' }],
  },
  {
    code: 'NWUS',
    name: 'Nordwerk Pumps Inc.',
    country: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    perMille: 330,
    warehouses: [
      { code: 'CLE', name: 'Cleveland', kind: 'store' },
      { code: 'OAK', name: 'Oakland', kind: 'store' },
    ],
  },
];

/** What 100 euro cents are worth in minor units of each currency, when prices are made. */
export const PARITY: Readonly<Record<string, number>> = { EUR: 100, CHF: 95, USD: 112, GBP: 86 };

/** What so many euro cents are in minor units of a currency. */
export function inCurrency(cents: number, currency: string): number {
  return Math.max(1, Math.floor((cents * (PARITY[currency] ?? 100) + 50) / 100));
}

/** For so many days '2-10-NET30' gives a discount. */
export const DISCOUNT_DAYS = 10;

/** Payment terms of the ERP that the company uses, and when they are due. */
export const DUE_DAYS: Readonly<Record<string, number>> = {
  NET14: 14,
  NET30: 30,
  NET45: 45,
  NET60: 60,
  '2-10-NET30': 30,
};
