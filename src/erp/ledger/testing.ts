/** A legal entity with open books, for the tests of this area. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import {
  companyMigrations,
  createLegalEntity,
  setExchangeRates,
  setPaymentTerms,
  STANDARD_TERMS,
} from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import type { EntryDraft, LineDraft } from './entry.ts';
import { installLedger } from './install-ledger.ts';
import { ledgerMigrations } from './migrations.ts';
import { createFiscalYear } from './period.ts';

export const context: ErpContext = {
  clock: () => instantOf(1_770_000_000_000),
  by: 'ada',
  legalEntity: 'DE01',
};

/** Founds the company of the context: a chart of accounts, tax codes, payment terms, open books. */
export async function foundCompany(tx: Handle, years: readonly number[] = [2026]): Promise<void> {
  await createLegalEntity(tx, context, {
    code: 'DE01',
    name: 'Muster GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  });
  await addTaxCodes(tx, 'DE01', standardTaxCodes('DE'));
  await setPaymentTerms(tx, STANDARD_TERMS);
  await installLedger(tx, context);
  for (const year of years) await createFiscalYear(tx, context, year);
}

/** A day of March 2026. */
export const march = (day: number) => localDate(`2026-03-${String(day).padStart(2, '0')}`);

/** A database with one company in Germany, its books open for these years. */
export async function openBooks(years: readonly number[] = [2025, 2026]): Promise<Database> {
  const database = await testDatabase([companyMigrations, ledgerMigrations]);
  await transact(database, async (tx) => {
    await foundCompany(tx, years);
    await setExchangeRates(tx, [
      rate('EUR', 'USD', '2025-01-01', '1.25'),
      rate('EUR', 'USD', '2026-02-01', '1.1'),
    ]);
  });
  return database;
}

/** An entry of these lines, by hand, unless it says otherwise. */
export const entry = (lines: readonly LineDraft[], more: Partial<EntryDraft> = {}): EntryDraft => ({
  legalEntity: 'DE01',
  kind: 'manual',
  postedOn: localDate('2026-03-15'),
  documentOn: localDate('2026-03-14'),
  currency: 'EUR',
  text: 'rent',
  lines,
  ...more,
});

/** A line on an account. */
export const on = (account: string, amount: string, more: Partial<LineDraft> = {}): LineDraft =>
  ({ account, amount: decimal(amount), ...more }) as LineDraft;

/** Rent from the bank: an entry that may be posted. */
export const rent = (amount = '100.00', more: Partial<EntryDraft> = {}): EntryDraft =>
  entry([on('6200', amount), on('1400', `-${amount}`)], more);

/** What came of it, when it is known to be good. */
export function valueOf<T>(result: Result<T> | undefined): T {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
}

export const runIn =
  (database: Database) =>
  <T>(work: (tx: Handle) => Promise<T>): Promise<T> =>
    transact(database, work);

const rate = (from: string, to: string, validOn: string, amount: string) =>
  ({ from, to, type: 'spot', validOn: localDate(validOn), rate: decimal(amount) }) as const;
