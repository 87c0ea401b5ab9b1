/** A company that owes, for the tests of this area. */
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
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import type { ErpContext, Result } from '#erp/company';
import { createWarehouses, inventoryMigrations } from '#erp/inventory';
import { createItems, itemsMigrations } from '#erp/items';
import { installLedger, ledgerMigrations, listAccounts } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { trialBalance } from '#erp/ledger/reports';
import { openItemsMigrations } from '#erp/open-items';
import {
  addBankAccounts,
  createSuppliers,
  partiesMigrations,
  verifyBankAccounts,
} from '#erp/parties';
import { createOrders, postReceipts, purchasingMigrations, steerOrders } from '#erp/purchasing';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import type { InvoiceDraft, InvoiceLineDraft } from './index.ts';
import { payablesMigrations } from './migrations.ts';
import { postInvoices } from './post-invoices.ts';

export const context: ErpContext = {
  clock: () => instantOf(1_770_000_000_000),
  by: 'ada',
  legalEntity: 'DE01',
};

/** A day of March 2026. */
export const march = (day: number) => localDate(`2026-03-${String(day).padStart(2, '0')}`);

/** A database with one company that buys and pays. */
export type Bench = {
  readonly database: Database;
  readonly supplier: string; // 2 % within ten days, else thirty.
  readonly foreign: string; // Charges dollars; is to be paid nowhere.
  readonly screw: string;
  readonly warehouse: string;
  run<T>(work: (tx: Handle) => Promise<T>): Promise<T>;
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
    openItemsMigrations,
    purchasingMigrations,
    payablesMigrations,
  ]);
  const run = <T>(work: (tx: Handle) => Promise<T>): Promise<T> => transact(database, work);
  const made = await run(found);
  return { database, run, ...made };
}

async function found(tx: Handle) {
  await createLegalEntity(tx, context, {
    code: 'DE01',
    name: 'Muster GmbH',
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  });
  await addTaxCodes(tx, 'DE01', standardTaxCodes('DE'));
  await setPaymentTerms(tx, STANDARD_TERMS);
  await setExchangeRates(tx, [
    { from: 'EUR', to: 'USD', type: 'spot', validOn: march(1), rate: decimal('1.25') },
    { from: 'EUR', to: 'USD', type: 'spot', validOn: march(15), rate: decimal('1.00') },
  ]);
  await installLedger(tx, context);
  await createFiscalYear(tx, context, 2026);
  const suppliers = await createSuppliers(tx, context, [
    { name: 'Schrauben Albrecht GmbH', paymentTerms: '2-10-NET30' },
    { name: 'Bolt Works Inc.', currency: 'USD' },
  ]);
  const supplier = valueOf(suppliers[0]).id;
  const [account] = await addBankAccounts(tx, context, [
    { party: supplier, iban: 'DE89370400440532013000', holder: 'Albrecht', validFrom: march(1) },
  ]);
  const { id } = valueOf(account);
  await verifyBankAccounts(tx, { ...context, by: 'bob' }, [id]);
  const items = await createItems(tx, context, [{ name: 'Bolt', kind: 'raw', baseUnit: 'C62' }]);
  const warehouses = await createWarehouses(tx, context, [
    { code: 'WH1', name: 'Main', kind: 'store' },
  ]);
  return {
    supplier,
    foreign: valueOf(suppliers[1]).id,
    screw: valueOf(items[0]).id,
    warehouse: valueOf(warehouses[0]).id,
  };
}

/** An issued order of so many bolts, of which so many have come. */
export async function ordered(
  bench: Bench,
  of: { readonly quantity: string; readonly price: string; readonly received?: string },
  supplier = bench.supplier,
): Promise<string> {
  return await bench.run(async (tx) => {
    const [created] = await createOrders(tx, context, [
      {
        supplier,
        issuedOn: march(1),
        lines: [
          {
            item: bench.screw,
            quantity: decimal(of.quantity),
            unitPrice: decimal(of.price),
            warehouse: bench.warehouse,
          },
        ],
      },
    ]);
    const { id } = valueOf(created);
    valueOf((await steerOrders(tx, context, [{ id, step: 'issue' }]))[0]);
    if (of.received !== undefined) await receive(tx, id, of.received);
    return id;
  });
}

/** So many more of an order come in. */
export async function receive(tx: Handle, order: string, quantity: string): Promise<void> {
  const [receipt] = await postReceipts(tx, context, [
    {
      receivedOn: march(5),
      postedOn: march(5),
      lines: [{ order, line: 10, quantity: decimal(quantity) }],
    },
  ]);
  valueOf(receipt);
}

/** Balances by what they are: control accounts by their kind, others by name. */
export async function books(bench: Bench): Promise<ReadonlyMap<string, Decimal>> {
  return await bench.run(async (tx) => {
    const accounts = new Map((await listAccounts(tx, 'DE01')).map((each) => [each.number, each]));
    const { rows } = await trialBalance(tx, {
      legalEntity: 'DE01',
      to: localDate('2026-12-31'),
    });
    return new Map(
      rows.map(({ account, name, closing }) => [
        accounts.get(account)?.controlOf ?? name.en,
        closing,
      ]),
    );
  });
}

/** What came of it, when it is known to be good. */
export function valueOf<T>(result: Result<T> | undefined): T {
  assert(result?.ok === true, JSON.stringify(result));
  return result.value;
}

let charged = 0; // No two invoices of a supplier have one number.

/** An invoice of the bench's supplier comes in. */
export const chargeAt = (
  bench: Bench,
  lines: readonly InvoiceLineDraft[],
  more: Partial<InvoiceDraft> = {},
) => {
  charged += 1;
  const draft = {
    supplier: bench.supplier,
    supplierNumber: `RE-${charged}`,
    issuedOn: march(6),
    postedOn: march(8),
    lines,
    ...more,
  };
  return bench.run((tx) => postInvoices(tx, context, [draft]));
};
