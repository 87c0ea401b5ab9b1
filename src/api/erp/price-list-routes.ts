import {
  addPrices,
  closeAgreements,
  createPriceLists,
  listItemGroups,
  listPriceLists,
  pricesOn,
} from '#erp/items';
import { changeAgreements, changePriceList, priceHistory } from '#erp/items/changing-prices';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { SHOWS_NOTHING_PERSONAL } from './reading.ts';

/** Routes about groups of items, price lists, and agreements that end. */
export const PRICE_LIST_ROUTES = [
  route({
    name: 'listItemGroups',
    summary: 'Lists groups of items by code.',
    permission: 'items:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async (_request, { database }) => ({ items: await listItemGroups(database.kysely) }),
  }),
  route({
    name: 'listPriceLists',
    summary: 'Lists the price lists of a legal entity by code.',
    permission: 'items:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listPriceLists(database.kysely, params.entity),
    }),
  }),
  route({
    name: 'getPriceList',
    summary: 'Shows a price list with its prices, those that hold longest ago first.',
    permission: 'items:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: ['api.no-such-record'],
    handle: async ({ params: { entity, id } }, { database }) => {
      const lists = await listPriceLists(database.kysely, entity);
      const list = lists.find((one) => one.id === id);
      if (list === undefined) throw notThere('api.no-such-record', `${id} of ${entity}`);
      const { kysely } = database;
      const history = await priceHistory(kysely, 'price-list', id);
      return { ...list, prices: await pricesOn(kysely, id), history };
    },
  }),
  bookRoute({
    name: 'createPriceList',
    summary: 'Creates a list of sales prices: for everyone, for a segment, or for one customer.',
    permission: 'items:write',
    audit: { within: 'items.price-list-created' },
    errors: ['items.code-taken', 'items.invalid'],
    book: (tx, context, { body }) => createPriceLists(tx, context, [body]),
  }),
  bookRoute({
    name: 'changePriceList',
    summary: 'Changes what a price list is called, and until when it and its prices hold.',
    permission: 'items:write',
    audit: { within: 'items.price-list-changed' },
    errors: ['items.invalid', 'items.unknown-price-list', 'items.version-conflict'],
    book: async (tx, context, { params, body }) => [
      await changePriceList(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'addPrice',
    summary: 'Puts a price on a list; a later one takes over from its day on.',
    permission: 'items:write',
    audit: { within: 'items.price-added' },
    errors: ['items.code-taken', 'items.invalid', 'items.unknown-item', 'items.unknown-price-list'],
    book: (tx, context, { params, body }) =>
      addPrices(tx, context, [{ ...body, priceList: params.id }]),
  }),
  bookRoute({
    name: 'changeAgreement',
    summary: 'Changes an agreement: until when it holds, prices, limits, lines.',
    permission: 'items:write',
    audit: { within: 'items.agreement-changed' },
    errors: [
      'items.agreement-exceeded',
      'items.invalid',
      'items.unknown-agreement',
      'items.unknown-group',
      'items.unknown-item',
      'items.version-conflict',
    ],
    book: (tx, context, { params, body }) =>
      changeAgreements(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'closeAgreement',
    summary: 'Closes an agreement: nothing more is called off it.',
    permission: 'items:write',
    audit: { within: 'items.agreement-closed' },
    errors: ['items.unknown-agreement', 'items.version-conflict'],
    book: (tx, context, { params, body }) =>
      closeAgreements(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
