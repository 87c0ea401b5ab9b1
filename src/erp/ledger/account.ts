import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Name, Refusal, Result } from '#erp/company';
import { parseCurrency } from '#kernel';
import type { LedgerProblemCode } from './errors.ts';
import { forgetMasters } from './masters.ts';
import { isStatementLine, STATEMENT_LINES } from './statement-line.ts';
import type { StatementLine } from './statement-line.ts';

/** On which side of the books an account grows. */
export type AccountKind = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

/** An account of a legal entity's chart. */
export type Account = {
  readonly number: string;
  readonly name: Name;
  readonly kind: AccountKind;
  readonly statementLine: StatementLine;
  readonly controlOf?: 'payable' | 'receivable' | 'stock'; // Posted to by documents alone.
  readonly revaluationAccount?: string; // Its foreign balances are revalued, into that account.
  readonly currency?: string; // The only one it takes.
  readonly blocked: boolean;
  readonly version: number;
};

/** An account as it is asked for. */
export type AccountDraft = Omit<Account, 'blocked' | 'version'> & { readonly blocked?: boolean };

type Row = Omit<Account, 'controlOf' | 'revaluationAccount' | 'currency'> & {
  readonly controlOf: Account['controlOf'] | null;
  readonly revaluationAccount: string | null;
  readonly currency: string | null;
};

const SELECTED = sql`number, name, kind, statement_line as "statementLine",
  control_of as "controlOf", revaluation_account as "revaluationAccount", currency, blocked, version`;
const COLUMNS = {
  legal_entity: 'text',
  number: 'text',
  name: 'jsonb',
  kind: 'text',
  statement_line: 'text',
  control_of: 'text',
  revaluation_account: 'text',
  currency: 'text',
  blocked: 'boolean',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Adds accounts to the chart of the context's legal entity. */
export async function createAccounts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly AccountDraft[],
): Promise<Result<Account, LedgerProblemCode>[]> {
  const { legalEntity, by, clock } = context;
  const known = new Set((await listAccounts(tx, legalEntity)).map(({ number }) => number));
  const mentioned = new Set([...known, ...drafts.map(({ number }) => number)]);
  const results = drafts.map((draft): Result<Account, LedgerProblemCode> => {
    const refusal = problemOf(draft, mentioned);
    if (refusal !== undefined) return refusal;
    if (known.has(draft.number)) {
      return refuse('ledger.account-exists', `there is an account ${draft.number}`, 'number');
    }
    known.add(draft.number);
    return accept({ blocked: false, ...draft, version: 1 });
  });
  const at = clock();
  const values = results.flatMap((each) => (each.ok ? [each.value] : []));
  await insertRows(
    tx,
    'erp_ledger.account',
    COLUMNS,
    values.map((each) => ({
      legal_entity: legalEntity,
      number: each.number,
      name: JSON.stringify(each.name),
      kind: each.kind,
      statement_line: each.statementLine,
      control_of: each.controlOf,
      revaluation_account: each.revaluationAccount,
      currency: each.currency,
      blocked: each.blocked,
      created_by: by,
      created_at: at,
    })),
  );
  forgetMasters(tx, legalEntity);
  return results;
}

/** Renames an account, blocks it or lets it be posted to again, if it is still at `version`. */
export async function updateAccount(
  tx: Handle,
  context: ErpContext,
  change: {
    readonly number: string;
    readonly version: number;
    readonly name?: Name;
    readonly blocked?: boolean;
  },
): Promise<Result<Account, LedgerProblemCode>> {
  const { number, version, name, blocked } = change;
  const [changed] = await rows<Row>(
    tx,
    sql`update erp_ledger.account set version = version + 1,
        name = coalesce(${name === undefined ? null : JSON.stringify(name)}::jsonb, name),
        blocked = coalesce(${blocked ?? null}::boolean, blocked)
      where legal_entity = ${context.legalEntity} and number = ${number} and version = ${version}
      returning ${SELECTED}`,
  );
  forgetMasters(tx, context.legalEntity);
  if (changed !== undefined) return accept(accountOf(changed));
  const there = (await listAccounts(tx, context.legalEntity)).some((one) => one.number === number);
  return there
    ? refuse('ledger.moved-on', `account ${number} was changed meanwhile`, 'version')
    : refuse('ledger.no-such-account', `there is no account ${number}`, 'number');
}

/** The chart of accounts, by number. */
export async function listAccounts(handle: Handle, legalEntity: string): Promise<Account[]> {
  const found = await rows<Row>(
    handle,
    sql`select ${SELECTED} from erp_ledger.account
      where legal_entity = ${legalEntity} order by number`,
  );
  return found.map(accountOf);
}

function accountOf({ controlOf, revaluationAccount, currency, ...rest }: Row): Account {
  return {
    ...rest,
    ...(controlOf === null || controlOf === undefined ? {} : { controlOf }),
    ...(revaluationAccount === null ? {} : { revaluationAccount }),
    ...(currency === null ? {} : { currency }),
  };
}

const no = (message: string, field: string): Refusal<LedgerProblemCode> =>
  refuse('ledger.bad-account', message, field);

function problemOf(
  draft: AccountDraft,
  mentioned: ReadonlySet<string>,
): Refusal<LedgerProblemCode> | undefined {
  const { number, name, kind, statementLine, currency, revaluationAccount } = draft;
  if (!/^[0-9A-Z.-]{2,20}$/.test(number)) return no('2 to 20 digits and capitals', 'number');
  if (name.en.trim() === '') return no('an account has a name', 'name');
  if (!isStatementLine(statementLine)) return no('there is no such line', 'statementLine');
  const { statement } = STATEMENT_LINES[statementLine];
  const flows = kind === 'income' || kind === 'expense';
  if (flows !== (statement === 'income-statement')) {
    return no(`an account of kind ${kind} is not in the ${statement}`, 'statementLine');
  }
  if (currency !== undefined && parseCurrency(currency) === undefined) {
    return no('a currency has three capital letters', 'currency');
  }
  return revaluationAccount === undefined || mentioned.has(revaluationAccount)
    ? undefined
    : no(`there is no account ${revaluationAccount}`, 'revaluationAccount');
}
