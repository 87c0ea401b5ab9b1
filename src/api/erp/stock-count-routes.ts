import type { Handle } from '#database';
import { cancelCount, listCounts, openCount, postCount, recordCount } from '#erp/inventory';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { listed, SHOWS_NOTHING_PERSONAL, there } from './reading.ts';
import { unitsOf } from './units-of.ts';

/** Counts, each line with what its item is counted in. */
async function countsWithUnits(handle: Handle, filter: Parameters<typeof listCounts>[1]) {
  const counts = await listCounts(handle, filter);
  const items = counts.flatMap(({ lines }) => lines.map(({ item }) => item));
  const unitOf = await unitsOf(handle, items);
  return counts.map((count) => ({
    ...count,
    lines: count.lines.map((line) => ({ ...line, unit: unitOf(line.item) })),
  }));
}

/** Stock counts: opened, recorded, posted or given up. */
export const STOCK_COUNT_ROUTES = [
  route({
    name: 'listStockCounts',
    summary: 'Lists stock counts with their lines, by number.',
    permission: 'stock:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        countsWithUnits(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  route({
    name: 'getStockCount',
    summary: 'Shows a stock count: what the books said, what was counted.',
    permission: 'stock:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database }) => {
      const [count] = await countsWithUnits(database.kysely, { ids: [params.id], limit: 1 });
      return there(count, params);
    },
  }),
  bookRoute({
    name: 'openStockCount',
    summary: 'Opens a stock count and freezes what it counts.',
    permission: 'stock:post',
    audit: { within: 'stock.count-opened' },
    errors: ['inventory.frozen-for-count', 'inventory.unknown-warehouse'],
    book: async (tx, context, { body }) => [await openCount(tx, context, body)],
  }),
  bookRoute({
    name: 'recordStockCount',
    summary: 'Writes down what was counted.',
    permission: 'stock:post',
    audit: { within: 'stock.count-recorded' },
    errors: [
      'inventory.invalid',
      'inventory.serials-missing',
      'inventory.unknown-count',
      'inventory.unknown-item',
      'inventory.version-conflict',
      'inventory.wrong-state',
    ],
    book: async (tx, context, { params, body }) => [
      await recordCount(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'postStockCount',
    summary: 'Books the differences of a stock count, with their entry, and lets stock move again.',
    permission: 'stock:post',
    audit: { within: 'stock.count-posted' },
    errors: [
      'inventory.not-booked',
      'inventory.serial-taken',
      'inventory.unknown-count',
      'inventory.version-conflict',
      'inventory.wrong-state',
    ],
    book: async (tx, context, { params, body }) => [
      await postCount(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'cancelStockCount',
    summary: 'Gives a stock count up: nothing is booked, and stock moves again.',
    permission: 'stock:post',
    audit: { within: 'stock.count-cancelled' },
    errors: ['inventory.unknown-count', 'inventory.version-conflict', 'inventory.wrong-state'],
    book: async (tx, context, { params, body }) => [
      await cancelCount(tx, context, { ...body, id: params.id }),
    ],
  }),
] as const;
