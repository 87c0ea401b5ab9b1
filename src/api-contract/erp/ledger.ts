import { z } from 'zod';
import { Day, Moment, Said } from '../common.ts';
import { DecimalText, EntityCode, NameText } from './company.ts';
import {
  all,
  BETWEEN,
  BOOKS,
  ByEntity,
  ById,
  LIMIT,
  LINES_OR_NONE,
  NOTHING,
  perhapsLines,
  sort,
  text,
  YesNo,
} from './shapes.ts';

const ByPeriod = z.strictObject({
  entity: EntityCode,
  year: z.coerce.number().int().min(1990).max(2100),
  period: z.coerce.number().int().min(1).max(13),
});

/** On which side of the books an account grows. */
export const AccountKind = z.enum(['asset', 'liability', 'equity', 'income', 'expense']);
/** An account of a chart. */
export const Account = z.strictObject({
  number: z.string(),
  name: NameText,
  kind: AccountKind,
  statementLine: z.string(),
  controlOf: z.enum(['payable', 'receivable', 'stock']).optional(), // No entries by hand.
  revaluationAccount: z.string().optional(),
  currency: z.string().optional(),
  blocked: z.boolean(),
  version: z.number().int(),
});

const EntryKind = z.enum([
  'manual',
  'accrual',
  'recurring',
  'invoice',
  'credit-note',
  'payment',
  'goods-movement',
  'production',
  'deferral',
  'opening',
  'revaluation',
  'reversal',
  'closing',
]);
const Line = z.strictObject({
  number: z.number().int(),
  account: z.string(),
  amount: z.string(), // Document currency; a debit is above zero.
  companyAmount: z.string(),
  costCentre: z.string(), // '' is none.
  taxCode: z.string().optional(),
  project: z.string().optional(),
  party: z.string().optional(),
  item: z.string().optional(),
  quantity: z.string().optional(),
  dueOn: Day.optional(),
  text: z.string().optional(),
});
const Entry = z.strictObject({
  id: z.string(),
  number: z.string(),
  legalEntity: z.string(),
  fiscalYear: z.number().int(),
  period: z.number().int(),
  kind: EntryKind,
  postedOn: Day,
  documentOn: Day,
  currency: z.string(),
  companyCurrency: z.string(),
  rate: z.string(),
  rateOn: Day,
  text: z.string(),
  said: Said.optional(), // The text for other languages; what a person or a bank worded has none.
  source: z.strictObject({
    area: z.string(),
    kind: z.string(),
    id: z.string(),
    number: z.string(),
  }),
  reverses: z.string().optional(),
  reversedBy: z.string().optional(),
  status: z.enum(['posted', 'reversed']),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z.array(Line).readonly(),
});
const ListedEntry = Entry.extend({
  ...perhapsLines(Entry.shape),
  total: z.string().exactOptional(), // Of its debits; where the lines are left out.
});
const NewLine = z.strictObject({
  account: text(20),
  amount: DecimalText,
  costCentre: text(50).optional(),
  project: text(100).optional(),
  party: text(100).optional(),
  text: text(500).optional(),
});
/** An entry that somebody writes by hand. */
export const NewEntry = z.strictObject({
  postedOn: Day,
  documentOn: Day.optional(), // Else the posting day.
  currency: z.string().regex(/^[A-Z]{3}$/),
  rate: DecimalText.optional(), // Else the spot rate of the posting day.
  text: z.string().min(1).max(500),
  adjustment: z.boolean().default(false), // Into period 13.
  reverseOn: Day.optional(), // An accrual: what takes it back is posted with it.
  lines: z.array(NewLine).min(2).max(500),
});
/** An entry that was posted. */
export const Posted = z.strictObject({
  id: z.string(),
  number: z.string(),
  reversal: z.strictObject({ id: z.string(), number: z.string() }).optional(),
});

const Period = z.strictObject({
  fiscalYear: z.number().int(),
  period: z.number().int(),
  legalEntity: z.string(),
  fromOn: Day,
  toOn: Day,
  status: z.enum(['open', 'soft-closed', 'closed']),
  openTo: z.array(z.string()).readonly(),
  version: z.number().int(),
});
const PeriodChange = z.strictObject({
  version: z.number().int(),
  reason: z.string().trim().min(3).max(500),
});
/** Something to do before a period is closed. */
export const CloseTask = z.strictObject({
  id: z.string(),
  fiscalYear: z.number().int(),
  period: z.number().int(),
  code: z.string(),
  name: NameText,
  owner: z.string().nullable(),
  dueOn: Day,
  dependsOn: z.array(z.string()).readonly(),
  status: z.enum(['open', 'in-progress', 'done', 'skipped']),
  note: z.string().nullable(),
  startedAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  finishedBy: z.string().nullable(),
  version: z.number().int(),
});

const TrialRow = z.strictObject({
  account: z.string(),
  name: NameText,
  kind: AccountKind,
  opening: z.string(), // A debit is above zero.
  debit: z.string(),
  credit: z.string(),
  closing: z.string(),
});
const StatementRow = z.strictObject({
  line: z.string(),
  name: NameText,
  kind: AccountKind,
  amount: z.string(), // As people read it.
  accounts: z
    .array(z.strictObject({ account: z.string(), name: NameText, amount: z.string() }))
    .readonly(),
});
const AccountEntry = z.strictObject({
  entryId: z.string(),
  entryNumber: z.string(),
  line: z.number().int(),
  postedOn: Day,
  text: z.string(),
  currency: z.string(),
  amount: z.string(),
  companyAmount: z.string(),
  balance: z.string(), // Company currency, after this line.
  costCentre: z.string(),
  party: z.string().nullable(),
  sourceKind: z.string(),
  sourceId: z.string(),
  sourceNumber: z.string(),
});

/** Routes about the books of a legal entity. */
export const LEDGER_ROUTES = {
  listAccounts: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/accounts`,
    params: ByEntity,
    reply: all(Account),
  },
  updateAccount: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/accounts/:id`,
    params: ById,
    body: z.strictObject({
      version: z.number().int(),
      name: NameText.optional(),
      blocked: z.boolean().optional(),
    }),
    reply: Account,
  },
  listJournalEntries: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/journal-entries`,
    params: ByEntity,
    query: z.strictObject({
      ...BETWEEN, // Posted.
      kind: EntryKind.exactOptional(),
      account: text(20).exactOptional(),
      number: text(30).exactOptional(),
      search: text(200).exactOptional(),
      ...sort(['number', 'postedOn']),
      ...LINES_OR_NONE,
      after: text(300).exactOptional(), // `next` of the page before.
      limit: LIMIT,
    }),
    reply: z.strictObject({ items: z.array(ListedEntry).readonly(), next: z.string().optional() }),
  },
  getJournalEntry: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/journal-entries/:id`,
    params: ById,
    reply: Entry,
  },
  postJournalEntry: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/journal-entries`,
    params: ByEntity,
    body: NewEntry,
    reply: Posted,
  },
  reverseJournalEntry: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/journal-entries/:id/reverse`,
    params: ById,
    body: z.strictObject({ on: Day, text: text(500).optional() }),
    reply: Posted,
  },
  listPeriods: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/periods`,
    params: ByEntity,
    query: z.strictObject({ year: z.coerce.number().int().optional() }),
    reply: all(Period),
  },
  softClosePeriod: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/periods/:year/:period/soft-close`,
    params: ByPeriod,
    body: PeriodChange.extend({ openTo: z.array(text(50)).max(20).default([]) }),
    reply: Period,
  },
  closePeriod: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/periods/:year/:period/close`,
    params: ByPeriod,
    body: PeriodChange,
    reply: Period,
  },
  reopenPeriod: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/periods/:year/:period/reopen`,
    params: ByPeriod,
    body: PeriodChange,
    reply: Period,
  },
  listCloseTasks: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/periods/:year/:period/tasks`,
    params: ByPeriod,
    reply: all(CloseTask),
  },
  changeCloseTask: {
    ...NOTHING,
    method: 'POST',
    path: `${BOOKS}/close-tasks/:id`,
    params: ById,
    body: z.strictObject({
      version: z.number().int(),
      status: CloseTask.shape.status,
      note: text(1000).optional(),
    }),
    reply: CloseTask,
  },
  getTrialBalance: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/trial-balance`,
    params: ByEntity,
    query: z.strictObject({
      from: Day.optional(),
      to: Day,
      closing: YesNo.optional(), // 'false': without what closing a year posted between the days.
    }),
    reply: z.strictObject({
      rows: z.array(TrialRow).readonly(),
      totals: TrialRow.pick({ opening: true, debit: true, credit: true, closing: true }),
    }),
  },
  getAccountStatement: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/accounts/:id/statement`,
    params: ById,
    query: z.strictObject({ from: Day, to: Day, after: text(100).optional(), limit: LIMIT }),
    reply: z.strictObject({
      opening: z.string(),
      items: z.array(AccountEntry).readonly(),
      next: z.string().optional(),
    }),
  },
  getBalanceSheet: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/balance-sheet`,
    params: ByEntity,
    query: z.strictObject({ on: Day }),
    reply: z.strictObject({
      on: Day,
      currency: z.string(),
      rows: z.array(StatementRow).readonly(),
      result: z.string(), // Earned and not yet carried to retained earnings.
      assets: z.string(),
      equityAndLiabilities: z.string(),
    }),
  },
  getIncomeStatement: {
    ...NOTHING,
    method: 'GET',
    path: `${BOOKS}/income-statement`,
    params: ByEntity,
    query: z.strictObject({ from: Day.optional(), to: Day }), // Else from the fiscal year's first.
    reply: z.strictObject({
      from: Day,
      to: Day,
      currency: z.string(),
      rows: z.array(StatementRow).readonly(),
      result: z.string(),
    }),
  },
} as const;
