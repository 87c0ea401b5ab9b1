import {
  createQuotations,
  findQuotations,
  listQuotations,
  orderQuotations,
  quotationStatusOf,
  reviseQuotations,
  steerQuotations,
} from '#erp/sales/quotations';
import type { Quotation } from '#erp/sales/quotations';
import type { LocalDate } from '#kernel/time';
import { bookRoute } from './book-route.ts';
import { listed, readRoute, there } from './reading.ts';
import { todayOf } from './today-of.ts';
import { withStatus } from './with-status.ts';

const STEP_ERRORS = [
  'sales.expired',
  'sales.moved-on',
  'sales.no-such-quotation',
  'sales.not-in-this-state',
] as const;

const DRAFT_ERRORS = [
  'sales.bad-line',
  'sales.customer-blocked',
  'sales.expired',
  'sales.item-inactive',
  'sales.no-rate',
  'sales.no-such-customer',
  'sales.no-such-item',
  'sales.no-such-terms',
  'sales.quantity-not-positive',
  'sales.warehouse-missing',
] as const;

const statusOn = (today: LocalDate) =>
  withStatus((quotation: Quotation) => quotationStatusOf(quotation, today));

/** Routes about what customers are offered. */
export const QUOTATION_ROUTES = [
  readRoute({
    name: 'listQuotations',
    summary: 'Lists quotations in all their revisions, the newest first.',
    permission: 'sales:read',
    errors: [],
    handle: async ({ params, query }, { clock, database: { kysely } }) => {
      const on = await todayOf(kysely, clock, params.entity);
      return await listed(query, async ({ status, ...wanted }) => {
        const found = await listQuotations(kysely, {
          ...wanted,
          on,
          ...(status === undefined ? {} : { statuses: status }),
          legalEntity: params.entity,
        });
        return found.map(statusOn(on));
      });
    },
  }),
  readRoute({
    name: 'getQuotation',
    summary: 'Shows a revision of a quotation with what of each line is ordered.',
    permission: 'sales:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { clock, database: { kysely } }) => {
      const quotation = there((await findQuotations(kysely, [params.id])).get(params.id), params);
      return statusOn(await todayOf(kysely, clock, params.entity))(quotation);
    },
  }),
  bookRoute({
    name: 'createQuotation',
    summary: 'Writes a quotation as a draft; it is sent by a step.',
    permission: 'sales:write',
    audit: { within: 'sales.quotation-created' },
    errors: DRAFT_ERRORS,
    book: (tx, context, { body }) => createQuotations(tx, context, [body]),
  }),
  bookRoute({
    name: 'reviseQuotation',
    summary:
      'Replaces a quotation that nothing was ordered of by its next revision, a draft again.',
    permission: 'sales:write',
    audit: { within: 'sales.quotation-revised' },
    errors: [...STEP_ERRORS, ...DRAFT_ERRORS, 'sales.several-customers'],
    book: (tx, context, { params, body }) =>
      reviseQuotations(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'stepQuotation',
    summary: 'Sends a quotation, or notes that the customer accepts or rejects it, while it holds.',
    permission: 'sales:write',
    audit: { within: 'sales.quotation-stepped' },
    errors: STEP_ERRORS,
    book: async (tx, context, { params, body }) => {
      const on = await todayOf(tx, context.clock, context.legalEntity);
      return await steerQuotations(tx, context, [{ ...body, on, id: params.id }]);
    },
  }),
  bookRoute({
    name: 'orderQuotation',
    summary: 'Writes a sales order, a draft, of an accepted quotation or of parts of it.',
    permission: 'sales:write',
    audit: { within: 'sales.quotation-ordered' },
    errors: [
      ...DRAFT_ERRORS,
      'sales.above-quotation',
      'sales.no-such-quotation',
      'sales.not-as-quoted',
      'sales.not-in-this-state',
    ],
    book: (tx, context, { params, body }) =>
      orderQuotations(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
