import {
  adjustStock,
  changeStatus,
  reverseDocuments,
  scrapStock,
  transferStock,
} from '#erp/inventory';
import { bookRoute } from './book-route.ts';

/** Why inventory refuses a movement. */
export const MOVEMENT_ERRORS = [
  'inventory.batch-missing',
  'inventory.frozen-for-count',
  'inventory.invalid',
  'inventory.not-booked',
  'inventory.not-enough-stock',
  'inventory.reserved',
  'inventory.serial-not-there',
  'inventory.serial-taken',
  'inventory.serials-missing',
  'inventory.supplier-blocked',
  'inventory.unknown-item',
  'inventory.unknown-location',
  'inventory.unknown-owner',
  'inventory.unknown-warehouse',
] as const;

/** Documents of inventory's own: each books its movements and its entry. */
export const STOCK_DOCUMENT_ROUTES = [
  bookRoute({
    name: 'adjustStock',
    summary: 'Books more or less than the books say, with its entry.',
    permission: 'stock:post',
    audit: { within: 'stock.adjusted' },
    errors: MOVEMENT_ERRORS,
    book: (tx, context, { body }) => adjustStock(tx, context, [body]),
  }),
  bookRoute({
    name: 'scrapStock',
    summary: 'Scraps stock, with its entry.',
    permission: 'stock:post',
    audit: { within: 'stock.scrapped' },
    errors: MOVEMENT_ERRORS,
    book: (tx, context, { body }) => scrapStock(tx, context, [body]),
  }),
  bookRoute({
    name: 'changeStockStatus',
    summary: 'Releases, blocks or sends stock to inspection.',
    permission: 'stock:post',
    audit: { within: 'stock.status-changed' },
    errors: MOVEMENT_ERRORS,
    book: (tx, context, { body }) => changeStatus(tx, context, [body]),
  }),
  bookRoute({
    name: 'transferStock',
    summary: 'Moves stock to another location or warehouse of the legal entity.',
    permission: 'stock:post',
    audit: { within: 'stock.transferred' },
    errors: MOVEMENT_ERRORS,
    book: (tx, context, { body }) => transferStock(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseStockDocument',
    summary: 'Takes a stock document back: its movements, at what they were worth, and its entry.',
    permission: 'stock:post',
    audit: { within: 'stock.reversed' },
    errors: [
      'inventory.already-reversed',
      'inventory.frozen-for-count',
      'inventory.not-booked',
      'inventory.not-enough-stock',
      'inventory.serial-not-there',
      'inventory.serial-taken',
      'inventory.serials-missing',
      'inventory.unknown-movement',
      'inventory.wrong-state',
    ],
    book: (tx, context, { params, body }) =>
      reverseDocuments(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
