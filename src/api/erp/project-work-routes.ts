import { accept } from '#erp/company';
import {
  createResources,
  listResources,
  listTimeSheets,
  postTimeSheets,
  reverseTimeSheets,
  updateResources,
} from '#erp/projects';
import {
  billProjects,
  cancelBills,
  listBills,
  listRecognitions,
  recogniseRevenue,
} from '#erp/projects/billing';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { listed, SHOWS_NOTHING_PERSONAL } from './reading.ts';

const READS = { permission: 'projects:read', audit: SHOWS_NOTHING_PERSONAL } as const;

const TIME_ROUTES = [
  route({
    ...READS,
    name: 'listProjectResources',
    summary: 'Lists who works by the hour, with what an hour costs.',
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listResources(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'createProjectResource',
    summary: 'Takes in somebody who works by the hour.',
    permission: 'projects:write',
    audit: { within: 'projects.resource-created' },
    errors: ['projects.bad-resource', 'projects.code-taken'],
    book: (tx, context, { body }) => createResources(tx, context, [body]),
  }),
  bookRoute({
    name: 'updateProjectResource',
    summary: 'Changes a resource, or adds what its hours cost from a day on.',
    permission: 'projects:write',
    audit: { within: 'projects.resource-changed' },
    errors: [
      'projects.bad-resource',
      'projects.code-taken',
      'projects.moved-on',
      'projects.no-such-resource',
    ],
    book: (tx, context, { params, body }) =>
      updateResources(tx, context, [{ ...body, id: params.id }]),
  }),
  route({
    ...READS,
    name: 'listTimeSheets',
    summary: 'Lists time sheets with their lines, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        listTimeSheets(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  bookRoute({
    name: 'postTimeSheet',
    summary: 'Posts hours: their cost goes to the projects, in the books too.',
    permission: 'projects:post',
    audit: { within: 'projects.time-posted' },
    errors: [
      'projects.bad-hours',
      'projects.journal-refused',
      'projects.no-rate',
      'projects.no-such-project',
      'projects.no-such-resource',
      'projects.no-such-task',
      'projects.not-in-this-state',
      'projects.over-limit',
    ],
    book: (tx, context, { body }) => postTimeSheets(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseTimeSheet',
    summary: 'Takes hours back that nobody was charged for.',
    permission: 'projects:post',
    audit: { within: 'projects.time-reversed' },
    errors: [
      'projects.already-reversed',
      'projects.journal-refused',
      'projects.no-such-time-sheet',
      'projects.not-in-this-state',
      'projects.settled',
    ],
    book: (tx, context, { params, body }) =>
      reverseTimeSheets(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

/** Routes about hours, bills and revenue of projects. */
export const PROJECT_WORK_ROUTES = [
  ...TIME_ROUTES,
  route({
    ...READS,
    name: 'listProjectBills',
    summary: 'Lists what was charged of projects, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        listBills(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  bookRoute({
    name: 'billProject',
    summary: 'Charges the customer: reached milestones of a fixed price, else hours.',
    permission: 'projects:post',
    audit: { within: 'projects.billed' },
    errors: [
      'projects.invoice-refused',
      'projects.no-such-project',
      'projects.not-in-this-state',
      'projects.nothing-to-bill',
    ],
    book: (tx, context, { params, body }) =>
      billProjects(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'cancelProjectBill',
    summary: 'Cancels a bill with its invoice: what it charged may be charged again.',
    permission: 'projects:post',
    audit: { within: 'projects.bill-cancelled' },
    errors: [
      'projects.already-reversed',
      'projects.invoice-refused',
      'projects.no-such-bill',
      'projects.not-in-this-state',
    ],
    book: (tx, context, { params, body }) => cancelBills(tx, context, [{ ...body, id: params.id }]),
  }),
  route({
    ...READS,
    name: 'listProjectRecognitions',
    summary: 'Lists what was recognised as revenue of projects, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        listRecognitions(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  bookRoute({
    name: 'recogniseProjectRevenue',
    summary: 'Brings revenue in the books to what projects have earned at the end of a day.',
    permission: 'projects:post',
    audit: { within: 'projects.revenue-recognised' },
    errors: [],
    book: async (tx, context, { body }) => [accept(await recogniseRevenue(tx, context, body))],
  }),
] as const;
