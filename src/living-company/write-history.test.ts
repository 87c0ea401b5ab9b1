/** A small company of some months in the real ERP: its books keep every law. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import type { Database } from '#database';
import { listPositions } from '#erp/inventory';
import { trialBalance } from '#erp/ledger/reports';
import { listPaymentRuns } from '#erp/payables';
import { listProjects, projectHealth } from '#erp/projects';
import { mrrMovements } from '#erp/subscriptions';
import { assert } from '#kernel';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { readTruth } from './company-state.ts';
import { brokenBooks, openInstallation } from './testing.ts';
import { ENTITIES } from './world/plan.ts';
import type { Plan } from './world/plan.ts';
import { openWorld } from './world/world.ts';
import { writeHistory } from './write-history.ts';
import type { History } from './write-history.ts';

const PLAN: Plan = { size: 'small', seed: 7, startedOn: localDate('2024-01-01') };
const UNTIL = localDate('2024-04-05');
const DAYS = 96;
const clock = () => instantOf(1_770_000_000_000);
const CODES = ENTITIES.map(({ code }) => code);
let database: Database;
let history: History;

beforeAll(async () => {
  database = await openInstallation();
  history = await writeHistory({ database, clock }, { plan: PLAN, until: UNTIL, by: 'ada' });
});
afterAll(() => database.close());

/** Closing balances by account. */
async function balances(legalEntity: string, to = UNTIL): Promise<ReadonlyMap<string, Decimal>> {
  const { rows: accounts } = await trialBalance(database.kysely, { legalEntity, to });
  return new Map(accounts.map(({ account, closing }) => [account, closing]));
}

test('the ERP refuses nothing that the world does', () => {
  expect(history.refused).toEqual({});
  expect(history.documents).toBeGreaterThan(1_000);
});

test.each(CODES)(
  '%s: the trial balance balances, and subledgers equal their accounts',
  async (code) => {
    const books = await balances(code);
    const sum = sumDecimals(books.values());
    expect(compareDecimals(sum, decimal('0'))).toBe(0);
    const wanted = async (side: string): Promise<Decimal> => {
      const [found] = await rows<{ sum: Decimal }>(
        database.kysely,
        sql`select coalesce(sum(case when effect = 'raises' then 1 else -1 end
          * (company_amount - company_cleared)), 0)::text as sum
        from erp_open_items.open_item where legal_entity = ${code} and side = ${side}`,
      );
      return found?.sum ?? decimal('0');
    };
    const stock = await listPositions(database.kysely, { legalEntity: code, limit: 1_000 });
    const inBooks = ['1200', '1210', '1220', '1230'].map(
      (account) => books.get(account) ?? decimal('0'),
    );
    const same = (a: Decimal, b: Decimal): boolean => compareDecimals(a, b) === 0;
    expect({
      receivables: same(books.get('1300') ?? decimal('0'), await wanted('receivable')),
      payables: same(books.get('2000') ?? decimal('0'), decimal(negated(await wanted('payable')))),
      stock: same(sumDecimals(inBooks), sumDecimals(stock.map(({ value }) => value))),
    }).toEqual({ receivables: true, payables: true, stock: true });
  },
);

const negated = (value: Decimal): string => (value.startsWith('-') ? value.slice(1) : `-${value}`);

test('what bears a day was written down on that day', async () => {
  const tables = [
    ['erp_sales.sales_order', 'issued_on'],
    ['erp_sales.delivery', 'posted_on'],
    ['erp_receivables.customer_invoice', 'posted_on'],
    ['erp_receivables.customer_payment', 'paid_on'],
    ['erp_purchasing.purchase_order', 'issued_on'],
    ['erp_purchasing.goods_receipt', 'posted_on'],
    ['erp_payables.supplier_invoice', 'posted_on'],
    ['erp_payables.supplier_payment', 'paid_on'],
    ['erp_payables.payment_run', 'pay_on'],
    ['erp_purchasing.requisition', 'issued_on'],
    ['erp_production.posting', 'posted_on'],
    ['erp_open_items.open_item', 'posted_on'],
    ['erp_ledger.journal_entry', 'posted_on'],
  ] as const;
  for (const [table, day] of tables) {
    const [found] = await rows<{ days: number; others: number }>(
      database.kysely,
      sql`select count(distinct created_at)::int4 as days, count(*) filter
          (where (created_at at time zone 'UTC')::date <> ${sql.ref(day)})::int4 as others
        from ${sql.table(table)}`,
    );
    expect({ table, ...found }).toMatchObject({ table, others: 0 });
    expect(found?.days).toBeGreaterThan(10);
  }
});

test('no stock is below zero', async () => {
  const found = await rows(
    database.kysely,
    sql`select item, quantity from erp_inventory.balance where quantity < 0`,
  );
  expect(found).toEqual([]);
});

test.each(CODES)('%s earns what a company like it earns', async (code) => {
  const books = await balances(code);
  const worth = (...accounts: readonly string[]): number =>
    accounts.reduce((sum, account) => sum + Number(books.get(account) ?? '0'), 0);
  const sales = -worth('4000', '4010', '4020', '4030');
  const share = (amount: number): number => Math.round((amount / sales) * 100);
  const profit = -[...books].reduce(
    (sum, [account, value]) => (account >= '4' ? sum + Number(value) : sum),
    0,
  );
  const margin = share(sales - worth('5000'));
  expect(margin).toBeGreaterThan(25);
  expect(margin).toBeLessThan(50);
  expect(share(profit)).toBeGreaterThan(-15);
  expect(share(profit)).toBeLessThan(25);
  const dso = (worth('1300') / sales) * DAYS;
  expect(dso).toBeGreaterThan(10);
  expect(dso).toBeLessThan(75);
  const turns = ((worth('5000') / worth('1200', '1210', '1230')) * 365) / DAYS; // A year.
  expect(turns).toBeGreaterThan(1);
  expect(turns).toBeLessThan(12);
});

test.each(CODES)('%s has machines and equipment that last longer than ten years', async (code) => {
  const books = await balances(code);
  const worth = (account: string): number => Number(books.get(account) ?? '0');
  const bought = worth('1110') + worth('1120') + worth('1130');
  const worn = -worth('1190');
  expect(worn).toBe(worth('6100')); // Of a quarter.
  expect(worn).toBeGreaterThan(0);
  expect(bought).toBeGreaterThan(40 * worn * 1.3); // It grows, and what it wears with it.
  expect(bought).toBeLessThan(40 * worn * 2.5);
});

test('banks, subscriptions and projects say what the books show; hardly a bank line waits', async () => {
  expect(await brokenBooks(database, UNTIL)).toEqual([]);
  const [waiting] = await rows<{ lines: number; all: number }>(
    database.kysely,
    sql`select count(*) filter (where m.id is null)::integer as lines, count(*)::integer as all
      from erp_banking.statement_line l
      left join erp_banking.match m on m.line_id = l.id and m.undone_on is null`,
  );
  expect(waiting?.all).toBeGreaterThan(200);
  expect(waiting?.lines).toBeLessThan(15);
});

test('no bank account is overdrawn: what goes between our own accounts leaves nothing in between', async () => {
  const overdrawn = await rows(
    database.kysely,
    sql`select s.id from erp_banking.statement s where s.closing < 0`,
  );
  expect(overdrawn).toEqual([]);
  const between = await rows<{ days: number; told: number; left: string; moved: string }>(
    database.kysely,
    sql`select count(*)::integer as days, sum(lines)::integer as told, sum(abs(company))::text as left,
        sum(moved)::text as moved
      from (select legal_entity, posted_on, count(*) as lines, sum(company_amount) as company,
          sum(abs(company_amount)) / 2 as moved
        from erp_ledger.journal_line where account = '1421' group by 1, 2) d`,
  );
  const [found] = between;
  expect(found?.days).toBeGreaterThan(5);
  expect(found?.told).toBeGreaterThanOrEqual(2 * (found?.days ?? 0)); // Both banks tell of each.
  expect(Number(found?.moved)).toBeGreaterThan(50_000);
  expect(Number(found?.left)).toBe(0);
});

test('the first project has cost more than was planned, and is charged as it was', async () => {
  const all = await listProjects(database.kysely, { legalEntity: 'NWDE', limit: 50 });
  expect(all.length).toBeGreaterThan(1);
  const truth = (await readTruth(database.kysely)).map(({ line }) => line);
  const told = truth.find((line) => line.includes('project-overrun')) ?? '';
  const [first] = all.filter(({ number }) => told.includes(`"${number}"`));
  assert(first !== undefined, 'it is told of');
  expect(['completed', 'closed']).toContain(first.status);
  const health = await projectHealth(database.kysely, first, UNTIL);
  expect(health).toMatchObject({ percentComplete: '100.00', isOverBudget: true });
  expect(Number(health.costPerformance)).toBeLessThan(0.8);
  expect(Number(first.billed)).toBe(Number(health.plannedRevenue));
});

test('recurring revenue moves, month by month', async () => {
  const months = await mrrMovements(database.kysely, {
    legalEntity: 'NWDE',
    from: PLAN.startedOn,
    to: UNTIL,
  });
  const moved = months.map(({ closing }) => Number(closing));
  expect(moved.every((each) => each > 0)).toBe(true);
  expect(new Set(moved).size).toBeGreaterThan(1);
});

test('quotations became orders, late payers reminded, stores helped, pieces coated outside', async () => {
  const [found] = await rows<Record<string, number>>(
    database.kysely,
    sql`select (select count(*) from erp_sales.quotation where progress = 'ordered')::integer as ordered,
      (select count(*) from erp_sales.quotation where decision = 'rejected')::integer as lost,
      (select count(*) from erp_receivables.dunning_notice)::integer as reminded,
      (select count(*) from erp_inventory.movement where kind = 'transfer')::integer as moved,
      (select count(*) from erp_production.outside_order)::integer as outside`,
  );
  expect(Object.values(found ?? {}).filter((count) => count === 0)).toEqual([]);
});

test('suppliers are paid by runs that another approved, in time and with the discount', async () => {
  const runs = await listPaymentRuns(database.kysely, { legalEntity: 'NWDE', limit: 100 });
  expect(runs.length).toBeGreaterThan(10);
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['paid']));
  expect(runs.filter(({ createdBy, approvedBy }) => createdBy === approvedBy)).toEqual([]);
  const [found] = await rows<{ alone: number; late: number; discount: string }>(
    database.kysely,
    sql`select (select count(*) from erp_payables.supplier_payment p
          join erp_company.legal_entity e on e.code = p.legal_entity
          where p.run_id is null and p.currency = e.currency)::integer as alone,
      (select count(*) from erp_open_items.open_item i
          join erp_company.legal_entity e on e.code = i.legal_entity
          where i.side = 'payable' and i.effect = 'raises' and i.currency = e.currency
            and i.cleared < i.amount and i.due_on <= ${UNTIL})::integer as late,
      (select sum(discount) from erp_payables.payment_run_item)::text as discount`,
  );
  expect(found).toMatchObject({ late: 0 });
  expect(found?.alone).toBeLessThan(5); // What was paid twice.
  expect(Number(found?.discount)).toBeGreaterThan(100);
});

test('what a supplier got twice he sends back: his debit is cleared, by a bank line that says of what', async () => {
  const world = openWorld(PLAN);
  const intents = Array.from({ length: DAYS }, () => world.live().entities)
    .flat()
    .flatMap((day) => day.intents);
  const advances = intents.filter(({ kind }) => kind === 'supplier-advance');
  const sentBack = intents.flatMap((each) => (each.kind === 'bank-statement' ? each.sentBack : []));
  expect(sentBack.length).toBeGreaterThan(0);
  const back = await rows<{ back: string; paid: string }>(
    database.kysely,
    sql`select l.amount::text as back, p.amount::text as paid
      from erp_banking.statement_line l
      join erp_banking.match m on m.line_id = l.id
      join erp_banking.match_part k on k.match_id = m.id
      join erp_open_items.open_item b on b.document_id = k.document_id and b.cleared = b.amount
      join erp_payables.supplier_payment p on p.legal_entity = b.legal_entity
        and l.remittance = 'sent back: ' || p.number
      join erp_open_items.open_item i on i.document_id = p.id and i.cleared = i.amount`,
  );
  for (const each of back) expect(each.back).toBe(each.paid);
  expect(back.length).toBe(sentBack.length);
  const [open] = await rows<{ debits: number }>(
    database.kysely,
    sql`select count(*)::integer as debits from erp_open_items.open_item
      where side = 'payable' and effect = 'lowers' and cleared < amount`,
  );
  expect(open?.debits).toBe(advances.length - sentBack.length);
});

test('an order whose goods came back and were given back waits for nothing', async () => {
  const found = await rows<{ returned: number; late: number }>(
    database.kysely,
    sql`select count(distinct o.id)::integer as returned,
        count(distinct o.id) filter (where not o.is_closed and o.progress = 'partly-delivered'
          and not exists (select from erp_sales.sales_order_line s where s.order_id = o.id
            and s.delivered - case s.number when l.order_line then l.quantity else 0 end < s.ordered
          ))::integer as late
      from erp_sales.sales_order o join erp_sales.delivery_line l on l.order_id = o.id
      join erp_sales.delivery d on d.id = l.delivery_id and d.kind = 'return'`,
  );
  expect(found[0]?.returned).toBeGreaterThan(2);
  expect(found[0]?.late).toBe(0);
});

test('requisitions became orders or were declined, stock was counted, consignment taken', async () => {
  const [found] = await rows<Record<string, number>>(
    database.kysely,
    sql`select (select count(*) from erp_purchasing.requisition where progress = 'ordered')::integer as ordered,
      (select count(*) from erp_purchasing.requisition where decision = 'rejected')::integer as declined,
      (select count(*) from erp_inventory.stock_count where status = 'posted')::integer as counted,
      (select count(*) from erp_inventory.stock_count where journal_entry is not null)::integer as corrected,
      (select count(*) from erp_inventory.balance where status = 'consignment' and quantity > 0)::integer as left_here,
      (select count(*) from erp_inventory.document where kind = 'withdrawal')::integer as taken,
      (select count(*) from erp_inventory.withdrawn where charged = quantity)::integer as charged,
      (select count(*) from erp_payables.supplier_invoice_line where withdrawal is not null)::integer as billed`,
  );
  expect(Object.entries(found ?? {}).filter(([, count]) => count === 0)).toEqual([]);
});

test('months are closed behind it', async () => {
  const found = await rows<{ status: string; count: string }>(
    database.kysely,
    sql`select status, count(*)::text as count from erp_ledger.period
      where fiscal_year = 2024 and number <= 2 group by status`,
  );
  expect(found).toEqual([{ status: 'closed', count: '6' }]);
});

test('every oddity names documents that are there', async () => {
  const truth = (await readTruth(database.kysely)).map(({ line }) => line);
  expect(truth.length).toBe(history.oddities);
  expect(truth.length).toBeGreaterThan(40);
  expect(truth.filter((line) => line.includes('null'))).toEqual([]);
});
