import { projectLines } from '#erp/ledger/reports';
import {
  createChangeOrders,
  createProjects,
  decideChangeOrders,
  findPlans,
  findProjects,
  listChangeOrders,
  listPlans,
  listProjects,
  planProjects,
  projectHealth,
  projectHistory,
  reachedOf,
  reachMilestones,
  reportProgress,
  steerProjects,
} from '#erp/projects';
import { closeProjects } from '#erp/projects/billing';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { PROJECT_WORK_ROUTES } from './project-work-routes.ts';
import { listed, SHOWS_NOTHING_PERSONAL, there } from './reading.ts';

const READS = { permission: 'projects:read', audit: SHOWS_NOTHING_PERSONAL } as const;
const STEERED = [
  'projects.moved-on',
  'projects.no-such-project',
  'projects.not-in-this-state',
] as const;

const READING_ROUTES = [
  route({
    ...READS,
    name: 'listProjects',
    summary: 'Lists projects, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        listProjects(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
  route({
    ...READS,
    name: 'getProject',
    summary: 'Shows a project: the plan it has, what is reached, its plans, what was done with it.',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database: { kysely } }) => {
      const { id } = params;
      const project = there((await findProjects(kysely, [id])).get(id), params);
      const version = project.planVersion;
      const plan = (await findPlans(kysely, [{ project: id, version }])).get(id);
      if (plan === undefined) throw notThere('api.no-such-record', `a plan of ${id}`);
      return {
        project,
        plan,
        reached: await reachedOf(kysely, [id]),
        plans: await listPlans(kysely, id),
        history: await projectHistory(kysely, id),
      };
    },
  }),
  route({
    ...READS,
    name: 'getProjectPlan',
    summary: "Shows a version of a project's plan.",
    errors: ['api.no-such-record'],
    handle: async ({ params, query }, { database: { kysely } }) => {
      const { project: id } = query;
      there((await findProjects(kysely, [id])).get(id), { ...params, id });
      const plan = (await findPlans(kysely, [query])).get(id);
      if (plan === undefined)
        throw notThere('api.no-such-record', `plan ${query.version} of ${id}`);
      return plan;
    },
  }),
  route({
    ...READS,
    name: 'getProjectHealth',
    summary: 'Tells how a project stood at the end of a day: earned value, forecast and budget.',
    errors: ['api.no-such-record'],
    handle: async ({ params, query }, { database: { kysely } }) => {
      const { project: id, on } = query;
      const project = there((await findProjects(kysely, [id])).get(id), { ...params, id });
      return await projectHealth(kysely, project, on);
    },
  }),
  route({
    ...READS,
    name: 'listProjectActuals',
    summary: 'Lists what the books show of a project as income and expense, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, (wanted) =>
        projectLines(database.kysely, { ...wanted, legalEntity: params.entity }),
      ),
  }),
] as const;

const PLANNING_ROUTES = [
  bookRoute({
    name: 'createProject',
    summary: 'Writes a project with its first plan.',
    permission: 'projects:write',
    audit: { within: 'projects.project-created' },
    errors: ['projects.bad-plan', 'projects.bad-project', 'projects.no-such-customer'],
    book: (tx, context, { body }) => createProjects(tx, context, [body]),
  }),
  bookRoute({
    name: 'planProject',
    summary: 'Plans a draft anew, as the next version of its plan.',
    permission: 'projects:write',
    audit: { within: 'projects.project-planned' },
    errors: [...STEERED, 'projects.bad-plan'],
    book: (tx, context, { params, body }) =>
      planProjects(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'stepProject',
    summary: 'Takes a step with a project.',
    permission: 'projects:write',
    audit: { within: 'projects.step-taken' },
    errors: STEERED,
    book: (tx, context, { params, body }) =>
      steerProjects(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'closeProject',
    summary: 'Closes a project of which everything is charged, paid and decided.',
    permission: 'projects:approve',
    audit: { within: 'projects.project-closed' },
    errors: [...STEERED, 'projects.journal-refused', 'projects.not-closable'],
    book: (tx, context, { params, body }) =>
      closeProjects(tx, context, [{ ...body, id: params.id }]),
  }),
  bookRoute({
    name: 'reportProjectProgress',
    summary: 'Notes how far a task is.',
    permission: 'projects:write',
    audit: { within: 'projects.progress-reported' },
    errors: [...STEERED, 'projects.bad-progress', 'projects.no-such-task'],
    book: (tx, context, { params, body }) =>
      reportProgress(tx, context, [{ ...body, project: params.id }]),
  }),
  bookRoute({
    name: 'reachProjectMilestone',
    summary: 'Notes that a milestone is reached.',
    permission: 'projects:write',
    audit: { within: 'projects.milestone-reached' },
    errors: [...STEERED, 'projects.already-reached', 'projects.no-such-milestone'],
    book: (tx, context, { params, body }) =>
      reachMilestones(tx, context, [{ ...body, project: params.id }]),
  }),
] as const;

const CHANGE_ROUTES = [
  route({
    ...READS,
    name: 'listProjectChangeOrders',
    summary: 'Lists change orders, the newest first.',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, async (wanted) => {
        const filter = { ...wanted, legalEntity: params.entity };
        const found = await listChangeOrders(database.kysely, filter);
        return found.map((order) => ({ ...order, change: { ...order.change } }));
      }),
  }),
  bookRoute({
    name: 'createProjectChangeOrder',
    summary: 'Asks for a change of a plan; nothing changes before another approves it.',
    permission: 'projects:write',
    audit: { within: 'projects.change-asked' },
    errors: [...STEERED, 'projects.bad-plan', 'projects.settled'],
    book: (tx, context, { body }) => createChangeOrders(tx, context, [body]),
  }),
  bookRoute({
    name: 'decideProjectChangeOrder',
    summary: 'Approves or rejects a change order; an approved one makes the next plan.',
    permission: 'projects:approve',
    audit: { within: 'projects.change-decided' },
    errors: [
      'projects.bad-plan',
      'projects.four-eyes',
      'projects.moved-on',
      'projects.no-such-change-order',
      'projects.not-in-this-state',
      'projects.settled',
    ],
    book: (tx, context, { params, body }) =>
      decideChangeOrders(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

/** Routes about projects. */
export const PROJECTS_ROUTES = [
  ...READING_ROUTES,
  ...PLANNING_ROUTES,
  ...CHANGE_ROUTES,
  ...PROJECT_WORK_ROUTES,
] as const;
