import type { Handle } from '#database';
import {
  createOwnAccounts,
  findMatches,
  findTransfers,
  importStatements,
  listOwnAccounts,
  listStatementLines,
  listStatements,
  listTransfers,
  matchLines,
  parseCamt,
  parseCsv,
  postTransfers,
  proposeMatches,
  reconcile,
  reverseTransfers,
  undoMatches,
} from '#erp/banking';
import type { OwnAccount, StatementDraft } from '#erp/banking';
import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import type { RouteRequest } from '../route.ts';
import { bookRoute } from './book-route.ts';
import { granted } from './command.ts';
import { listBy, listed, readRoute, showBy } from './reading.ts';

const FILE_BYTES_MAX = 24_000_000;

/** An account of ours of the legal entity in the path. */
async function accountOf(
  handle: Handle,
  { entity, id }: { readonly entity: string; readonly id: string },
): Promise<OwnAccount> {
  const found = (await listOwnAccounts(handle, entity)).find((each) => each.id === id);
  if (found !== undefined) return found;
  throw notThere('api.no-such-record', `bank account ${id} of ${entity}`);
}

/** The statements of a file, or the one that was written by hand. */
function statementsOf(
  body: RouteRequest<'importBankStatement'>['body'],
): Result<readonly StatementDraft[]> {
  switch (body.format) {
    case 'camt.053':
      return parseCamt(body.file);
    case 'csv': {
      const { file, mapping, format: _format, ...told } = body;
      const statement = parseCsv(file, mapping, told);
      return statement.ok ? accept([statement.value]) : statement;
    }
    case 'manual': {
      const { format: source, ...statement } = body;
      return accept([{ ...statement, source }]);
    }
  }
}

const ACCOUNT_ROUTES = [
  readRoute({
    name: 'listOwnBankAccounts',
    summary: 'Lists our own accounts at banks, by code.',
    permission: 'banking:read',
    errors: [],
    handle: async ({ params }, { database }) => ({
      items: await listOwnAccounts(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'createOwnBankAccount',
    summary: 'Opens an account of ours: payments under its code post to its clearing account.',
    permission: 'banking:write',
    audit: { within: 'banking.account-opened' },
    errors: [
      'banking.account-exists',
      'banking.bad-account',
      'banking.invalid-iban',
      'banking.no-such-account',
    ],
    book: (tx, context, { body }) => createOwnAccounts(tx, context, [body]),
  }),
  readRoute({
    name: 'listBankStatements',
    summary: 'Lists the statements of an account of ours, the newest first.',
    permission: 'banking:read',
    errors: ['api.no-such-record'],
    handle: async ({ params, query }, { database: { kysely } }) => {
      const { id: ownAccount } = await accountOf(kysely, params);
      return await listed(query, (wanted) => listStatements(kysely, { ...wanted, ownAccount }));
    },
  }),
  route({
    name: 'listBankStatementLines',
    summary: 'Lists what the bank told of an account of ours, and what explains it.',
    permission: 'banking:read',
    audit: { after: 'banking.lines-listed' },
    errors: ['api.no-such-record'],
    handle: async ({ params, query }, { database: { kysely } }) => {
      const { id: ownAccount } = await accountOf(kysely, params);
      return await listed(query, ({ matched, ...wanted }) =>
        listStatementLines(kysely, {
          ...wanted,
          ownAccount,
          ...(matched === undefined ? {} : { isMatched: matched === 'true' }),
        }),
      );
    },
  }),
  readRoute({
    name: 'listBankProposals',
    summary: 'Proposes what may explain lines that wait: exact ones first, then the likeliest.',
    permission: 'banking:read',
    errors: ['api.no-such-record'],
    handle: async ({ params, query: { line, limit } }, { database: { kysely } }) => {
      const account = await accountOf(kysely, params);
      const lines = line === undefined ? {} : { lines: [line] };
      return { items: await proposeMatches(kysely, account, { ...lines, limit }) };
    },
  }),
  readRoute({
    name: 'getBankReconciliation',
    summary: 'Compares the bank with the books at the end of a day, and takes clearing apart.',
    permission: 'banking:read',
    errors: ['api.no-such-record'],
    handle: async ({ params, query: { on } }, { database: { kysely } }) =>
      reconcile(kysely, await accountOf(kysely, params), on),
  }),
] as const;

const TRANSFER_ROUTES = [
  readRoute({
    name: 'listBankTransfers',
    summary: 'Lists transfers between our own accounts, the newest first.',
    permission: 'banking:read',
    errors: [],
    handle: listBy(listTransfers),
  }),
  readRoute({
    name: 'getBankTransfer',
    summary: 'Shows a transfer, its entries, and what the banks told of it.',
    permission: 'banking:read',
    errors: ['api.no-such-record'],
    handle: showBy(findTransfers),
  }),
  bookRoute({
    name: 'postBankTransfer',
    summary: 'Posts money from one of our accounts to another: in transit until both banks tell.',
    permission: 'banking:post',
    audit: { within: 'banking.transfer-posted' },
    errors: [
      'banking.account-blocked',
      'banking.bad-account',
      'banking.bad-amount',
      'banking.journal-refused',
      'banking.no-rate',
      'banking.no-such-account',
      'banking.same-account',
    ],
    book: (tx, context, { body }) => postTransfers(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseBankTransfer',
    summary: 'Takes a transfer back that no matched line of a statement tells of.',
    permission: 'banking:post',
    audit: { within: 'banking.transfer-reversed' },
    errors: [
      'banking.already-matched',
      'banking.already-reversed',
      'banking.journal-refused',
      'banking.no-such-transfer',
    ],
    book: (tx, context, { params, body }) =>
      reverseTransfers(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

/** Routes about our accounts at banks, what the banks say, and what explains it. */
export const BANKING_ROUTES = [
  ...ACCOUNT_ROUTES,
  ...TRANSFER_ROUTES,
  bookRoute({
    name: 'importBankStatement',
    summary: 'Posts statements of a CAMT.053 or CSV file of up to 16 MB, or one written by hand.',
    permission: 'banking:post',
    audit: { within: 'banking.statement-imported' },
    bodyBytesMax: FILE_BYTES_MAX,
    errors: [
      'banking.bad-line',
      'banking.balance-differs',
      'banking.duplicate-line',
      'banking.duplicate-statement',
      'banking.journal-refused',
      'banking.no-rate',
      'banking.no-such-account',
      'banking.not-continued',
      'banking.unreadable',
    ],
    book: async (tx, context, { body }) => {
      const drafts = granted(statementsOf(body));
      const results = await importStatements(tx, context, drafts);
      return [accept({ statements: results.map(granted) })]; // All of the file, or nothing.
    },
  }),
  bookRoute({
    name: 'matchBankLine',
    summary:
      'Explains a line to the cent: pays what is open, ticks off what is posted, or accounts.',
    permission: 'banking:post',
    audit: { within: 'banking.line-matched' },
    errors: [
      'banking.already-matched',
      'banking.bad-line',
      'banking.journal-refused',
      'banking.no-rate',
      'banking.no-such-line',
      'banking.not-booked-here',
      'banking.settled',
      'banking.totals-differ',
    ],
    book: (tx, context, { params, body }) =>
      matchLines(tx, context, [{ ...body, line: params.id }]),
  }),
  readRoute({
    name: 'getBankMatch',
    summary: 'Shows what explains a line: payments that were posted, entries that were found.',
    permission: 'banking:read',
    errors: ['api.no-such-record'],
    handle: showBy(findMatches),
  }),
  bookRoute({
    name: 'undoBankMatch',
    summary: 'Undoes a match: what it paid is open again, what it posted is posted back.',
    permission: 'banking:post',
    audit: { within: 'banking.match-undone' },
    errors: [
      'banking.already-undone',
      'banking.journal-refused',
      'banking.no-such-match',
      'banking.settled',
    ],
    book: (tx, context, { params, body }) => undoMatches(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
