import { accept } from '#erp/company';
import {
  addPlanPrices,
  billSubscriptions,
  changeSubscriptions,
  chargesOf,
  createPlans,
  createSubscriptions,
  findSubscriptions,
  listPlans,
  listSubscriptions,
  mrrMovements,
  releaseRevenue,
} from '#erp/subscriptions';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { granted } from './command.ts';
import { listed, SHOWS_NOTHING_PERSONAL, there } from './reading.ts';

const READS = { permission: 'subscriptions:read', audit: SHOWS_NOTHING_PERSONAL } as const;

const READING_ROUTES = [
  route({
    ...READS,
    name: 'listSubscriptionPlans',
    summary: 'Lists what customers may subscribe to, with its prices.',
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listPlans(database.kysely, params.entity),
    }),
  }),
  route({
    ...READS,
    name: 'listSubscriptions',
    summary: 'Lists subscriptions with what happened to them, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        listSubscriptions(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  route({
    ...READS,
    name: 'getSubscription',
    summary: 'Shows a subscription, what happened to it and what was charged for it.',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database: { kysely } }) => {
      const { id } = params;
      const subscription = there((await findSubscriptions(kysely, [id])).get(id), params);
      return { subscription, charges: await chargesOf(kysely, [id]) };
    },
  }),
  route({
    ...READS,
    name: 'getRecurringRevenue',
    summary: 'Tells month by month how monthly recurring revenue moved, and why.',
    errors: [],
    handle: async ({ params, query }, { database }) => ({
      items: await mrrMovements(database.kysely, { ...query, legalEntity: params.entity }),
    }),
  }),
] as const;

/** Routes about what customers pay again and again. */
export const SUBSCRIPTIONS_ROUTES = [
  ...READING_ROUTES,
  bookRoute({
    name: 'createSubscriptionPlan',
    summary: 'Offers a plan to subscribe to.',
    permission: 'subscriptions:write',
    audit: { within: 'subscriptions.plan-created' },
    errors: ['subscriptions.bad-plan', 'subscriptions.code-taken'],
    book: (tx, context, { body }) => createPlans(tx, context, [body]),
  }),
  bookRoute({
    name: 'addSubscriptionPlanPrice',
    summary: 'Adds what a plan costs from a day on.',
    permission: 'subscriptions:write',
    audit: { within: 'subscriptions.price-added' },
    errors: ['subscriptions.bad-plan', 'subscriptions.code-taken', 'subscriptions.no-such-plan'],
    book: (tx, context, { params, body }) =>
      addPlanPrices(tx, context, [{ ...body, plan: params.id }]),
  }),
  bookRoute({
    name: 'createSubscription',
    summary: 'Signs a customer up; nothing is charged before a billing run.',
    permission: 'subscriptions:write',
    audit: { within: 'subscriptions.subscription-created' },
    errors: [
      'subscriptions.bad-subscription',
      'subscriptions.no-price',
      'subscriptions.no-such-customer',
      'subscriptions.no-such-plan',
    ],
    book: (tx, context, { body }) => createSubscriptions(tx, context, [body]),
  }),
  bookRoute({
    name: 'stepSubscription',
    summary: 'Changes, pauses, resumes or ends a subscription from a day on.',
    permission: 'subscriptions:write',
    audit: { within: 'subscriptions.step-taken' },
    errors: [
      'subscriptions.bad-subscription',
      'subscriptions.moved-on',
      'subscriptions.no-price',
      'subscriptions.no-such-plan',
      'subscriptions.no-such-subscription',
      'subscriptions.not-at-boundary',
      'subscriptions.not-in-this-state',
      'subscriptions.nothing-changes',
      'subscriptions.period-billed',
    ],
    book: (tx, context, { params, body }) =>
      changeSubscriptions(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'billSubscriptions',
    summary: 'Charges all subscriptions until a day; again charges nothing twice.',
    permission: 'subscriptions:post',
    audit: { within: 'subscriptions.billed' },
    errors: [],
    book: async (tx, context, { body }) => [accept(await billSubscriptions(tx, context, body))],
  }),
  bookRoute({
    name: 'releaseSubscriptionRevenue',
    summary: 'Brings revenue of subscriptions to what was earned at the end of a day.',
    permission: 'subscriptions:post',
    audit: { within: 'subscriptions.revenue-released' },
    errors: ['subscriptions.journal-refused'],
    book: async (tx, context, { body }) => {
      const released = (await releaseRevenue(tx, context, body)).map((each) => granted(each));
      return [accept({ released })];
    },
  }),
] as const;
