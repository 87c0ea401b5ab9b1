import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { listAccounts, setDetermination } from '#erp/ledger';
import type { Account } from '#erp/ledger';
import { parseIban } from '#erp/parties';
import { newId, parseCurrency } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';

/** An account of our own at a bank: an IBAN, or an account number with a BIC. */
export type OwnAccountDraft = {
  readonly code: string; // Payments name it.
  readonly name: string;
  readonly iban?: string;
  readonly accountNumber?: string;
  readonly bic?: string;
  readonly currency: string;
  readonly ledgerAccount: string; // Moved by statements alone, so that it stands where the bank does.
  readonly clearingAccount: string; // Payments and what is not explained yet; may be shared.
};

/** The same as it stands. */
export type OwnAccount = {
  readonly id: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly name: string;
  readonly iban: string | null;
  readonly accountNumber: string | null;
  readonly bic: string | null;
  readonly currency: string;
  readonly ledgerAccount: string;
  readonly clearingAccount: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/**
 * Opens accounts of our own. From here on what payments post to the bank under their code goes to the
 * clearing account, where it meets what the statements say.
 */
export async function createOwnAccounts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OwnAccountDraft[],
): Promise<readonly Result<{ readonly id: string }, BankingProblemCode>[]> {
  const { legalEntity, clock, by } = context;
  const chart = new Map((await listAccounts(tx, legalEntity)).map((each) => [each.number, each]));
  const held = [...(await listOwnAccounts(tx, legalEntity))];
  const nowMs = millisecondsOf(clock());
  const decided = drafts.map((draft) => {
    const result = decideOwnAccount(draft, chart, held);
    if (!result.ok) return result;
    const account: OwnAccount = {
      ...result.value,
      id: newId('ba', nowMs),
      legalEntity,
      createdBy: by,
      createdAt: clock(),
    };
    held.push(account);
    return accept(account);
  });
  const made = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await insertRows(
    tx,
    'erp_banking.own_account',
    {
      id: 'text',
      legal_entity: 'text',
      code: 'text',
      name: 'text',
      iban: 'text',
      account_number: 'text',
      bic: 'text',
      currency: 'text',
      ledger_account: 'text',
      clearing_account: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((account) => ({
      id: account.id,
      legal_entity: legalEntity,
      code: account.code,
      name: account.name,
      iban: account.iban,
      account_number: account.accountNumber,
      bic: account.bic,
      currency: account.currency,
      ledger_account: account.ledgerAccount,
      clearing_account: account.clearingAccount,
      created_by: by,
      created_at: account.createdAt,
    })),
  );
  await setDetermination(
    tx,
    context,
    made.map(({ code, clearingAccount }) => ({
      key: 'bank' as const,
      bankAccount: code,
      account: clearingAccount,
    })),
  );
  return decided.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
}

type Decided = Omit<OwnAccount, 'id' | 'legalEntity' | 'createdBy' | 'createdAt'>;

function decideOwnAccount(
  draft: OwnAccountDraft,
  chart: ReadonlyMap<string, Account>,
  held: readonly OwnAccount[],
): Result<Decided, BankingProblemCode> {
  const { code, name, accountNumber, bic, ledgerAccount, clearingAccount } = draft;
  const iban = draft.iban === undefined ? undefined : parseIban(draft.iban);
  if (draft.iban !== undefined && iban === undefined) {
    return refuse('banking.invalid-iban', 'the IBAN does not check', 'iban');
  }
  const isNamed = code.trim() !== '' && name.trim() !== '';
  if (!isNamed || (iban === undefined) === (accountNumber === undefined)) {
    const message = 'an account has a code, a name and an IBAN, or an account number';
    return refuse('banking.bad-account', message, 'iban');
  }
  if (parseCurrency(draft.currency) === undefined) {
    return refuse('banking.bad-account', `${draft.currency} is no currency`, 'currency');
  }
  for (const number of [ledgerAccount, clearingAccount]) {
    const account = chart.get(number);
    if (account?.controlOf !== undefined || account?.kind !== 'asset') {
      const message = `${number} is no asset account that documents may post to`;
      return refuse('banking.bad-account', message, 'ledgerAccount');
    }
  }
  const isMixed =
    ledgerAccount === clearingAccount ||
    held.some((each) => each.ledgerAccount === clearingAccount) ||
    held.some((each) => each.clearingAccount === ledgerAccount);
  if (isMixed) {
    const message = 'what the bank says and what is in between stand on two accounts';
    return refuse('banking.bad-account', message, 'clearingAccount');
  }
  const isThere = held.some(
    (each) =>
      each.code === code ||
      each.ledgerAccount === ledgerAccount ||
      (iban !== undefined && each.iban === iban),
  );
  if (isThere) {
    return refuse('banking.account-exists', 'its code, IBAN or ledger account is taken', 'code');
  }
  return accept({
    code,
    name,
    ledgerAccount,
    clearingAccount,
    currency: draft.currency,
    iban: iban ?? null,
    accountNumber: accountNumber ?? null,
    bic: bic ?? null,
  });
}

const COLUMNS = sql`a.id, a.legal_entity as "legalEntity", a.code, a.name, a.iban,
  a.account_number as "accountNumber", a.bic, a.currency, a.ledger_account as "ledgerAccount",
  a.clearing_account as "clearingAccount", a.created_by as "createdBy",
  a.created_at as "createdAt"`;

/** The accounts of a legal entity, by code. */
export const listOwnAccounts = (
  handle: Handle,
  legalEntity: string,
): Promise<readonly OwnAccount[]> =>
  rows<OwnAccount>(
    handle,
    sql`select ${COLUMNS} from erp_banking.own_account a
      where a.legal_entity = ${legalEntity} order by a.code`,
  );

/** The same, locked: whoever imports into one of these waits. Named by code, IBAN or number. */
export async function lockOwnAccounts(
  tx: Handle,
  legalEntity: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, OwnAccount>> {
  const found = await rows<OwnAccount>(
    tx,
    sql`select ${COLUMNS} from erp_banking.own_account a where a.legal_entity = ${legalEntity}
        and (a.code = any(${[...names]}) or a.iban = any(${[...names]})
          or a.account_number = any(${[...names]}))
      order by a.id for no key update`,
  );
  return new Map(
    found.flatMap((account) =>
      [account.code, account.iban, account.accountNumber].flatMap((name) =>
        name === null ? [] : [[name, account] as const],
      ),
    ),
  );
}
