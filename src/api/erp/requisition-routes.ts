import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import {
  createRequisitions,
  findRequisitions,
  listRequisitions,
  orderRequisitions,
  requisitionStatusOf,
  steerRequisitions,
} from '#erp/purchasing/requisitions';
import { bookRoute } from './book-route.ts';
import { granted } from './command.ts';
import { readRoute, there } from './reading.ts';
import { listByStatus, withStatus } from './with-status.ts';

const STEP_ERRORS = [
  'purchasing.moved-on',
  'purchasing.no-such-requisition',
  'purchasing.not-in-this-state',
] as const;

const CREATE_ERRORS = [
  'purchasing.bad-line',
  'purchasing.no-such-item',
  'purchasing.quantity-not-positive',
] as const;

/** What was refused of a line names it as it was sent. */
function ofLine<T>(result: Result<T>, at: number): Result<T> {
  if (result.ok) return result;
  const { field } = result.problem;
  const named = field === undefined ? `lines.${at}` : `lines.${at}.${field}`;
  return { ok: false, problem: { ...result.problem, field: named } };
}

/** Routes about what people want to be bought. */
export const REQUISITION_ROUTES = [
  readRoute({
    name: 'listRequisitions',
    summary: 'Lists requisitions with what of each line is ordered, the newest first.',
    permission: 'purchasing:read',
    errors: [],
    handle: listByStatus(listRequisitions, requisitionStatusOf),
  }),
  readRoute({
    name: 'getRequisition',
    summary: 'Shows a requisition with what of each line is ordered.',
    permission: 'purchasing:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database }) => {
      const found = await findRequisitions(database.kysely, [params.id]);
      return withStatus(requisitionStatusOf)(there(found.get(params.id), params));
    },
  }),
  bookRoute({
    name: 'createRequisition',
    summary: 'Writes down what somebody wants to be bought, as a draft.',
    permission: 'requisitions:write',
    audit: { within: 'purchasing.requisition-created' },
    errors: CREATE_ERRORS,
    book: (tx, context, { body }) => createRequisitions(tx, context, [body]),
  }),
  bookRoute({
    name: 'stepRequisition',
    summary: 'Submits, withdraws, closes or reopens a requisition.',
    permission: 'requisitions:write',
    audit: { within: 'purchasing.requisition-stepped' },
    errors: STEP_ERRORS,
    book: (tx, context, { params, body }) =>
      steerRequisitions(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'decideRequisition',
    summary: 'Approves or rejects what was submitted; who asks for it does not approve it.',
    permission: 'purchasing:approve',
    audit: { within: 'purchasing.requisition-decided' },
    errors: [...STEP_ERRORS, 'purchasing.four-eyes'],
    book: (tx, context, { params, body }) =>
      steerRequisitions(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'orderRequisitions',
    summary: 'Orders what was approved: a draft for each supplier and day; all of it, or nothing.',
    permission: 'purchasing:write',
    audit: { within: 'purchasing.requisitions-ordered' },
    errors: [
      ...CREATE_ERRORS,
      'purchasing.above-requisition',
      'purchasing.no-price',
      'purchasing.no-rate',
      'purchasing.no-such-requisition',
      'purchasing.no-such-supplier',
      'purchasing.not-in-this-state',
      'purchasing.supplier-blocked',
      'purchasing.warehouse-missing',
    ],
    book: async (tx, context, { body }) => {
      const results = await orderRequisitions(tx, context, body.lines);
      return [accept({ lines: results.map((result, at) => granted(ofLine(result, at))) })];
    },
  }),
] as const;
