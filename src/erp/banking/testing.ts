/** A company with accounts at a bank and what is open with its parties, for the tests of this area. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { bookTogether, companyMigrations, setExchangeRates } from '#erp/company';
import { createAccounts, ledgerMigrations, postEntries } from '#erp/ledger';
import { context, foundCompany, march, valueOf } from '#erp/ledger/testing';
import { openItemsMigrations } from '#erp/open-items';
import { bookPayments } from '#erp/open-items/settling';
import type { Side } from '#erp/open-items';
import type { BookedPayment, PaymentWish } from '#erp/open-items/settling';
import { bookedItem } from '#erp/open-items/testing';
import { addBankAccounts, createCustomers, createSuppliers, partiesMigrations } from '#erp/parties';
import { assert } from '#kernel';
import { addDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { importStatements } from './import-statements.ts';
import { bankingMigrations } from './migrations.ts';
import { createOwnAccounts, listOwnAccounts } from './own-account.ts';
import type { OwnAccount } from './own-account.ts';
import { listStatementLines } from './read-statements.ts';
import type { StatementDraft, StatementLine, StatementLineDraft } from './statement.ts';

export { context, march, valueOf };

export const CUSTOMER_IBAN = 'DE89370400440532013000';
export const SUPPLIER_IBAN = 'AT611904300234573201';

/** A database with one company, its accounts in euros and dollars, a customer and a supplier. */
export type Bench = {
  readonly database: Database;
  readonly euros: OwnAccount; // Stands at 1,000.00 when the year begins.
  readonly dollars: OwnAccount;
  readonly customer: string;
  readonly supplier: string;
  run<T>(work: (tx: Handle) => Promise<T>): Promise<T>;
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    openItemsMigrations,
    bankingMigrations,
  ]);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(found);
  return { database, run, ...made };
}

async function found(tx: Handle) {
  await foundCompany(tx);
  const rates = [
    [1, '1.25'],
    [10, '1.20'],
  ] as const;
  await setExchangeRates(
    tx,
    rates.map(([day, rate]) => {
      const on = { validOn: march(day), rate: decimal(rate) };
      return { from: 'EUR', to: 'USD', type: 'spot' as const, ...on };
    }),
  );
  await createAccounts(tx, context, [
    {
      number: '1422',
      name: { en: 'Dollars in transit', de: 'Dollar im Transit' },
      kind: 'asset',
      statementLine: 'cash',
    },
  ]);
  const [customer] = await createCustomers(tx, context, [{ name: 'Stadtwerke Linz' }]);
  const [supplier] = await createSuppliers(tx, context, [{ name: 'Schrauben Albrecht GmbH' }]);
  const parties = [valueOf(customer).id, valueOf(supplier).id] as const;
  const holders = [CUSTOMER_IBAN, SUPPLIER_IBAN].map((iban, at) => {
    return { party: parties[at] ?? '', iban, holder: 'holder', validFrom: march(1) };
  });
  for (const each of await addBankAccounts(tx, context, holders)) valueOf(each);
  const opened = await createOwnAccounts(tx, context, [
    {
      code: 'EUR1',
      name: 'Main',
      iban: 'DE12500105170648489890',
      currency: 'EUR',
      ledgerAccount: '1400',
      clearingAccount: '1420',
    },
    {
      code: 'USD1',
      name: 'Dollars',
      accountNumber: '4711',
      currency: 'USD',
      ledgerAccount: '1402',
      clearingAccount: '1422',
    },
  ]);
  for (const each of opened) valueOf(each);
  await openingBalance(tx);
  const [euros, dollars] = await listOwnAccounts(tx, 'DE01');
  assert(euros !== undefined && dollars !== undefined, 'both accounts are there');
  return { euros, dollars, customer: parties[0], supplier: parties[1] };
}

async function openingBalance(tx: Handle): Promise<void> {
  const amount = decimal('1000.00');
  const [posted] = await postEntries(tx, context, [
    {
      legalEntity: 'DE01',
      kind: 'opening',
      currency: 'EUR',
      text: 'opening balance',
      postedOn: march(1),
      documentOn: march(1),
      lines: [
        { account: '1400', amount },
        { posting: { key: 'opening-balance' }, amount: negateDecimal(amount) },
      ],
    },
  ]);
  valueOf(posted);
}

type Owed = Partial<Parameters<typeof bookedItem>[1]> & {
  readonly number: string;
  readonly amount: string;
};

/** What is open with the customer or the supplier, in euros unless said otherwise. */
export const owed = (bench: Bench, side: Side, item: Owed): Promise<string> =>
  bench.run((tx) =>
    bookedItem(tx, {
      companyAmount: item.amount,
      currency: 'EUR',
      side,
      party: side === 'receivable' ? bench.customer : bench.supplier,
      document: { kind: `${side}-invoice`, id: item.number, number: item.number },
      ...item,
    }),
  );

/** Books a payment as payables do. */
export async function payAhead(
  bench: Bench,
  wish: Pick<PaymentWish, 'parts'> & Partial<PaymentWish> & { readonly amount: Decimal },
): Promise<BookedPayment> {
  const code = 'banking.settled' as const;
  const book = {
    side: 'payable',
    area: 'payables',
    series: 'SP',
    prefix: 'sp',
    document: 'supplier-payment',
    codes: { noRate: code, totalsDiffer: code, journalRefused: code, settled: code },
    problemOf: () => undefined,
  } as const;
  const common = { party: bench.supplier, paidOn: march(5), bankAccount: 'EUR1', currency: 'EUR' };
  const [booked] = await bench.run((tx) =>
    bookTogether(tx, [{ ...common, ...wish }], (asked) => bookPayments(tx, context, book, asked)),
  );
  return valueOf(booked);
}

/** The next statement of an account with these lines, and its lines as they stand. */
export async function told(
  bench: Bench,
  lines: readonly (Partial<StatementLineDraft> & { readonly amount: Decimal })[],
  account: OwnAccount = bench.euros,
): Promise<readonly StatementLine[]> {
  const draft = await nextStatement(bench, lines, account);
  const [imported] = await bench.run((tx) => importStatements(tx, context, [draft]));
  const { id } = valueOf(imported);
  const limit = 999;
  const written = await listStatementLines(bench.database.kysely, { statement: id, limit });
  return written.toSorted((a, b) => a.number - b.number);
}

let count = 0;

/** A statement that goes on where the account stands. */
export async function nextStatement(
  bench: Bench,
  lines: readonly (Partial<StatementLineDraft> & { readonly amount: Decimal })[],
  account: OwnAccount = bench.euros,
): Promise<StatementDraft> {
  const before = await listStatementLines(bench.database.kysely, {
    ownAccount: account.id,
    limit: 9999,
  });
  const start = account.code === 'EUR1' ? '1000.00' : '0.00';
  const opening = sumDecimals([decimal(start), ...before.map(({ amount }) => amount)]);
  count += 1;
  return {
    account: account.code,
    reference: `S${count}`,
    source: 'manual',
    fromOn: march(1),
    toOn: march(31),
    opening,
    closing: addDecimals(opening, sumDecimals(lines.map(({ amount }) => amount))),
    lines: lines.map((line) => ({ bookedOn: march(9), ...line })),
  };
}
