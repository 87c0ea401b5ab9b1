import { listReservations } from '#erp/inventory';
import {
  changeOrders,
  createOrders,
  findDeliveries,
  findOrders,
  listDeliveries,
  listDeliveryHeads,
  listOrderHeads,
  listOrders,
  orderHistory,
  postDeliveries,
  reverseDeliveries,
  statusOf,
  steerOrders,
} from '#erp/sales';
import { bookRoute } from './book-route.ts';
import { listBy, readRoute, showBy, there, linesOrNone } from './reading.ts';
import { listByStatus, withStatus } from './with-status.ts';

const orders = linesOrNone(listOrders, listOrderHeads);
const STEP_ERRORS = ['sales.moved-on', 'sales.no-such-order', 'sales.not-in-this-state'] as const;
const DELIVERY_ERRORS = [
  'sales.journal-refused',
  'sales.returns-too-much',
  'sales.stock-refused',
] as const;

const ORDER_ROUTES = [
  readRoute({
    name: 'listSalesOrders',
    summary: 'Lists sales orders with their lines, the newest first.',
    permission: 'sales:read',
    errors: [],
    handle: listByStatus(orders, statusOf),
  }),
  readRoute({
    name: 'getSalesOrder',
    summary: 'Shows a sales order: what has left and been charged of each line, what is reserved.',
    permission: 'sales:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database: { kysely } }) => {
      const order = there((await findOrders(kysely, [params.id])).get(params.id), params);
      const reserved = await listReservations(kysely, { sources: [order.id] });
      const reservations = reserved.map((one) => ({ ...one, line: Number(one.source.line) }));
      return { ...withStatus(statusOf)(order), reservations };
    },
  }),
  bookRoute({
    name: 'createSalesOrder',
    summary: 'Writes a sales order as a draft; it is confirmed by a step.',
    permission: 'sales:write',
    audit: { within: 'sales.order-created' },
    errors: [
      'sales.bad-line',
      'sales.customer-blocked',
      'sales.item-inactive',
      'sales.no-rate',
      'sales.no-such-customer',
      'sales.no-such-item',
      'sales.no-such-terms',
      'sales.quantity-not-positive',
      'sales.warehouse-missing',
    ],
    book: (tx, context, { body }) => createOrders(tx, context, [body]),
  }),
  bookRoute({
    name: 'changeSalesOrder',
    summary: 'Changes a sales order, its lines, or adds some; beyond the credit limit it is held.',
    permission: 'sales:write',
    audit: { within: 'sales.order-changed' },
    errors: [
      ...STEP_ERRORS,
      'sales.above-quotation',
      'sales.already-charged',
      'sales.bad-line',
      'sales.below-delivered',
      'sales.empty-document',
      'sales.line-cancelled',
      'sales.no-such-item',
      'sales.no-such-order-line',
      'sales.no-such-terms',
      'sales.quantity-not-positive',
    ],
    book: (tx, context, { params, body }) =>
      changeOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  readRoute({
    name: 'getSalesOrderHistory',
    summary: 'Shows what was done with a sales order, and what it was before and after.',
    permission: 'sales:read',
    errors: ['api.no-such-record'],
    handle: async (request, services) => {
      const { id } = await showBy(findOrders)(request, services);
      return { items: await orderHistory(services.database.kysely, id) };
    },
  }),
  bookRoute({
    name: 'stepSalesOrder',
    summary: 'Confirms, reserves again for, cancels, closes or reopens a sales order.',
    permission: 'sales:write',
    audit: { within: 'sales.order-stepped' },
    errors: STEP_ERRORS,
    book: (tx, context, { params, body }) => steerOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'releaseSalesCredit',
    summary: 'Confirms an order that is held for credit; never by who made it.',
    permission: 'sales:approve',
    audit: { within: 'sales.credit-released' },
    errors: [...STEP_ERRORS, 'sales.four-eyes'],
    book: (tx, context, { params, body }) =>
      steerOrders(tx, context, [{ ...body, id: params.id, step: 'release-credit' }]),
  }),
] as const;

/** Routes about what is sold. */
export const SALES_ROUTES = [
  ...ORDER_ROUTES,
  readRoute({
    name: 'listDeliveries',
    summary: 'Lists deliveries, returns and what took them back, the newest first.',
    permission: 'sales:read',
    errors: [],
    handle: listBy(linesOrNone(listDeliveries, listDeliveryHeads)),
  }),
  readRoute({
    name: 'getDelivery',
    summary: 'Shows a delivery with its lines and what they cost.',
    permission: 'sales:read',
    errors: ['api.no-such-record'],
    handle: showBy(findDeliveries),
  }),
  bookRoute({
    name: 'postDelivery',
    summary:
      'Books what leaves for a customer, or comes back: stock, cost of goods sold, progress.',
    permission: 'sales:post',
    audit: { within: 'sales.delivery-posted' },
    errors: [
      ...DELIVERY_ERRORS,
      'sales.customer-blocked',
      'sales.line-cancelled',
      'sales.no-such-order',
      'sales.no-such-order-line',
      'sales.not-delivered-against',
      'sales.not-in-this-state',
      'sales.over-delivery',
      'sales.quantity-not-positive',
      'sales.several-customers',
    ],
    book: (tx, context, { body }) => postDeliveries(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseDelivery',
    summary: 'Takes a delivery or return back, at what it cost.',
    permission: 'sales:post',
    audit: { within: 'sales.delivery-reversed' },
    errors: [...DELIVERY_ERRORS, 'sales.already-reversed', 'sales.no-such-delivery'],
    book: (tx, context, { params, body }) =>
      reverseDeliveries(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
