import {
  coverDemands,
  delaysOf,
  endDowntimes,
  listDowntimes,
  loadOf,
  readMaterialFacts,
  readOpenOperations,
  recordDowntimes,
  shortagesOf,
} from '#erp/production/planning';
import {
  addRates,
  createRoutings,
  createWorkCentres,
  listRoutings,
  listWorkCentres,
  updateWorkCentres,
} from '#erp/production/setup';
import { RialtoError } from '#kernel';
import { daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ApiErrorCode } from '../errors.ts';
import { bookRoute } from './book-route.ts';
import { listed, readRoute } from './reading.ts';
import { todayOf } from './today-of.ts';

const MOST_DAYS = 92;

const SETUP_ROUTES = [
  readRoute({
    name: 'listWorkCentres',
    summary: 'Lists work centres with what they can do and cost, by code.',
    permission: 'production:read',
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listWorkCentres(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'createWorkCentre',
    summary: 'Opens a work centre with what an hour there costs.',
    permission: 'production:write',
    audit: { within: 'production.work-centre-created' },
    errors: [
      'production.bad-work-centre',
      'production.code-taken',
      'production.no-such-cost-centre',
    ],
    book: (tx, context, { body }) => createWorkCentres(tx, context, [body]),
  }),
  bookRoute({
    name: 'updateWorkCentre',
    summary: 'Changes a work centre, or takes it out of use.',
    permission: 'production:write',
    audit: { within: 'production.work-centre-changed' },
    errors: [
      'production.bad-work-centre',
      'production.moved-on',
      'production.no-such-cost-centre',
      'production.no-such-work-centre',
    ],
    book: (tx, context, { params, body: { version, set } }) =>
      updateWorkCentres(tx, context, [{ ...set, version, id: params.id }]),
  }),
  bookRoute({
    name: 'addWorkCentreRate',
    summary: 'Says what an hour at a work centre costs from a day on.',
    permission: 'production:write',
    audit: { within: 'production.rate-added' },
    errors: [
      'production.bad-work-centre',
      'production.code-taken',
      'production.no-such-work-centre',
    ],
    book: (tx, context, { params, body }) =>
      addRates(tx, context, [{ ...body, workCentre: params.id }]),
  }),
  readRoute({
    name: 'listRoutings',
    summary: 'Lists how items are made, by item, the newest version first.',
    permission: 'production:read',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, ({ item, ...page }) =>
        listRoutings(database.kysely, params.entity, item === undefined ? undefined : [item], page),
      ),
  }),
  bookRoute({
    name: 'createRouting',
    summary: 'Writes a version of how an item is made: at work centres of ours, or at suppliers.',
    permission: 'production:write',
    audit: { within: 'production.routing-created' },
    errors: [
      'production.bad-routing',
      'production.bad-times',
      'production.code-taken',
      'production.no-such-item',
      'production.no-such-supplier',
      'production.no-such-warehouse',
      'production.no-such-work-centre',
    ],
    book: (tx, context, { body }) => createRoutings(tx, context, [body]),
  }),
] as const;

const DOWNTIME_ROUTES = [
  readRoute({
    name: 'listDowntimes',
    summary: 'Lists at most a thousand stops of work centres and machines, the newest first.',
    permission: 'production:read',
    errors: [],
    handle: async ({ params, query: { workCentre, lasting, ...within } }, { database }) => ({
      items: await listDowntimes(database.kysely, {
        ...within,
        legalEntity: params.entity,
        ...(workCentre === undefined ? {} : { workCentres: [workCentre] }),
        ...(lasting === undefined ? {} : { isLasting: lasting === 'true' }),
      }),
    }),
  }),
  bookRoute({
    name: 'recordDowntime',
    summary: 'Notes a stop of a work centre or machine; without an end it still lasts.',
    permission: 'production:post',
    audit: { within: 'production.downtime-recorded' },
    errors: [
      'production.bad-times',
      'production.downtime-lasts',
      'production.no-such-order',
      'production.no-such-work-centre',
      'production.reason-missing',
    ],
    book: (tx, context, { body }) => recordDowntimes(tx, context, [body]),
  }),
  bookRoute({
    name: 'endDowntime',
    summary: 'Notes that a stop is over.',
    permission: 'production:post',
    audit: { within: 'production.downtime-ended' },
    errors: ['production.bad-times', 'production.no-such-downtime'],
    book: (tx, context, { params, body }) =>
      endDowntimes(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

/** Where and how things are made, what work centres have to do, and what material is short. */
export const PRODUCTION_PLANNING_ROUTES = [
  ...SETUP_ROUTES,
  ...DOWNTIME_ROUTES,
  readRoute({
    name: 'getCapacityLoad',
    summary: 'Tells what work centres have to do on each day, and can; over at most 92 days.',
    permission: 'production:read',
    errors: [],
    handle: async ({ params, query: { from, to, workCentre } }, { clock, database }) => {
      requireWindow(from, to);
      const { kysely } = database;
      const today = await todayOf(kysely, clock, params.entity);
      const centres = await listWorkCentres(kysely, params.entity);
      const wanted = centres.filter(({ id }) => workCentre === undefined || id === workCentre);
      const operations = await readOpenOperations(kysely, params.entity, today);
      return { items: loadOf(wanted, operations, { from, to }) };
    },
  }),
  readRoute({
    name: 'getMaterialPlan',
    summary: 'Tells what covers the open material of work orders, what is short, who has to wait.',
    permission: 'production:read',
    errors: [],
    handle: async ({ params, query: { item, order, short } }, { database: { kysely } }) => {
      const { demands, supplies } = await readMaterialFacts(kysely, params.entity);
      const covers = coverDemands(demands, supplies);
      const wanted = (short === 'true' ? shortagesOf(covers) : covers).filter(
        (cover) =>
          (item === undefined || cover.item === item) &&
          (order === undefined || cover.order === order),
      );
      const named = new Set(wanted.map((cover) => cover.order));
      const delays = delaysOf(demands, supplies).filter((delay) => named.has(delay.order));
      return { items: wanted, delays };
    },
  }),
] as const;

function requireWindow(from: LocalDate, to: LocalDate): void {
  const days = daysBetween(from, to);
  if (days >= 0 && days < MOST_DAYS) return;
  const message = `to: from ${from} there are 1 to ${MOST_DAYS} days`;
  throw new RialtoError<ApiErrorCode>('invalid', 'api.invalid-request', message);
}
