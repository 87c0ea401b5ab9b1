/** A legal entity with open books and items to settle, for the tests of this area. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { testDatabase } from '#database/testing';
import { companyMigrations, createLegalEntity } from '#erp/company';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import type { ErpContext } from '#erp/company';
import { installLedger, ledgerMigrations, listAccounts, postEntries } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { trialBalance } from '#erp/ledger/reports';
import { assert, parseCurrency } from '#kernel';
import { decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { createOpenItems } from './create-open-items.ts';
import type { OpenItemDraft } from './create-open-items.ts';
import { openItemsMigrations } from './migrations.ts';

export const context: ErpContext = {
  clock: () => instantOf(1_770_000_000_000),
  by: 'ada',
  legalEntity: 'DE01',
};

/** A database with one company in Germany, its books open for 2026. */
export async function openBench(): Promise<Database> {
  const database = await testDatabase([companyMigrations, ledgerMigrations, openItemsMigrations]);
  await transact(database, async (tx) => {
    await createLegalEntity(tx, context, {
      code: 'DE01',
      name: 'Muster GmbH',
      country: 'DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    await addTaxCodes(tx, 'DE01', standardTaxCodes('DE'));
    await installLedger(tx, context);
    await createFiscalYear(tx, context, 2026);
  });
  return database;
}

/** An item as a document of the areas above would leave it, booked to its control account. */
export async function bookedItem(
  tx: Handle,
  of: {
    readonly number: string;
    readonly amount: string;
    readonly companyAmount: string;
    readonly currency?: string;
  } & Partial<Omit<OpenItemDraft, 'amount' | 'companyAmount' | 'currency'>>,
): Promise<string> {
  const { number, amount, companyAmount, currency = 'USD', ...more } = of;
  const parsed = parseCurrency(currency);
  assert(parsed !== undefined, currency);
  const draft: OpenItemDraft = {
    side: 'receivable',
    effect: 'raises',
    kind: 'invoice',
    party: 'cus_1',
    issuedOn: localDate('2026-03-01'),
    postedOn: localDate('2026-03-01'),
    dueOn: localDate('2026-03-31'),
    document: { kind: 'customer-invoice', id: number, number },
    ...more,
    currency: parsed,
    amount: decimal(amount),
    companyAmount: decimal(companyAmount),
  };
  const debits = (draft.side === 'receivable') === (draft.effect === 'raises');
  const signed = (value: Decimal): Decimal => (debits ? value : negateDecimal(value));
  const line = { amount: signed(draft.amount), companyAmount: signed(draft.companyAmount) };
  const [posted] = await postEntries(tx, context, [
    {
      legalEntity: 'DE01',
      kind: 'opening',
      postedOn: draft.postedOn,
      documentOn: draft.issuedOn,
      currency,
      rate: decimal('1'),
      text: number,
      lines: [
        { posting: { key: draft.side }, party: draft.party, ...line },
        {
          posting: { key: 'opening-balance' },
          amount: negateDecimal(line.amount),
          companyAmount: negateDecimal(line.companyAmount),
        },
      ],
    },
  ]);
  assert(posted?.ok === true, JSON.stringify(posted));
  const [id] = await createOpenItems(tx, context, [draft]);
  assert(id !== undefined, 'the item was opened');
  return id;
}

/** What the ledger holds on the control accounts of a side, in the company's currency. */
export async function controlBalance(tx: Handle, side: 'receivable' | 'payable'): Promise<Decimal> {
  const accounts = await listAccounts(tx, 'DE01');
  const control = new Set(
    accounts.filter(({ controlOf }) => controlOf === side).map(({ number }) => number),
  );
  const { rows: balances } = await trialBalance(tx, {
    legalEntity: 'DE01',
    to: localDate('2026-12-31'),
  });
  return sumDecimals(
    balances.filter(({ account }) => control.has(account)).map(({ closing }) => closing),
  );
}
