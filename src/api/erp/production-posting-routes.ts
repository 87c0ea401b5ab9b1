import {
  findPostings,
  listPostings,
  postConfirmations,
  postIssues,
  postReceipts,
  reversePostings,
} from '#erp/production';
import { orderOutside, receiveOutside, shipOutside } from '#erp/production/outside';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { STEP_ERRORS } from './production-routes.ts';
import { listBy, showBy } from './reading.ts';

/** Why something that books on an order is refused. */
const POSTING_ERRORS = [
  ...STEP_ERRORS,
  'production.bad-quantity',
  'production.journal-refused',
  'production.stock-refused',
] as const;

const YIELD_ERRORS = [
  ...POSTING_ERRORS,
  'production.bad-times',
  'production.empty-posting',
  'production.more-than-made',
  'production.more-than-passed-on',
  'production.no-such-component',
  'production.no-such-operation',
  'production.operation-done',
  'production.reason-missing',
  'production.returns-too-much',
] as const;

const OUTSIDE_ROUTES = [
  bookRoute({
    name: 'orderOutside',
    summary: "Orders the service of an outside operation's supplier; above the limit it waits.",
    permission: 'purchasing:write',
    audit: { within: 'production.outside-ordered' },
    errors: [
      ...STEP_ERRORS,
      'production.bad-quantity',
      'production.more-than-passed-on',
      'production.no-such-operation',
      'production.operation-done',
      'production.purchase-refused',
    ],
    book: (tx, context, { params, body }) =>
      orderOutside(tx, context, [{ ...body, order: params.id }]),
  }),
  bookRoute({
    name: 'shipOutside',
    summary: 'Ships pieces to the supplier; what we provide moves to our stock there.',
    permission: 'production:post',
    audit: { within: 'production.outside-shipped' },
    errors: [
      ...POSTING_ERRORS,
      'production.bad-order',
      'production.more-than-passed-on',
      'production.no-such-component',
      'production.no-such-operation',
      'production.operation-done',
    ],
    book: (tx, context, { params, body }) =>
      shipOutside(tx, context, [{ ...body, order: params.id }]),
  }),
  bookRoute({
    name: 'receiveOutside',
    summary: 'Takes pieces back from the supplier: good, scrap, what they used, what it costs.',
    permission: 'production:post',
    audit: { within: 'production.outside-received' },
    errors: [
      ...YIELD_ERRORS,
      'production.more-than-shipped',
      'production.no-such-purchase-order',
      'production.purchase-refused',
    ],
    book: (tx, context, { params, body }) =>
      receiveOutside(tx, context, [{ ...body, order: params.id }]),
  }),
] as const;

/** What is posted on work orders: material, work done, what was made, what was made outside. */
export const PRODUCTION_POSTING_ROUTES = [
  route({
    name: 'listProductionPostings',
    summary: 'Lists what was posted on work orders, with what it added to their cost.',
    permission: 'production:read',
    audit: { after: 'production.postings-listed' }, // They name who worked, and how long.
    errors: [],
    handle: listBy(listPostings),
  }),
  route({
    name: 'getProductionPosting',
    summary: 'Shows something that was posted on a work order, line by line.',
    permission: 'production:read',
    audit: { after: 'production.posting-shown' },
    errors: ['api.no-such-record'],
    handle: showBy(findPostings),
  }),
  bookRoute({
    name: 'issueWorkOrderMaterials',
    summary: 'Issues material to a work order by hand, or takes it back into stock.',
    permission: 'production:post',
    audit: { within: 'production.materials-issued' },
    errors: [
      ...POSTING_ERRORS,
      'production.empty-posting',
      'production.no-such-component',
      'production.returns-too-much',
    ],
    book: (tx, context, { params, body }) =>
      postIssues(tx, context, [{ ...body, order: params.id }]),
  }),
  bookRoute({
    name: 'confirmWorkOrder',
    summary: 'Confirms work at an operation: yield, scrap and its reason, times, material used.',
    permission: 'production:post',
    audit: { within: 'production.confirmed' },
    errors: [...YIELD_ERRORS, 'production.no-rate'],
    book: (tx, context, { params, body }) =>
      postConfirmations(tx, context, [{ ...body, order: params.id }]),
  }),
  bookRoute({
    name: 'receiveWorkOrder',
    summary: 'Takes what was made into stock, with what came out beside it.',
    permission: 'production:post',
    audit: { within: 'production.received' },
    errors: [...POSTING_ERRORS, 'production.more-than-made'],
    book: (tx, context, { params, body }) =>
      postReceipts(tx, context, [{ ...body, order: params.id }]),
  }),
  bookRoute({
    name: 'reverseProductionPosting',
    summary: 'Takes a posting back with stock, cost and books; a settlement opens its order again.',
    permission: 'production:post',
    audit: { within: 'production.posting-reversed' },
    errors: [
      'production.already-reversed',
      'production.journal-refused',
      'production.later-steps-exist',
      'production.no-such-posting',
      'production.not-in-this-state',
      'production.purchase-refused',
      'production.stock-refused',
    ],
    book: (tx, context, { params, body }) =>
      reversePostings(tx, context, [{ ...body, id: params.id }]),
  }),
  ...OUTSIDE_ROUTES,
] as const;
