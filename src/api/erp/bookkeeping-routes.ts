import { accept } from '#erp/company';
import {
  changeLedgerSettings,
  changeRecurring,
  createCostCentres,
  createRecurring,
  listCostCentres,
  listDetermination,
  listRecurring,
  parkEntries,
  postParked,
  postRecurring,
  readLedgerSettings,
  setDetermination,
  updateCostCentre,
  withdrawParked,
} from '#erp/ledger';
import { listParked } from '#erp/ledger/reports';
import { route } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { entryOf } from './entry-of.ts';
import { SHOWS_NOTHING_PERSONAL } from './reading.ts';

const ENTRY_ERRORS = [
  'ledger.account-blocked',
  'ledger.control-account',
  'ledger.no-period',
  'ledger.no-rate',
  'ledger.no-such-account',
  'ledger.not-balanced',
  'ledger.period-closed',
  'ledger.period-soft-closed',
] as const;
const PARKED_ERRORS = [
  'ledger.moved-on',
  'ledger.no-such-parked-entry',
  'ledger.not-waiting',
] as const;

const PARKED_ROUTES = [
  route({
    name: 'listParkedEntries',
    summary: 'Lists entries by hand that wait for somebody to post them, by their day.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listParked(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'parkJournalEntry',
    summary: 'Parks an entry by hand: it touches no books until it is posted.',
    permission: 'ledger:post',
    audit: { within: 'ledger.entry-parked' },
    errors: [...ENTRY_ERRORS, 'ledger.no-such-legal-entity'],
    book: (tx, context, { params, body }) =>
      parkEntries(tx, context, [entryOf(params.entity, body)]),
  }),
  bookRoute({
    name: 'postParkedEntry',
    summary: 'Posts a parked entry; by somebody else where four eyes are demanded.',
    permission: 'ledger:post',
    audit: { within: 'ledger.parked-posted' },
    errors: [...ENTRY_ERRORS, ...PARKED_ERRORS, 'ledger.four-eyes'],
    book: async (tx, context, { params, body }) => {
      const [posted] = await postParked(tx, context, [{ ...body, id: params.id }]);
      if (posted?.ok !== true) return posted === undefined ? [] : [posted];
      return [accept({ id: posted.value.id, number: posted.value.number })];
    },
  }),
  bookRoute({
    name: 'withdrawParkedEntry',
    summary: 'Gives a parked entry up.',
    permission: 'ledger:post',
    audit: { within: 'ledger.parked-withdrawn' },
    errors: PARKED_ERRORS,
    book: async (tx, context, { params: { id }, body }) => {
      const withdrawn = await withdrawParked(tx, context, [{ ...body, id }]);
      return withdrawn.map((each) => (each.ok ? accept({ id }) : each));
    },
  }),
] as const;

const RECURRING_ROUTES = [
  route({
    name: 'listRecurringEntries',
    summary: 'Lists entries that recur, by the day they are next due.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listRecurring(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'createRecurringEntry',
    summary: 'Sets up an entry that recurs every so many months.',
    permission: 'ledger:write',
    audit: { within: 'ledger.recurring-created' },
    errors: ['ledger.bad-recurrence'],
    book: (tx, context, { body }) => createRecurring(tx, context, [body]),
  }),
  bookRoute({
    name: 'changeRecurringEntry',
    summary: 'Pauses, resumes or ends an entry that recurs.',
    permission: 'ledger:write',
    audit: { within: 'ledger.recurring-changed' },
    errors: ['ledger.moved-on', 'ledger.no-such-recurring-entry'],
    book: async (tx, context, { params, body }) => [
      await changeRecurring(tx, context, { ...body, id: params.id }),
    ],
  }),
  bookRoute({
    name: 'postRecurringEntries',
    summary: 'Posts everything recurring that is due up to a day, each on its own day, once.',
    permission: 'ledger:post',
    audit: { within: 'ledger.recurring-posted' },
    errors: [],
    book: async (tx, context, { body: { upTo } }) => {
      const outcomes = await postRecurring(tx, context, upTo);
      const posted = outcomes.flatMap(({ id: recurring, on, result }) =>
        result.ok ? [{ recurring, on, id: result.value.id, number: result.value.number }] : [],
      );
      const refused = outcomes.flatMap(({ id: recurring, on, result }) =>
        result.ok ? [] : [{ recurring, on, ...result.problem }],
      );
      return [accept({ posted, refused })];
    },
  }),
] as const;

const MASTER_ROUTES = [
  route({
    name: 'listCostCentres',
    summary: 'Lists cost centres by code.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listCostCentres(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'createCostCentre',
    summary: 'Adds a cost centre.',
    permission: 'ledger:write',
    audit: { within: 'ledger.cost-centre-created' },
    errors: ['ledger.bad-cost-centre', 'ledger.cost-centre-exists', 'ledger.no-such-cost-centre'],
    book: (tx, context, { body }) => createCostCentres(tx, context, [body]),
  }),
  bookRoute({
    name: 'updateCostCentre',
    summary: 'Renames a cost centre, gives it to another, or ends it.',
    permission: 'ledger:write',
    audit: { within: 'ledger.cost-centre-changed' },
    errors: ['ledger.bad-cost-centre', 'ledger.moved-on', 'ledger.no-such-cost-centre'],
    book: async (tx, context, { params, body }) => [
      await updateCostCentre(tx, context, { ...body, code: params.id }),
    ],
  }),
  route({
    name: 'listDetermination',
    summary: 'Lists which account a posting key leads to, and what narrows it.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listDetermination(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'setDetermination',
    summary: 'Says which account a posting key leads to; a rule for the same is replaced.',
    permission: 'ledger:write',
    audit: { within: 'ledger.determination-changed' },
    errors: ['ledger.control-account', 'ledger.no-such-account', 'ledger.no-such-posting-key'],
    book: (tx, context, { body }) => setDetermination(tx, context, [body]),
  }),
  route({
    name: 'getLedgerSettings',
    summary: 'Shows whether entries by hand are posted by another than who wrote them.',
    permission: 'ledger:read',
    audit: SHOWS_NOTHING_PERSONAL,
    errors: [],
    handle: ({ params }, { database }) => readLedgerSettings(database.kysely, params.entity),
  }),
  bookRoute({
    name: 'setLedgerSettings',
    summary: 'Demands, or no longer demands, four eyes for entries by hand.',
    permission: 'ledger:close',
    audit: { within: 'ledger.settings-changed' },
    errors: [],
    book: async (tx, context, { body }) => {
      await changeLedgerSettings(tx, context, body);
      return [accept(body)];
    },
  }),
] as const;

/** Routes about entries that wait or recur, and what entries are booked on. */
export const BOOKKEEPING_ROUTES = [
  ...PARKED_ROUTES,
  ...RECURRING_ROUTES,
  ...MASTER_ROUTES,
] as const;
