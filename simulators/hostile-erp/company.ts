import type { JsonObject } from '#kernel';
import { decimal, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import { instantOf } from '#kernel/time';
import { idOf } from './document.ts';
import type { Collection, ErpDocument } from './document.ts';
import { between, seededRandom } from './random.ts';
import type { Random } from './random.ts';

/** How much the ERP holds before anyone has booked anything. */
export type CompanySize = {
  readonly suppliers?: number;
  readonly items?: number;
  readonly orders?: number;
};

const FIRST_MS = 1_767_225_600_000; // 2026-01-01: every seeded document was changed after it.
const DAY_MS = 86_400_000;
const SUPPLIERS = 20;
const ITEMS = 50;
const ORDERS = 100;
const WORDS = ['Nordic', 'Allied', 'Prime', 'Delta', 'Union', 'Vector', 'Summit', 'Harbour'];
const TRADES = ['Castings', 'Bearings', 'Coatings', 'Fasteners', 'Tooling', 'Polymers'];
const COUNTRIES = ['DE', 'FR', 'IT', 'PL', 'US'];

/** The documents a seed decides: the same every time, in the order of their ids. */
export function makeCompany(
  seed: number,
  size: CompanySize,
): Readonly<Partial<Record<Collection, readonly ErpDocument[]>>> {
  const { suppliers = SUPPLIERS, items = ITEMS, orders = ORDERS } = size;
  const random = seededRandom(seed);
  return {
    suppliers: many('suppliers', suppliers, (number) => ({
      number: String(10_000 + number),
      name: `${pick(random, WORDS)} ${pick(random, TRADES)} ${number}`,
      status: 'ACTIVE',
      country: pick(random, COUNTRIES),
      city: `City ${between(random, 1, 90)}`,
      currency: 'EUR',
      paymentTerms: '30 days',
    })),
    items: many('items', items, (number) => ({
      number: `M-${String(number).padStart(5, '0')}`,
      description: `${pick(random, TRADES)} part ${number}`,
      unit: 'C62',
      status: 'ACTIVE',
      standardCost: price(random),
      currency: 'EUR',
    })),
    'purchase-orders': many('purchase-orders', orders, (number) =>
      orderFields(random, number, suppliers, items),
    ),
  };
}

function many(
  collection: Collection,
  count: number,
  fieldsOf: (at: number) => JsonObject,
): ErpDocument[] {
  return Array.from({ length: count }, (_, at) => ({
    id: idOf(collection, at + 1),
    version: '1',
    changedAt: instantOf(FIRST_MS + at * 1000),
    changeReferences: [],
    fields: fieldsOf(at + 1),
  }));
}

function orderFields(random: Random, number: number, suppliers: number, items: number): JsonObject {
  const issued = FIRST_MS + between(random, 0, 200) * DAY_MS;
  const count = 1 + (number % 3) + (number % 5 === 0 ? 1 : 0); // 2.2 lines on average.
  const lines = Array.from({ length: count }, (_, at) => {
    const quantity = String(between(random, 1, 200));
    const unitPrice = price(random);
    return {
      lineNumber: (at + 1) * 10,
      itemId: idOf('items', between(random, 1, items)),
      description: `Line ${at + 1}`,
      quantity,
      unit: 'C62',
      unitPrice,
      netAmount: multiplyDecimals(decimal(quantity), decimal(unitPrice)),
      receivedQuantity: '0',
      dueDate: instantOf(issued + 30 * DAY_MS).slice(0, 10),
    };
  });
  return {
    orderNumber: String(4_500_000_000 + number),
    supplierId: idOf('suppliers', between(random, 1, suppliers)),
    orderDate: instantOf(issued).slice(0, 10),
    currency: 'EUR',
    status: 'OPEN',
    netAmount: sumDecimals(lines.map(({ netAmount }) => netAmount)),
    lines,
  };
}

/** 4 places: real order lines carry fractions of a cent. */
const price = (random: Random): string =>
  `${between(random, 0, 400)}.${String(between(random, 1, 9999)).padStart(4, '0')}`;

function pick(random: Random, words: readonly string[]): string {
  return words[between(random, 0, words.length - 1)] ?? '';
}
