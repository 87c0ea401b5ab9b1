import { transact } from '#database';
import { findLegalEntity } from '#erp/company';
import {
  fieldsOf,
  findImport,
  importLines,
  listImports,
  takeBackImport,
  templateOf,
  tryTakeBack,
} from '#erp/imports';
import type { RouteName } from '#api-contract';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import type { RouteRequest } from '../route.ts';
import type { Services } from '../services.ts';
import { bookRoute } from './book-route.ts';
import { contextOf, granted } from './command.ts';
import { listed, SHOWS_NOTHING_PERSONAL, there } from './reading.ts';

const BODY_BYTES_MAX = 46_000_000; // A file of 32 MiB in base64, and what is said of it.

/** Begins an import, or a dry run of one. */
const startImport = route({
  name: 'startImport',
  summary: 'Begins to import a file, or to try it; it goes on whoever looks on.',
  permission: 'imports:write',
  audit: { around: 'imports.begun' },
  errors: ['main.import-running', 'main.file-too-large', 'company.no-such-legal-entity'],
  bodyBytesMax: BODY_BYTES_MAX,
  handle: async (request, services) => {
    await founded(request, services);
    return services.imports.begin(
      contextOf(request, services, request.params.entity),
      request.body,
    );
  },
});

/** Says how far the last import is, or what became of it. */
const getImportWork = route({
  name: 'getImportWork',
  summary: 'Says how far the last import of a legal entity is, or what became of it.',
  permission: 'imports:write',
  audit: { none: 'changes nothing; that it was begun is in the log' },
  errors: [],
  handle: async ({ params }, { imports }) => ({
    last: (await imports.last(params.entity)) ?? null,
  }),
});

/** Stops an import that is under way. */
const cancelImport = route({
  name: 'cancelImport',
  summary: 'Stops an import that is under way; nothing of it is booked.',
  permission: 'imports:write',
  audit: { around: 'imports.cancelled' },
  errors: [],
  handle: async ({ params }, { imports }) => ({
    last: (await imports.cancel(params.entity)) ?? null,
  }),
});

/** Lists imports and dry runs. */
const listAllImports = route({
  name: 'listImports',
  summary: 'Lists imports and dry runs, newest first: who, when, which file, what became of it.',
  permission: 'imports:write',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, (wanted) =>
      listImports(database.kysely, { ...wanted, legalEntity: params.entity }),
    ),
});

/** Shows an import as it is kept. */
const getImport = route({
  name: 'getImport',
  summary: 'Shows an import or dry run: how its file was read, and what became of it.',
  permission: 'imports:write',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: ['api.no-such-record'],
  handle: async ({ params }, { database }) =>
    there(await findImport(database.kysely, params.id), params),
});

/** Lists what became of the lines of an import. */
const listImportLines = route({
  name: 'listImportLines',
  summary: 'Lists what became of the lines of an import, by line.',
  permission: 'imports:write',
  audit: { none: 'changes nothing; who brought the file has it' },
  errors: ['api.no-such-record'],
  handle: async ({ params, query }, { database }) => {
    const { id } = there(await findImport(database.kysely, params.id), params);
    const { outcome, after, limit } = query;
    return await listed({ limit, ...(after === undefined ? {} : { after }) }, async (wanted) => {
      const lines = await importLines(database.kysely, {
        id,
        limit: wanted.limit,
        ...(outcome === undefined ? {} : { outcome }),
        ...(wanted.after === undefined ? {} : { after: Number(wanted.after) }),
      });
      return lines.map((line) => ({ id: String(line.line), ...line }));
    });
  },
});

const TAKE_BACK_ERRORS = [
  'imports.already-taken-back',
  'imports.before-opening-day',
  'imports.no-such-import',
  'imports.not-booked',
  'imports.nothing-to-take-back',
] as const;
const HELD_TOLD_MAX = 1000;

/** Tries to take an import back. */
const tryTakeBackImport = route({
  name: 'tryTakeBackImport',
  summary: 'Says what taking an import back would reverse, and which lines cannot be any more.',
  permission: 'imports:write',
  audit: { after: 'imports.take-back-tried' },
  errors: [...TAKE_BACK_ERRORS],
  handle: async (request, services) => {
    const { params, body } = request;
    const context = contextOf(request, services, params.entity);
    const tried = await transact(services.database, (tx) =>
      tryTakeBack(tx, context, { ...body, id: params.id }),
    );
    const { held, ...rest } = granted(tried);
    return { ...rest, held: held.slice(0, HELD_TOLD_MAX), heldLines: held.length };
  },
});

/** Takes an import back. */
const takeBack = bookRoute({
  name: 'takeBackImport',
  summary: 'Takes an import back, whole or not at all: what it posted is reversed, on one day.',
  permission: 'imports:write',
  audit: { within: 'imports.taken-back' },
  errors: [
    ...TAKE_BACK_ERRORS,
    'imports.already-used',
    'imports.stock-moved',
    'ledger.no-period',
    'ledger.period-closed',
    'ledger.period-soft-closed',
  ],
  book: async (tx, context, { params, body }) => [
    await takeBackImport(tx, context, { ...body, id: params.id }),
  ],
});

/** Gives an empty file of a kind. */
const getImportTemplate = route({
  name: 'getImportTemplate',
  summary: 'Gives an empty file of a kind, and says what stands under its headings.',
  permission: 'imports:write',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: [],
  handle: ({ query }) =>
    Promise.resolve({ ...templateOf(query.kind, query.language), fields: fieldsOf(query.kind) }),
});

type OfEntity = Extract<RouteName, 'startImport'>;

async function founded({ params }: RouteRequest<OfEntity>, { database }: Services): Promise<void> {
  if ((await findLegalEntity(database.kysely, params.entity)) === undefined) {
    throw notThere('api.no-such-record', `legal entity ${params.entity}`);
  }
}

/** Routes about what is brought into the ERP from files. */
export const IMPORT_ROUTES = [
  startImport,
  getImportWork,
  cancelImport,
  listAllImports,
  getImport,
  listImportLines,
  tryTakeBackImport,
  takeBack,
  getImportTemplate,
] as const;
