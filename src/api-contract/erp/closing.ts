import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import { EntityCode, NameText } from './company.ts';
import { CloseTask, NewEntry, Posted } from './ledger.ts';
import {
  acts,
  all,
  AmountIn,
  BOOKS,
  ByEntity,
  creates,
  CurrencyIn,
  DayIn,
  NOTHING,
  puts,
  tells,
  text,
  version,
} from './shapes.ts';

const FiscalYear = z.coerce.number().int().min(1990).max(2100);
const Month = z.coerce.number().int().min(1).max(13);
const ByYear = z.strictObject({ entity: EntityCode, year: FiscalYear });
const ByPeriod = ByYear.extend({ period: Month });
const ByBudget = ByYear.extend({ id: text(50) }); // Its version.

const Revalued = z.object({
  account: z.string(),
  into: z.string(), // The account that takes the difference.
  currency: z.string(),
  balance: z.string(), // Foreign currency.
  companyBalance: z.string(),
  rate: z.string(),
  rateOn: Day,
  difference: z.string(),
});
const PeriodStatus = z.enum(['open', 'soft-closed', 'closed']);
const PeriodEvent = z.object({
  fiscalYear: z.number().int(),
  period: z.number().int(),
  from: PeriodStatus,
  to: PeriodStatus,
  reason: z.string(),
  by: z.string(),
  at: Moment,
});

const Budget = z.object({
  version: z.string(),
  fiscalYear: z.number().int(),
  title: z.string(),
  status: z.enum(['draft', 'approved']), // Approved: never changed again.
  createdBy: z.string(),
  createdAt: Moment,
  approvedBy: z.string().nullable(),
});
const Comparison = z.object({
  account: z.string(),
  name: NameText,
  kind: z.string(),
  costCentre: z.string(),
  budget: z.string(), // Income and expense both above zero; company currency.
  actual: z.string(),
  variance: z.string(), // Actual less budget.
});

const Parked = z.object({
  id: z.string(),
  postedOn: Day,
  text: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  draft: z.object({
    currency: z.string(),
    lines: z.array(z.object({ account: z.string().optional(), amount: z.string() })).readonly(),
  }),
});
const Recurring = z.object({
  id: z.string(),
  name: z.string(),
  everyMonths: z.number().int(),
  firstOn: Day,
  nextOn: Day,
  untilOn: Day.nullable(),
  postedTimes: z.number().int(),
  status: z.enum(['active', 'paused', 'ended']),
  version: z.number().int(),
});
const NewRecurring = z.strictObject({
  name: z.string().min(1).max(200),
  everyMonths: z.number().int().min(1).max(60),
  firstOn: DayIn,
  untilOn: DayIn.exactOptional(), // The last day it may be due on.
  draft: z.strictObject({
    currency: CurrencyIn,
    text: z.string().min(1).max(500),
    lines: z
      .array(
        z.strictObject({
          account: text(20),
          amount: AmountIn,
          costCentre: text(50).exactOptional(),
          project: text(100).exactOptional(),
          text: text(500).exactOptional(),
        }),
      )
      .min(2)
      .max(500),
  }),
});

const CostCentre = z.object({
  code: z.string(),
  name: NameText,
  parent: z.string().optional(),
  responsible: z.string().optional(),
  validFrom: Day,
  validTo: Day.optional(), // The last day.
  version: z.number().int(),
});
const Rule = z.strictObject({
  key: z.string().min(1).max(40), // A posting key: what a document wants to post to.
  itemGroup: text(50).exactOptional(),
  taxCode: text(30).exactOptional(),
  partyGroup: text(50).exactOptional(),
  bankAccount: text(50).exactOptional(),
  account: text(20),
});
const LedgerSettings = z.strictObject({ fourEyes: z.boolean() });
const Version = z.strictObject({ version });
const Made = z.object({ id: z.string() });

/** Routes about what a month or a year takes until it is closed. */
export const CLOSING_ROUTES = {
  previewRevaluation: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/periods/:year/:period/revaluation`,
    params: ByPeriod,
    reply: all(Revalued),
  },
  revaluePeriod: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/periods/:year/:period/revaluation`,
    params: ByPeriod,
    reply: z.strictObject({
      revalued: z.array(Revalued).readonly(),
      posted: Posted.optional(), // None: nothing differs.
    }),
  },
  addCloseTasks: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/periods/:year/:period/tasks`,
    params: ByPeriod,
    body: z.strictObject({
      tasks: z // Left out: the usual ones.
        .array(
          z.strictObject({
            code: z.string().min(1).max(50),
            name: NameText,
            owner: text(100).exactOptional(),
            dueDays: z.number().int().min(-31).max(90), // After the period's last.
            dependsOn: z.array(text(50)).max(50).exactOptional(),
          }),
        )
        .min(1)
        .max(100)
        .exactOptional(),
    }),
    reply: all(CloseTask),
  },
  listPeriodEvents: tells('period-events', all(PeriodEvent), { year: FiscalYear }),
  openFiscalYear: creates(
    'fiscal-years',
    z.strictObject({ fiscalYear: z.number().int().min(1990).max(2100) }),
    z.strictObject({ fiscalYear: z.number().int(), periods: z.number().int() }),
  ),
  closeFiscalYear: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/fiscal-years/:year/close`,
    params: ByYear,
    reply: z.strictObject({ result: z.string(), posted: Posted.optional() }),
  },
  listBudgets: tells('budgets', all(Budget), {}),
  setBudget: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/budgets/:year/:id`,
    params: ByBudget,
    body: z.strictObject({
      title: z.string().min(1).max(200),
      lines: z
        .array(
          z.strictObject({
            account: text(20),
            costCentre: text(50).exactOptional(),
            period: z.number().int(),
            amount: AmountIn,
          }),
        )
        .min(1)
        .max(5000),
    }),
    reply: Budget,
  },
  approveBudget: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/budgets/:year/:id/approve`,
    params: ByBudget,
    reply: Budget,
  },
  compareBudget: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/budgets/:year/:id/comparison`,
    params: ByBudget,
    query: z.strictObject({
      fromPeriod: Month.exactOptional(),
      toPeriod: Month.exactOptional(),
    }),
    reply: all(Comparison),
  },
  listParkedEntries: tells('parked-entries', all(Parked), {}),
  parkJournalEntry: creates('parked-entries', NewEntry.omit({ reverseOn: true }), Made),
  postParkedEntry: acts('parked-entries/:id/post', Version, Posted),
  withdrawParkedEntry: acts('parked-entries/:id/withdraw', Version, Made),
  listRecurringEntries: tells('recurring-entries', all(Recurring), {}),
  createRecurringEntry: creates('recurring-entries', NewRecurring, Made),
  changeRecurringEntry: puts(
    'recurring-entries/:id',
    Version.extend({ status: Recurring.shape.status }),
    Recurring,
  ),
  postRecurringEntries: creates(
    'recurring-postings',
    z.strictObject({ upTo: DayIn }),
    z.strictObject({
      posted: z.array(Posted.extend({ on: Day, recurring: z.string() })).readonly(),
      refused: z // They stay due.
        .array(z.object({ on: Day, recurring: z.string(), code: z.string(), message: z.string() }))
        .readonly(),
    }),
  ),
  listCostCentres: tells('cost-centres', all(CostCentre), {}),
  createCostCentre: creates(
    'cost-centres',
    z.strictObject({
      code: z.string().min(1).max(50),
      name: NameText,
      parent: text(50).exactOptional(),
      responsible: text(100).exactOptional(),
      validFrom: DayIn,
      validTo: DayIn.exactOptional(),
    }),
    CostCentre,
  ),
  updateCostCentre: puts(
    'cost-centres/:id',
    Version.extend({
      name: NameText.exactOptional(),
      responsible: text(100).exactOptional(),
      validTo: DayIn.exactOptional(),
    }),
    CostCentre,
  ),
  listDetermination: tells('account-determination', all(Rule), {}),
  setDetermination: creates('account-determination', Rule, Rule),
  getLedgerSettings: tells('ledger-settings', LedgerSettings, {}),
  setLedgerSettings: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/ledger-settings`,
    params: ByEntity,
    body: LedgerSettings,
    reply: LedgerSettings,
  },
} as const;
