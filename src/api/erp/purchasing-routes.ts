import {
  changeOrders,
  createOrders,
  findOrders,
  findReceipts,
  listOrderHeads,
  listOrders,
  listReceiptHeads,
  listReceipts,
  orderHistory,
  postReceipts,
  readApprovalLimit,
  reverseReceipts,
  setApprovalLimit,
  statusOf,
  steerOrders,
} from '#erp/purchasing';
import { accept } from '#erp/company';
import { bookRoute } from './book-route.ts';
import { listBy, readRoute, showBy, there, linesOrNone } from './reading.ts';
import { listByStatus, withStatus } from './with-status.ts';

/** Why a receipt, a return or what takes one back is refused. */
const orders = linesOrNone(listOrders, listOrderHeads);
const RECEIPT_ERRORS = [
  'purchasing.journal-refused',
  'purchasing.returns-too-much',
  'purchasing.stock-refused',
] as const;

const STEP_ERRORS = [
  'purchasing.agreement-refused',
  'purchasing.moved-on',
  'purchasing.no-such-order',
  'purchasing.not-in-this-state',
] as const;

const ORDER_ROUTES = [
  readRoute({
    name: 'listErpPurchaseOrders',
    summary: 'Lists purchase orders with their lines, the newest first.',
    permission: 'purchasing:read',
    errors: [],
    handle: listByStatus(orders, statusOf),
  }),
  readRoute({
    name: 'getErpPurchaseOrder',
    summary: 'Shows a purchase order with what has come and been charged of each line.',
    permission: 'purchasing:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database }) => {
      const found = await findOrders(database.kysely, [params.id]);
      return withStatus(statusOf)(there(found.get(params.id), params));
    },
  }),
  bookRoute({
    name: 'createErpPurchaseOrder',
    summary: 'Writes a purchase order as a draft; it is issued by a step.',
    permission: 'purchasing:write',
    audit: { within: 'purchasing.order-created' },
    errors: [
      'purchasing.bad-line',
      'purchasing.item-inactive',
      'purchasing.no-rate',
      'purchasing.no-such-item',
      'purchasing.no-such-supplier',
      'purchasing.no-such-terms',
      'purchasing.quantity-not-positive',
      'purchasing.supplier-blocked',
      'purchasing.warehouse-missing',
    ],
    book: (tx, context, { body }) => createOrders(tx, context, [body]),
  }),
  bookRoute({
    name: 'changeErpPurchaseOrder',
    summary:
      'Changes a purchase order, its lines, or adds some; worth more above the limit it waits.',
    permission: 'purchasing:write',
    audit: { within: 'purchasing.order-changed' },
    errors: [
      ...STEP_ERRORS,
      'purchasing.above-requisition',
      'purchasing.already-charged',
      'purchasing.bad-line',
      'purchasing.below-received',
      'purchasing.empty-document',
      'purchasing.line-cancelled',
      'purchasing.no-such-item',
      'purchasing.no-such-order-line',
      'purchasing.no-such-terms',
      'purchasing.quantity-not-positive',
    ],
    book: (tx, context, { params, body }) =>
      changeOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  readRoute({
    name: 'getErpPurchaseOrderHistory',
    summary: 'Shows what was done with a purchase order, and what it was before and after.',
    permission: 'purchasing:read',
    errors: ['api.no-such-record'],
    handle: async (request, services) => {
      const { id } = await showBy(findOrders)(request, services);
      return { items: await orderHistory(services.database.kysely, id) };
    },
  }),
  bookRoute({
    name: 'stepErpPurchaseOrder',
    summary: 'Issues, cancels, closes or reopens a purchase order; above the limit it waits.',
    permission: 'purchasing:write',
    audit: { within: 'purchasing.order-stepped' },
    errors: STEP_ERRORS,
    book: (tx, context, { params, body }) => steerOrders(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'decideErpPurchaseOrder',
    summary: 'Approves or rejects a purchase order that waits; never by who made it.',
    permission: 'purchasing:approve',
    audit: { within: 'purchasing.order-decided' },
    errors: [...STEP_ERRORS, 'purchasing.four-eyes'],
    book: (tx, context, { params, body }) => steerOrders(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

const RECEIPT_ROUTES = [
  readRoute({
    name: 'listGoodsReceipts',
    summary: 'Lists goods receipts, returns and what took them back, the newest first.',
    permission: 'purchasing:read',
    errors: [],
    handle: listBy(linesOrNone(listReceipts, listReceiptHeads)),
  }),
  readRoute({
    name: 'getGoodsReceipt',
    summary: 'Shows a goods receipt with its lines.',
    permission: 'purchasing:read',
    errors: ['api.no-such-record'],
    handle: showBy(findReceipts),
  }),
  bookRoute({
    name: 'postGoodsReceipt',
    summary: 'Books what a supplier delivered, or what goes back to him: stock, books, progress.',
    permission: 'purchasing:post',
    audit: { within: 'purchasing.receipt-posted' },
    errors: [
      ...RECEIPT_ERRORS,
      'purchasing.line-cancelled',
      'purchasing.no-such-order',
      'purchasing.no-such-order-line',
      'purchasing.not-in-this-state',
      'purchasing.not-received-against',
      'purchasing.over-delivery',
      'purchasing.quantity-not-positive',
      'purchasing.several-suppliers',
    ],
    book: (tx, context, { body }) => postReceipts(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseGoodsReceipt',
    summary: 'Takes a goods receipt or return back, at what it was worth.',
    permission: 'purchasing:post',
    audit: { within: 'purchasing.receipt-reversed' },
    errors: [...RECEIPT_ERRORS, 'purchasing.already-reversed', 'purchasing.no-such-receipt'],
    book: (tx, context, { params, body }) =>
      reverseReceipts(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

const SETTING_ROUTES = [
  readRoute({
    name: 'getPurchasingSettings',
    summary: 'Shows above what worth another has to approve an order; null: nobody need.',
    permission: 'purchasing:read',
    errors: [],
    handle: async ({ params }, { database }) => {
      const limit = await readApprovalLimit(database.kysely, params.entity);
      return { approvalLimit: limit ?? null };
    },
  }),
  bookRoute({
    name: 'setPurchasingSettings',
    summary: 'Sets, or takes away, the worth above which another has to approve an order.',
    permission: 'purchasing:approve',
    audit: { within: 'purchasing.settings-changed' },
    errors: [],
    book: async (tx, { legalEntity }, { body: { approvalLimit } }) => {
      await setApprovalLimit(tx, legalEntity, approvalLimit ?? undefined);
      return [accept({ approvalLimit })];
    },
  }),
] as const;

/** Routes about what is bought. */
export const PURCHASING_ROUTES = [...ORDER_ROUTES, ...RECEIPT_ROUTES, ...SETTING_ROUTES] as const;
