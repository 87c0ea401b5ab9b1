import { accept } from '#erp/company';
import {
  addCloseTasks,
  approveBudget,
  closeYear,
  compareBudget,
  createFiscalYear,
  findPeriod,
  listBudgets,
  listPeriodEvents,
  revaluationDue,
  revalue,
  setBudget,
} from '#erp/ledger/closing';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { granted } from './command.ts';
import { SHOWS_NOTHING_PERSONAL } from './reading.ts';

/** What an answer tells of an entry. */
const named = ({ id, number }: { readonly id: string; readonly number: string }) => ({
  id,
  number,
});

const REVALUATION_ERRORS = ['ledger.no-period', 'ledger.no-rate'] as const;

const MONTH_ROUTES = [
  route({
    name: 'previewRevaluation',
    summary: 'Shows what revaluing the open balances in foreign currency of a month would post.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: ['api.no-such-record', 'ledger.no-rate'],
    handle: async ({ params }, { database: { kysely } }) => {
      const { entity, year: fiscalYear, period } = params;
      const month = await findPeriod(kysely, entity, { fiscalYear, period });
      if (month === undefined) throw notThere('api.no-such-record', `${fiscalYear}/${period}`);
      return { items: granted(await revaluationDue(kysely, entity, month)) };
    },
  }),
  bookRoute({
    name: 'revaluePeriod',
    summary: 'Revalues open balances in foreign currency; the next month takes it back.',
    permission: 'ledger:post',
    audit: { within: 'ledger.revalued' },
    errors: [...REVALUATION_ERRORS, 'ledger.no-account-for', 'ledger.period-closed'],
    book: async (tx, context, { params: { year: fiscalYear, period } }) => {
      const done = await revalue(tx, context, { fiscalYear, period });
      if (!done.ok) return [done];
      const { revalued, posted } = done.value;
      if (posted === undefined) return [accept({ revalued })];
      const both = { ...named(posted.entry), reversal: named(posted.reversal) };
      return [accept({ revalued, posted: both })];
    },
  }),
  bookRoute({
    name: 'addCloseTasks',
    summary: 'Adds close tasks to a period: the usual ones, or those named.',
    permission: 'ledger:close',
    audit: { within: 'ledger.close-tasks-added' },
    errors: ['ledger.bad-task', 'ledger.no-period'],
    book: async (tx, context, { params, body }) => {
      const key = { fiscalYear: params.year, period: params.period };
      const added = await addCloseTasks(tx, context, key, body.tasks);
      return [added.ok ? accept({ items: added.value }) : added];
    },
  }),
  route({
    name: 'listPeriodEvents',
    summary: 'Lists who opened and closed periods of a fiscal year and why, the newest first.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params, query }, { database }) => {
      const wanted = { legalEntity: params.entity, fiscalYear: query.year };
      return { items: await listPeriodEvents(database.kysely, wanted) };
    },
  }),
] as const;

const YEAR_ROUTES = [
  bookRoute({
    name: 'openFiscalYear',
    summary: 'Opens the periods of a fiscal year.',
    permission: 'ledger:close',
    audit: { within: 'ledger.year-opened' },
    errors: ['ledger.no-such-legal-entity', 'ledger.year-exists'],
    book: async (tx, context, { body: { fiscalYear } }) => {
      const opened = await createFiscalYear(tx, context, fiscalYear);
      return [opened.ok ? accept({ fiscalYear, periods: opened.value.length }) : opened];
    },
  }),
  bookRoute({
    name: 'closeFiscalYear',
    summary: "Carries a year's result to retained earnings; all its months are closed first.",
    permission: 'ledger:close',
    audit: { within: 'ledger.year-closed' },
    errors: ['ledger.no-account-for', 'ledger.no-period', 'ledger.year-open'],
    book: async (tx, context, { params }) => {
      const closed = await closeYear(tx, context, params.year);
      if (!closed.ok) return [closed];
      const { result, entry } = closed.value;
      return [accept({ result, ...(entry === undefined ? {} : { posted: named(entry) }) })];
    },
  }),
] as const;

const BUDGET_ROUTES = [
  route({
    name: 'listBudgets',
    summary: 'Lists the budgets of a legal entity, the newest year first.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listBudgets(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'setBudget',
    summary: 'Writes lines of a budget that is a draft; a line for the same is replaced.',
    permission: 'ledger:write',
    audit: { within: 'ledger.budget-changed' },
    errors: ['ledger.bad-budget', 'ledger.budget-approved', 'ledger.no-such-budget'],
    book: async (tx, context, { params, body: { title, lines } }) => {
      const budget = { version: params.id, fiscalYear: params.year, title };
      return [await setBudget(tx, context, budget, lines)];
    },
  }),
  bookRoute({
    name: 'approveBudget',
    summary: 'Approves a budget: from now on it is what was approved.',
    permission: 'ledger:close',
    audit: { within: 'ledger.budget-approved' },
    errors: ['ledger.budget-approved', 'ledger.no-such-budget'],
    book: async (tx, context, { params }) => [
      await approveBudget(tx, context, { version: params.id, fiscalYear: params.year }),
    ],
  }),
  route({
    name: 'compareBudget',
    summary: 'Shows plan and books side by side, by account and cost centre.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params, query }, { database }) => {
      const key = { version: params.id, fiscalYear: params.year, legalEntity: params.entity };
      return { items: await compareBudget(database.kysely, { ...key, ...query }) };
    },
  }),
] as const;

/** Routes about closing: revaluation, tasks, years, budgets. */
export const CLOSING_ROUTES = [...MONTH_ROUTES, ...YEAR_ROUTES, ...BUDGET_ROUTES] as const;
