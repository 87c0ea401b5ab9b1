import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, companyRates, refusedLate } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { newId } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { decideStatement } from './decide-statement.ts';
import type { AccountState, DecidedLine, DecidedStatement } from './decide-statement.ts';
import type { BankingProblemCode } from './errors.ts';
import { lockOwnAccounts } from './own-account.ts';
import type { OwnAccount } from './own-account.ts';
import type { StatementDraft } from './statement.ts';

type Code = BankingProblemCode;

/** A statement as it was written. */
export type ImportedStatement = {
  readonly id: string;
  readonly sequence: number;
  readonly lines: number;
};

type Dated = {
  readonly id: string;
  readonly statement: DecidedStatement;
  readonly days: readonly { readonly on: LocalDate; readonly lines: readonly DecidedLine[] }[];
};

/**
 * Writes down what the bank says, and posts it: the ledger account against the clearing account, day
 * by day. A statement goes on where the one before ended, and comes once; so do its lines.
 */
export const importStatements = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly StatementDraft[],
): Promise<readonly Result<ImportedStatement, Code>[]> =>
  bookTogether(tx, drafts, (asked) => importAll(tx, context, asked));

async function importAll(
  tx: Handle,
  context: ErpContext,
  drafts: readonly StatementDraft[],
): Promise<Booked<ImportedStatement, Code>> {
  const { legalEntity } = context;
  const accounts = await lockOwnAccounts(
    tx,
    legalEntity,
    drafts.map(({ account }) => account),
  );
  const states = await statesOf(tx, [...new Set(accounts.values())], drafts);
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    drafts.flatMap(({ account, lines }) => {
      const currency = accounts.get(account)?.currency ?? companyCurrency;
      return [...new Set(lines.map(({ bookedOn }) => bookedOn))].map((on) => ({ currency, on }));
    }),
  );
  const decided = drafts.map((draft) => {
    const account = accounts.get(draft.account);
    const state = account === undefined ? undefined : states.get(account.id);
    return decideStatement({ account, state, companyCurrency, rateOf }, draft);
  });
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const nowMs = millisecondsOf(context.clock());
  const good = decided.flatMap((each) =>
    each.ok ? [{ id: newId('bs', nowMs), statement: each.value, days: daysOf(each.value) }] : [],
  );
  const entries = good.flatMap((one, at) =>
    one.days.map((day) => ({ at, entry: entryOf(one, day, legalEntity) })),
  );
  const posted = await postEntries(
    tx,
    context,
    entries.map(({ entry }) => entry),
  );
  const late = refusedLate(
    posted,
    entries.map(({ at }) => places[at] ?? -1),
    'banking.journal-refused',
  );
  if (late.size > 0) return { results: [], late };
  await write(
    tx,
    context,
    good,
    posted.map((each) => (each.ok ? each.value.id : '')),
  );
  const next = good.values();
  const results = decided.map((each): Result<ImportedStatement, Code> => {
    if (!each.ok) return each;
    const { sequence, lines } = each.value;
    return accept({ id: next.next().value?.id ?? '', sequence, lines: lines.length });
  });
  return { results, late };
}

/** Where each account stands: its last statement, and which of the drafts' references it has seen. */
async function statesOf(
  tx: Handle,
  accounts: readonly OwnAccount[],
  drafts: readonly StatementDraft[],
): Promise<ReadonlyMap<string, AccountState>> {
  const ids = accounts.map(({ id }) => id);
  const last = await rows<{ id: string; sequence: number; closing: AccountState['closing'] }>(
    tx,
    sql`select distinct on (own_account_id) own_account_id as id, sequence, closing::text as closing
      from erp_banking.statement where own_account_id = any(${ids})
      order by own_account_id, sequence desc`,
  );
  const statements = await rows<{ id: string; reference: string }>(
    tx,
    sql`select own_account_id as id, reference from erp_banking.statement
      where own_account_id = any(${ids}) and reference = any(${drafts.map((d) => d.reference)})`,
  );
  const asked = drafts.flatMap(({ lines }) => lines.flatMap(({ reference }) => reference ?? []));
  const lines = await rows<{ id: string; reference: string }>(
    tx,
    sql`select own_account_id as id, reference from erp_banking.statement_line
      where own_account_id = any(${ids}) and reference = any(${asked})`,
  );
  return new Map(
    ids.map((account) => {
      const before = last.find(({ id }) => id === account);
      return [
        account,
        {
          sequence: before?.sequence ?? 0,
          closing: before?.closing,
          statements: seenBy(account, statements),
          lines: seenBy(account, lines),
        },
      ];
    }),
  );
}

const seenBy = (
  account: string,
  found: readonly { readonly id: string; readonly reference: string }[],
): Set<string> =>
  new Set(found.filter(({ id }) => id === account).map(({ reference }) => reference));

const daysOf = ({ lines }: DecidedStatement): Dated['days'] =>
  [...Map.groupBy(lines, ({ bookedOn }) => bookedOn)]
    .map(([on, ofDay]) => ({ on, lines: ofDay }))
    .toSorted((a, b) => (a.on < b.on ? -1 : 1));

function entryOf(
  { id, statement }: Dated,
  { on, lines }: Dated['days'][number],
  legalEntity: string,
): EntryDraft {
  const { account, reference } = statement;
  const [first] = lines;
  return {
    legalEntity,
    kind: 'payment',
    postedOn: on,
    documentOn: on,
    currency: account.currency,
    ...(first?.rate === undefined ? {} : { rate: first.rate }),
    text: `${account.code} ${reference}`,
    source: { area: 'banking', kind: 'bank-statement', id, number: reference },
    lines: lines.flatMap(({ amount, companyAmount, counterparty, remittance }) => {
      const text = [counterparty, remittance].filter(Boolean).join(' ').slice(0, 140);
      const about = text === '' ? {} : { text };
      return [
        { account: account.ledgerAccount, amount, companyAmount, ...about },
        {
          account: account.clearingAccount,
          amount: negateDecimal(amount),
          companyAmount: negateDecimal(companyAmount),
          ...about,
        },
      ];
    }),
  };
}

async function write(
  tx: Handle,
  { by, clock }: ErpContext,
  good: readonly Dated[],
  entries: readonly string[],
): Promise<void> {
  const now = clock();
  await insertRows(
    tx,
    'erp_banking.statement',
    {
      id: 'text',
      own_account_id: 'text',
      sequence: 'integer',
      reference: 'text',
      source: 'text',
      from_on: 'date',
      to_on: 'date',
      opening: 'numeric',
      closing: 'numeric',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    good.map(({ id, statement }) => ({
      id,
      own_account_id: statement.account.id,
      sequence: statement.sequence,
      reference: statement.reference,
      source: statement.source,
      from_on: statement.fromOn,
      to_on: statement.toOn,
      opening: statement.opening,
      closing: statement.closing,
      created_by: by,
      created_at: now,
    })),
  );
  const entry = entries.values();
  const dated = good.flatMap(({ id, statement, days }) =>
    days.flatMap(({ lines }) => {
      const entryId = entry.next().value ?? '';
      return lines.map((line) => ({ id, statement, line, entryId }));
    }),
  );
  await writeLines(tx, millisecondsOf(now), dated);
}

async function writeLines(
  tx: Handle,
  nowMs: number,
  lines: readonly {
    readonly id: string;
    readonly statement: DecidedStatement;
    readonly line: DecidedLine;
    readonly entryId: string;
  }[],
): Promise<void> {
  await insertRows(
    tx,
    'erp_banking.statement_line',
    {
      id: 'text',
      statement_id: 'text',
      own_account_id: 'text',
      number: 'integer',
      booked_on: 'date',
      value_on: 'date',
      amount: 'numeric',
      company_amount: 'numeric',
      reference: 'text',
      end_to_end_id: 'text',
      counterparty: 'text',
      counterparty_iban: 'text',
      remittance: 'text',
      entry_id: 'text',
    },
    lines.map(({ id, statement, line, entryId }) => ({
      id: newId('bl', nowMs),
      statement_id: id,
      own_account_id: statement.account.id,
      number: line.number,
      booked_on: line.bookedOn,
      value_on: line.valueOn ?? line.bookedOn,
      amount: line.amount,
      company_amount: line.companyAmount,
      reference: line.reference,
      end_to_end_id: line.endToEndId,
      counterparty: line.counterparty,
      counterparty_iban: line.counterpartyIban,
      remittance: line.remittance ?? '',
      entry_id: entryId,
    })),
  );
}
