/**
 * Goal: whatever eight users do at once, every law of the books, of stock and of orders holds.
 * Method: each draws operations from his own seed, chooses documents from what all know of the
 * company (few goods, few orders: they meet), and hands them to the doors that the API hands them
 * to, one or many in a transaction, some twice under one key, some from a version that is gone.
 * A refusal is an answer; an exception is a failure. The laws are questions to the tables; that
 * they would tell is seen by breaking them.
 * RIALTO_OPERATIONS and RIALTO_SEED change how many and which. RIALTO_SITTINGS names a folder in which
 * the books stay: what is broken off goes on there, from where the laws were looked at last.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { NEEDED_TABLES } from '#living-company';
import { foundCompany } from './eight-users/company.ts';
import { LAW_COUNT } from './eight-users/laws.ts';
import { openSitting } from './eight-users/sittings.ts';
import { beginWork, LOOK_EVERY, workTogether } from './eight-users/work-together.ts';
import type { Tally } from './eight-users/tally.ts';

const OPERATIONS = Number(process.env['RIALTO_OPERATIONS'] ?? 20_000);
const SEED = Number(process.env['RIALTO_SEED'] ?? 7);
const SITTINGS = process.env['RIALTO_SITTINGS'];
const MS_MAX = OPERATIONS > 20_000 ? 24 * 3_600_000 : 900_000; // A million may take a day.

let database: Database;
let other: Database;
beforeAll(async () => {
  database = await testDatabase(NEEDED_TABLES);
  other = await testDatabase(NEEDED_TABLES);
});
afterAll(async () => {
  await database.close();
  await other.close();
});

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const WISH = { seed: SEED, tell: print };

async function inOneSitting(): Promise<Tally> {
  const standing = await beginWork(database, await foundCompany(database), OPERATIONS);
  return (await workTogether(database, standing, { ...WISH, operations: OPERATIONS })).tally;
}

/** Keeps the books each time the laws were looked at. */
async function inSittings(folder: string): Promise<Tally> {
  let sitting = await openSitting(folder);
  try {
    for (;;) {
      const books = sitting.database;
      const standing =
        sitting.standing ?? (await beginWork(books, await foundCompany(books), OPERATIONS));
      const { done } = standing.tally;
      if (done >= OPERATIONS) return standing.tally;
      const operations = Math.min(OPERATIONS, done + LOOK_EVERY);
      await workTogether(books, standing, { ...WISH, operations });
      sitting = await sitting.keep(standing);
    }
  } finally {
    await sitting.stop();
  }
}

test(
  `${OPERATIONS} operations of eight users keep every law`,
  async () => {
    const began = performance.now();
    const tally = SITTINGS === undefined ? await inOneSitting() : await inSittings(SITTINGS);
    const seconds = (performance.now() - began) / 1_000;
    const { accepted, refused } = tally.share;
    print(`Seed ${SEED}, ${LAW_COUNT} laws, ${seconds.toFixed(0)} s.`);
    expect(accepted + refused).toBeGreaterThanOrEqual(OPERATIONS);
    expect(refused).toBeLessThan(accepted / 2);
  },
  MS_MAX,
);

const BREACHES = {
  'every entry balances': sql`update erp_ledger.journal_line set amount = amount + 1
    where number = 1 and entry_id = (select min(id) from erp_ledger.journal_entry)`,
  'the trial balance balances': sql`update erp_ledger.account_balance set company_debit = company_debit + 1
    where account = '1400'`,
  'receivables, payables and stock are their accounts': sql`update erp_inventory.position
    set value = value + 1 where quantity > 0`,
  'what is open is the amount less its allocations': sql`update erp_open_items.open_item
    set cleared = amount, company_cleared = company_amount where cleared < amount`,
  'balances are the sums of movements': sql`update erp_inventory.balance set quantity = quantity + 1`,
  'each piece with a number is where it went last': sql`insert into erp_inventory.piece
    (item, serial) values ('nothing', 'S-1')`, // Eight hundred operations may have moved no piece.
  'sales orders say what has left': sql`delete from erp_sales.delivery_line where number = 1`,
  'purchase orders stand where their lines do': sql`update erp_purchasing.purchase_order
    set progress = 'received'`,
  'reserved is the sum of reservations': sql`update erp_inventory.position
    set reserved = reserved + 0.5 where free - reserved > 1`,
  'what is promised is there': sql`do $$ begin
    alter table erp_inventory.position drop constraint promised_is_there;
    update erp_inventory.position set reserved = free + 1 where free >= 0; end $$`,
  'numbers have no gaps': sql`delete from erp_receivables.customer_invoice
    where id = (select min(id) from erp_receivables.customer_invoice)`,
  'what is posted stays: erp_sales.delivery': sql`update erp_sales.delivery set carrier = 'another'`,
  'nothing is doubled or lost': sql`delete from erp_sales.sales_order
    where id = (select min(id) from erp_sales.sales_order)`,
} as const;

test('each breach of a law is told', async () => {
  const founded = await foundCompany(other);
  const wish = { operations: 800, seed: 3, tell: () => undefined };
  const { look } = await workTogether(other, await beginWork(other, founded, 800), wish);
  for (const [law, breach] of Object.entries(BREACHES)) {
    const broken = transact(other, async (tx) => {
      await rows(tx, sql`set local session_replication_role = replica`); // No trigger stops it.
      await rows(tx, breach);
      await look(tx);
    });
    await expect(broken).rejects.toThrow(law);
  }
}, 300_000);
