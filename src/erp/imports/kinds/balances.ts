import { companyRates } from '#erp/company';
import type { RateOf } from '#erp/company';
import { entryText, listAccounts, listDetermination, postEntries } from '#erp/ledger';
import type { Account, EntryDraft } from '#erp/ledger';
import { accountBalances } from '#erp/ledger/reports';
import { currencyScale, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { atScale } from '../at-scale.ts';
import { bookedBefore, fingerprintOf, noteBooked } from '../booked-lines.ts';
import { END_OF_TIME } from '../control-totals.ts';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import type { FileProblem } from '../match-headings.ts';
import type { Row } from '../row.ts';

const FIELDS = fieldsFrom(`
account*      | text 20  | Account, Account number, Number   | Konto, Kontonummer, Sachkonto
name          | text     | Name, Account name                | Bezeichnung, Kontobezeichnung
debit         | decimal  | Debit                             | Soll
credit        | decimal  | Credit                            | Haben
balance       | decimal  | Balance, Amount                   | Saldo, Betrag
currency      | currency | Currency                          | Währung
companyAmount | decimal  | Company amount, Amount in company currency | Betrag in Hauswährung, Hauswährungsbetrag
`);
const ZERO = decimal('0');

/**
 * Balances of the ledger on the opening day, against the account of 'opening-balance'. The file
 * balances. What documents keep (control accounts) is compared, not posted.
 */
export const balanceKind: ImportKind = {
  fields: FIELDS,
  asksOpeningDay: true,
  isWhole: true,
  keyOf: (row) => [row.text('account'), row.text('currency')].filter(Boolean).join(' '),
  open: openBooks,
};

/** What a line says of an account: a debit is above zero. */
type Said = {
  readonly at: number;
  readonly account: Account;
  readonly currency: CurrencyCode;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
};

type Facts = {
  readonly desk: Desk;
  readonly chart: ReadonlyMap<string, Account>;
  readonly opening: string | undefined;
  readonly rateOf: RateOf;
};

async function openBooks(desk: Desk): Promise<Booker> {
  const { tx, context, companyCurrency, openingOn } = desk;
  const { legalEntity } = context;
  const chart = new Map((await listAccounts(tx, legalEntity)).map((one) => [one.number, one]));
  const rules = await listDetermination(tx, legalEntity);
  const opening = rules.find(({ key }) => key === 'opening-balance')?.account;
  const ledger = await accountBalances(tx, { legalEntity, on: END_OF_TIME });
  return async (rows) => {
    const currencies = [...new Set(rows.map((row) => row.text('currency') ?? companyCurrency))];
    const wishes = currencies.map((currency) => ({ currency, on: openingOn }));
    const rateOf = await companyRates(tx, companyCurrency, wishes);
    const outcomes: Outcome[] = [];
    const said = [...rows.entries()].flatMap(([at, row]): Said[] => {
      const decided = decide(row, { desk, chart, opening, rateOf });
      if (!('did' in decided)) return [{ ...decided, at }];
      outcomes[at] = decided;
      return [];
    });
    const off = sumDecimals(said.map(({ companyAmount }) => companyAmount));
    if (outcomes.every(({ did }) => did !== 'refused') && compareDecimals(off, ZERO) !== 0) {
      return notBalanced(off, companyCurrency);
    }
    const kept = said.filter(({ account }) => account.controlOf !== undefined);
    for (const one of kept) outcomes[one.at] = comparedWith(one, ledger.get(one.account.number));
    const lines = new Map(
      said.map((one) => [one.at, { key: keyAt(rows, one.at), fingerprint: printOf(one, desk) }]),
    );
    const before = await bookedBefore(tx, desk, 'balances', [...lines.values()]);
    const open = said.filter(({ at, account }) => {
      const outcome = before.get(lines.get(at)?.key ?? '');
      if (account.controlOf !== undefined) return false;
      if (outcome !== undefined) outcomes[at] = outcome;
      return outcome === undefined;
    });
    const targets = await post(desk, { open, outcomes, rateOf });
    await noteBooked(
      desk,
      'balances',
      [...targets].flatMap(([at, target]) => {
        const line = lines.get(at);
        return line === undefined ? [] : [{ ...line, target }];
      }),
    );
    return outcomes;
  };
}

const keyAt = (rows: readonly Row[], at: number): string => {
  const row = rows[at];
  return row === undefined ? '' : balanceKind.keyOf(row);
};

const notBalanced = (off: Decimal, currency: string): FileProblem => ({
  code: 'imports.not-balanced',
  message: `debit and credit of the file differ by ${off} ${currency}`,
});

function decide(row: Row, facts: Facts): Omit<Said, 'at'> | Outcome {
  const { desk, chart, opening, rateOf } = facts;
  const { companyCurrency, openingOn } = desk;
  const number = row.text('account') ?? '';
  const account = chart.get(number);
  if (account === undefined) {
    return refused('imports.unknown-account', `there is no account ${number}`, 'account');
  }
  if (number === opening) {
    const message = `account ${number} is where opening balances are posted against`;
    return refused('imports.opening-account', message, 'account');
  }
  const currency = parseCurrency(row.text('currency') ?? companyCurrency) ?? companyCurrency;
  const balance =
    row.decimal('balance') ??
    subtractDecimals(row.decimal('debit') ?? ZERO, row.decimal('credit') ?? ZERO);
  const amount = atScale(balance, currency);
  if (amount === undefined) {
    return refused('imports.bad-value', `${balance} cannot be paid in ${currency}`, 'balance');
  }
  if (currency === companyCurrency) return { account, currency, amount, companyAmount: amount };
  const rate = rateOf(currency, openingOn);
  const company =
    row.decimal('companyAmount') ??
    (rate === undefined ? undefined : multiplyDecimals(amount, rate));
  if (company === undefined) {
    const message = `there is no rate from ${currency} on ${openingOn}, and no company amount`;
    return refused('imports.no-rate', message, 'companyAmount');
  }
  const companyAmount = roundDecimal(company, currencyScale(companyCurrency));
  return { account, currency, amount, companyAmount };
}

/** What documents have made of a control account, beside what the file says of it. */
function comparedWith({ account, companyAmount }: Said, ledger = ZERO): Outcome {
  const off = subtractDecimals(companyAmount, ledger);
  const kept = `kept by documents: the ledger has ${ledger}`;
  return compareDecimals(off, ZERO) === 0
    ? { did: 'compared', message: `${kept}, as the file` }
    : {
        did: 'compared',
        field: 'balance',
        message: `${kept}, the file ${companyAmount}: ${account.controlOf} differs by ${off}`,
      };
}

/** An entry for each currency. Answers by the line's place which entry it went to. */
async function post(
  desk: Desk,
  {
    open,
    outcomes,
    rateOf,
  }: { readonly open: readonly Said[]; readonly outcomes: Outcome[]; readonly rateOf: RateOf },
): Promise<ReadonlyMap<number, string>> {
  const isZero = ({ amount, companyAmount }: Said): boolean =>
    compareDecimals(amount, ZERO) === 0 && compareDecimals(companyAmount, ZERO) === 0;
  for (const one of open.filter(isZero)) {
    outcomes[one.at] = { did: 'unchanged', message: 'nothing to post' };
  }
  const groups = [
    ...Map.groupBy(
      open.filter((one) => !isZero(one)),
      ({ currency }) => currency,
    ),
  ];
  const entries = groups.map(([currency, own]) => entryOf(desk, { currency, own, rateOf }));
  const posted = await postEntries(desk.tx, desk.context, entries);
  const targets = new Map<number, string>();
  for (const [place, [, own]] of groups.entries()) {
    const result = posted[place];
    const fault = result?.ok === false ? result.problem : undefined;
    const line = Number(/^lines\.(\d+)/.exec(fault?.field ?? '')?.[1] ?? -1);
    for (const [nth, { at }] of own.entries()) {
      if (result?.ok === true) targets.set(at, result.value.id);
      const isOther = fault !== undefined && line >= 0 && line !== nth;
      outcomes[at] =
        fault === undefined
          ? CREATED
          : refused(
              fault.code,
              isOther ? `not posted, as another line: ${fault.message}` : fault.message,
            );
    }
  }
  return targets;
}

function entryOf(
  { context, id, openingOn, companyCurrency }: Desk,
  of: { readonly currency: CurrencyCode; readonly own: readonly Said[]; readonly rateOf: RateOf },
): EntryDraft {
  const { currency, own, rateOf } = of;
  const amount = sumDecimals(own.map((one) => one.amount));
  const companyAmount = sumDecimals(own.map((one) => one.companyAmount));
  const isEven = compareDecimals(amount, ZERO) === 0 && compareDecimals(companyAmount, ZERO) === 0;
  const priced = own.find((one) => compareDecimals(one.amount, ZERO) !== 0);
  const rate =
    rateOf(currency, openingOn) ??
    (priced === undefined ? undefined : divideDecimals(priced.companyAmount, priced.amount, 6));
  const lines = own.map((one) => ({
    account: one.account.number,
    amount: one.amount,
    companyAmount: one.companyAmount,
  }));
  const against = {
    posting: { key: 'opening-balance' },
    amount: negateDecimal(amount),
    companyAmount: negateDecimal(companyAmount),
  } as const;
  return {
    legalEntity: context.legalEntity,
    kind: 'opening',
    postedOn: openingOn,
    documentOn: openingOn,
    currency,
    ...(currency === companyCurrency || rate === undefined ? {} : { rate }),
    text: entryText('opening-balances', {}),
    source: { area: 'imports', kind: 'import', id, number: id },
    lines: isEven ? lines : [...lines, against],
  };
}

const printOf = ({ currency, amount, companyAmount }: Said, { openingOn }: Desk): string =>
  fingerprintOf({
    on: openingOn,
    currency,
    amount: trimDecimal(amount),
    companyAmount: trimDecimal(companyAmount),
  });
