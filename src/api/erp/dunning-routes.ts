import type { Handle } from '#database';
import { accept } from '#erp/company';
import { customerFacts } from '#erp/parties';
import { listWriteOffs, reverseWriteOffs, setWriteOffLimit, writeOffLimit } from '#erp/receivables';
import {
  blockDunning,
  changeDunningRun,
  createDunningRun,
  decideDunningRun,
  dunningLevels,
  executeDunningRun,
  findDunningRun,
  listDunningBlocks,
  listDunningRuns,
  listNotices,
  setDunningLevels,
  unblockDunning,
} from '#erp/receivables/dunning';
import { bookRoute } from './book-route.ts';
import { granted } from './command.ts';
import { listBy, listed, readRoute, there } from './reading.ts';
import { todayOf } from './today-of.ts';

type ById = { readonly entity: string; readonly id: string };

/** A run of the legal entity in the path. */
const runOf = async (handle: Handle, params: ById) =>
  there(await findDunningRun(handle, params.id), params);

/** A customer of the legal entity in the path. */
const customerOf = async (handle: Handle, params: ById) =>
  there((await customerFacts(handle, [params.id])).get(params.id), params);

const RUN_ERRORS = [
  'api.no-such-record',
  'receivables.moved-on',
  'receivables.no-such-run',
  'receivables.not-in-this-state',
] as const;

const SETTING_ROUTES = [
  readRoute({
    name: 'getDunningSettings',
    summary: 'Shows when customers are reminded, in which words, and what that costs them.',
    permission: 'receivables:read',
    errors: [],
    handle: async ({ params }, { database }) => ({
      levels: await dunningLevels(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'setDunningSettings',
    summary: 'Says by which levels customers are reminded, in place of those before.',
    permission: 'receivables:approve',
    audit: { within: 'receivables.dunning-levels-set' },
    errors: ['receivables.bad-levels'],
    book: async (tx, { legalEntity }, { body: { levels } }) => {
      granted(await setDunningLevels(tx, legalEntity, levels));
      return [accept({ levels })];
    },
  }),
  readRoute({
    name: 'listDunningBlocks',
    summary: 'Lists customers who are not reminded on a day, and why.',
    permission: 'receivables:read',
    errors: [],
    handle: async ({ params: { entity }, query }, { clock, database: { kysely } }) => {
      const on = query.on ?? (await todayOf(kysely, clock, entity));
      return { items: await listDunningBlocks(kysely, { legalEntity: entity, on }) };
    },
  }),
  bookRoute({
    name: 'blockDunning',
    summary: 'Keeps a customer from being reminded for now; what was said before is replaced.',
    permission: 'receivables:post',
    audit: { within: 'receivables.dunning-blocked' },
    errors: ['api.no-such-record'],
    book: async (tx, context, { params, body }) => {
      const { id } = await customerOf(tx, params);
      await blockDunning(tx, context, [{ ...body, customer: id }]);
      return [accept({ id })];
    },
  }),
  bookRoute({
    name: 'unblockDunning',
    summary: 'Lets a customer be reminded again.',
    permission: 'receivables:post',
    audit: { within: 'receivables.dunning-unblocked' },
    errors: ['api.no-such-record'],
    book: async (tx, _context, { params }) => {
      const { id } = await customerOf(tx, params);
      await unblockDunning(tx, [id]);
      return [accept({ id })];
    },
  }),
] as const;

const RUN_ROUTES = [
  readRoute({
    name: 'listDunningRuns',
    summary: 'Lists dunning runs and how many items each reminds of, the newest first.',
    permission: 'receivables:read',
    errors: [],
    handle: ({ params, query }, { database }) =>
      listed(query, async (wanted) => {
        const filter = { ...wanted, legalEntity: params.entity };
        const found = await listDunningRuns(database.kysely, filter);
        return found.map(({ items, ...run }) => {
          const leftOut = items.filter(({ isLeftOut }) => isLeftOut).length;
          return { ...run, leftOut, reminded: items.length - leftOut };
        });
      }),
  }),
  bookRoute({
    name: 'createDunningRun',
    summary:
      'Proposes whom to remind of what, up to today. Nobody is reminded until another approves it.',
    permission: 'receivables:post',
    audit: { within: 'receivables.dunning-proposed' },
    errors: ['receivables.nothing-to-dun', 'receivables.run-after-today'],
    book: async (tx, context, { body }) => {
      const today = await todayOf(tx, context.clock, context.legalEntity);
      return [await createDunningRun(tx, context, { ...body, today })];
    },
  }),
  readRoute({
    name: 'getDunningRun',
    summary: 'Shows a dunning run: what it reminds of, what it leaves out and why.',
    permission: 'receivables:read',
    errors: ['api.no-such-record'],
    handle: ({ params }, { database }) => runOf(database.kysely, params),
  }),
  bookRoute({
    name: 'changeDunningRun',
    summary: 'Leaves items out of a proposed run, or takes them in again.',
    permission: 'receivables:post',
    audit: { within: 'receivables.dunning-changed' },
    errors: RUN_ERRORS,
    book: async (tx, _context, { params, body }) => {
      const { id } = await runOf(tx, params);
      return [await changeDunningRun(tx, { ...body, id })];
    },
  }),
  bookRoute({
    name: 'decideDunningRun',
    summary: 'Approves a dunning run, by another than who proposed it, or withdraws it.',
    permission: 'receivables:approve',
    audit: { within: 'receivables.dunning-decided' },
    errors: [...RUN_ERRORS, 'receivables.four-eyes'],
    book: async (tx, context, { params, body }) => {
      const { id } = await runOf(tx, params);
      return [await decideDunningRun(tx, context, { ...body, id })];
    },
  }),
  bookRoute({
    name: 'executeDunningRun',
    summary: 'Reminds by an approved run, once: a notice for each customer and currency, its fee.',
    permission: 'receivables:post',
    audit: { within: 'receivables.dunning-executed' },
    errors: [...RUN_ERRORS, 'receivables.journal-refused'],
    book: async (tx, context, { params, body }) => {
      const { id } = await runOf(tx, params);
      return [await executeDunningRun(tx, context, { ...body, id })];
    },
  }),
  readRoute({
    name: 'listDunningNotices',
    summary: 'Lists reminders as they were sent, the newest first.',
    permission: 'receivables:read',
    errors: [],
    handle: listBy(listNotices),
  }),
  readRoute({
    name: 'getDunningNotice',
    summary: 'Shows a reminder as it was sent.',
    permission: 'receivables:read',
    errors: ['api.no-such-record'],
    handle: async ({ params }, { database }) => {
      const [notice] = await listNotices(database.kysely, { ids: [params.id], limit: 1 });
      return there(notice, params);
    },
  }),
] as const;

/** Routes about reminding customers, and about what is not asked for any more. */
export const DUNNING_ROUTES = [
  ...SETTING_ROUTES,
  ...RUN_ROUTES,
  readRoute({
    name: 'getWriteOffSettings',
    summary: 'Shows the most that is a small difference; company currency.',
    permission: 'receivables:read',
    errors: [],
    handle: async ({ params }, { database }) => ({
      limit: await writeOffLimit(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'setWriteOffSettings',
    summary: 'Says what the most is that is a small difference; company currency.',
    permission: 'receivables:approve',
    audit: { within: 'receivables.write-off-limit-set' },
    errors: [],
    book: async (tx, { legalEntity }, { body: { limit } }) => {
      await setWriteOffLimit(tx, legalEntity, limit);
      return [accept({ limit })];
    },
  }),
  readRoute({
    name: 'listWriteOffs',
    summary: 'Lists what is not asked for any more, and why, the newest first.',
    permission: 'receivables:read',
    errors: [],
    handle: listBy(listWriteOffs),
  }),
  bookRoute({
    name: 'reverseWriteOff',
    summary: 'Takes a write-off back: what was not asked for any more is open again.',
    permission: 'receivables:approve',
    audit: { within: 'receivables.write-off-reversed' },
    errors: [
      'receivables.already-taken-back',
      'receivables.journal-refused',
      'receivables.no-such-write-off',
    ],
    book: (tx, context, { params, body }) =>
      reverseWriteOffs(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
