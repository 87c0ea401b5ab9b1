import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';
import type { PartiesProblemCode } from './errors.ts';
import { parseIban } from './iban.ts';

/** Where a party is paid, or pays from. An IBAN, or an account number with a BIC. */
export type BankAccountDraft = {
  readonly party: string;
  readonly iban?: string | undefined;
  readonly accountNumber?: string | undefined;
  readonly bic?: string | undefined;
  readonly holder: string;
  readonly currency?: string | undefined; // Undefined: any.
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate | undefined; // The last day.
};

/** A bank account of a party. Only a verified one is paid to. */
export type BankAccount = BankAccountDraft & {
  readonly id: string;
  readonly version: number;
  readonly fourEyes: boolean;
  readonly enteredBy: string;
  readonly enteredAt: Instant;
  readonly verifiedBy?: string;
  readonly verifiedAt?: Instant;
};

type Made = BankAccountDraft & { readonly id: string; readonly key: string };
type Span = Pick<BankAccountDraft, 'validFrom' | 'validTo'>;

/** Whether who entered a bank account may verify it, for accounts entered from now on. */
export async function setFourEyes(
  tx: Handle,
  context: ErpContext,
  demanded: boolean,
): Promise<void> {
  await rows(
    tx,
    sql`insert into erp_parties.policy (legal_entity, four_eyes_bank, changed_by, changed_at)
      values (${context.legalEntity}, ${demanded}, ${context.by}, ${context.clock()})
      on conflict (legal_entity) do update set four_eyes_bank = excluded.four_eyes_bank,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  );
}

/** Whether another than who entered a bank account has to verify it. */
export async function readFourEyes(handle: Handle, legalEntity: string): Promise<boolean> {
  const [policy] = await rows<{ demanded: boolean }>(
    handle,
    sql`select four_eyes_bank as demanded from erp_parties.policy
      where legal_entity = ${legalEntity}`,
  );
  return policy?.demanded ?? false;
}

/** Enters bank accounts, not yet verified. The same account twice on one day is refused. */
export async function addBankAccounts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly BankAccountDraft[],
): Promise<readonly Result<{ id: string }, PartiesProblemCode>[]> {
  const now = context.clock();
  const known = await lockParties(
    tx,
    drafts.map(({ party }) => party),
  );
  const spans = await spansOf(tx, [...known]);
  const made: Made[] = [];
  const decided = drafts.map((draft) => {
    const { party, holder, validFrom, validTo } = draft;
    if (!known.has(party))
      return refuse('parties.unknown-party' as const, 'no such party', 'party');
    const iban = draft.iban === undefined ? undefined : parseIban(draft.iban);
    if (draft.iban !== undefined && iban === undefined) {
      return refuse('parties.invalid-iban' as const, 'the IBAN does not check', 'iban');
    }
    const { accountNumber, bic } = draft;
    if ((iban === undefined) === (accountNumber === undefined) || holder.trim() === '') {
      const message = 'an account has a holder and an IBAN, or an account number with a BIC';
      return refuse('parties.invalid' as const, message, 'iban');
    }
    if (validTo !== undefined && validTo < validFrom) {
      return refuse('parties.account-ended' as const, 'it ends before it begins', 'validTo');
    }
    const key = iban ?? `${bic ?? ''} ${accountNumber ?? ''}`;
    const held = spans.get(`${party} ${key}`) ?? [];
    if (held.some((span) => overlaps(span, draft))) {
      return refuse('parties.account-there' as const, 'the account is there already', 'iban');
    }
    spans.set(`${party} ${key}`, [...held, draft]);
    const one = { ...draft, iban, id: newId('bank', millisecondsOf(now)), key };
    made.push(one);
    return accept({ id: one.id });
  });
  await write(tx, context, made);
  return decided;
}

/** Says that accounts were checked with their holder. Where two must look, another person does. */
export async function verifyBankAccounts(
  tx: Handle,
  context: ErpContext,
  ids: readonly string[],
): Promise<readonly Result<{ id: string }, PartiesProblemCode>[]> {
  const accounts = await lockAccounts(tx, ids);
  const done = new Set<string>();
  const decided = ids.map((id) => {
    const account = accounts.get(id);
    if (account === undefined) return refuse('parties.unknown-account' as const, 'no such account');
    if (account.verifiedBy !== undefined || done.has(id)) {
      return refuse('parties.already-verified' as const, 'the account is verified already');
    }
    if (account.fourEyes && account.enteredBy === context.by) {
      return refuse('parties.same-eyes' as const, 'who entered it may not verify it');
    }
    done.add(id);
    return accept({ id });
  });
  await rows(
    tx,
    sql`update erp_parties.bank_account set verified_by = ${context.by},
        verified_at = ${context.clock()}, version = version + 1
      where id = any(${[...done]})`,
  );
  return decided;
}

/** Ends accounts: the day named is the last on which they are used. */
export async function endBankAccounts(
  tx: Handle,
  context: ErpContext,
  endings: readonly { readonly id: string; readonly on: LocalDate }[],
): Promise<readonly Result<{ id: string }, PartiesProblemCode>[]> {
  const accounts = await lockAccounts(
    tx,
    endings.map(({ id }) => id),
  );
  const last = new Map<string, LocalDate>();
  const decided = endings.map(({ id, on }) => {
    const account = accounts.get(id);
    if (account === undefined) return refuse('parties.unknown-account' as const, 'no such account');
    const { validFrom, validTo } = account;
    if (on < validFrom || (validTo !== undefined && validTo < on) || last.has(id)) {
      return refuse('parties.account-ended' as const, 'it has ended, or not begun by then', 'on');
    }
    last.set(id, on);
    return accept({ id });
  });
  await rows(
    tx,
    sql`update erp_parties.bank_account a
      set valid_to = e.on_day, ended_by = ${context.by}, version = version + 1
      from unnest(${[...last.keys()]}::text[], ${[...last.values()]}::date[]) as e(id, on_day)
      where a.id = e.id`,
  );
  return decided;
}

const SELECT = sql`jsonb_strip_nulls(jsonb_build_object('id', id, 'party', party,
  'version', version, 'iban', iban, 'accountNumber', account_number, 'bic', bic, 'holder', holder,
  'currency', currency, 'validFrom', valid_from, 'validTo', valid_to, 'fourEyes', four_eyes,
  'enteredBy', entered_by, 'verifiedBy', verified_by)) as account, entered_at, verified_at`;

type AccountRow = {
  readonly account: Omit<BankAccount, 'enteredAt' | 'verifiedAt'>;
  readonly entered_at: Instant;
  readonly verified_at: Instant | null;
};

const accountOf = ({ account, entered_at, verified_at }: AccountRow): BankAccount => ({
  ...account,
  enteredAt: entered_at,
  ...(verified_at === null ? {} : { verifiedAt: verified_at }),
});

/** The bank accounts of parties, those that hold first begun last. */
export async function bankAccountsOf(
  handle: Handle,
  parties: readonly string[],
): Promise<readonly BankAccount[]> {
  const found = await rows<AccountRow>(
    handle,
    sql`select ${SELECT} from erp_parties.bank_account
      where party = any(${[...new Set(parties)]}) order by party, valid_from, id`,
  );
  return found.map(accountOf);
}

/** Where each party is paid on a day: the verified account that began last, by party. */
export const payeeAccounts = async (
  handle: Handle,
  parties: readonly string[],
  on: LocalDate,
): Promise<ReadonlyMap<string, BankAccount>> => payeesOn(await bankAccountsOf(handle, parties), on);

/** The same of accounts that are known, those that hold first begun last. */
export const payeesOn = (
  accounts: readonly BankAccount[],
  on: LocalDate,
): ReadonlyMap<string, BankAccount> =>
  new Map(
    accounts
      .filter(({ verifiedBy }) => verifiedBy !== undefined)
      .filter(({ validFrom, validTo }) => validFrom <= on && (validTo ?? on) >= on)
      .map((account) => [account.party, account]),
  );

const overlaps = (a: Span, b: Span): boolean =>
  (a.validTo === undefined || a.validTo >= b.validFrom) &&
  (b.validTo === undefined || b.validTo >= a.validFrom);

/** Locked, so that two who enter the same account wait for each other. */
async function lockParties(tx: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from erp_parties.party where id = any(${[...new Set(ids)]})
      order by id for no key update`,
  );
  return new Set(found.map(({ id }) => id));
}

async function spansOf(tx: Handle, parties: readonly string[]): Promise<Map<string, Span[]>> {
  const found = await rows<{ key: string; valid_from: LocalDate; valid_to: LocalDate | null }>(
    tx,
    sql`select party || ' ' || account_key as key, valid_from, valid_to
      from erp_parties.bank_account where party = any(${[...parties]})`,
  );
  const spans = new Map<string, Span[]>();
  for (const { key, valid_from, valid_to } of found) {
    const span = { validFrom: valid_from, validTo: valid_to ?? undefined };
    spans.set(key, [...(spans.get(key) ?? []), span]);
  }
  return spans;
}

async function lockAccounts(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BankAccount>> {
  const found = await rows<AccountRow>(
    tx,
    sql`select ${SELECT} from erp_parties.bank_account where id = any(${[...new Set(ids)]})
      order by id for update`,
  );
  return new Map(found.map(accountOf).map((account) => [account.id, account]));
}

async function write(tx: Handle, context: ErpContext, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const fourEyes = await readFourEyes(tx, context.legalEntity);
  await insertRows(
    tx,
    'erp_parties.bank_account',
    {
      id: 'text',
      party: 'text',
      account_key: 'text',
      iban: 'text',
      account_number: 'text',
      bic: 'text',
      holder: 'text',
      currency: 'text',
      valid_from: 'date',
      valid_to: 'date',
      four_eyes: 'boolean',
      entered_by: 'text',
      entered_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      party: one.party,
      account_key: one.key,
      iban: one.iban,
      account_number: one.accountNumber,
      bic: one.bic,
      holder: one.holder.trim(),
      currency: one.currency,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      four_eyes: fourEyes,
      entered_by: context.by,
      entered_at: context.clock(),
    })),
  );
}
