/** What holds whatever was done: each law is a question that no row may answer. */
import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Tally } from './tally.ts';

/** The ledger, with itself and with what stands under it. */
const BOOKS = {
  'every entry balances': sql`
    select entry_id as broken from erp_ledger.journal_line group by entry_id
    having sum(amount) <> 0 or sum(company_amount) <> 0`,
  'the trial balance balances': sql`
    select legal_entity as broken from erp_ledger.account_balance group by legal_entity
    having sum(company_debit) <> sum(company_credit)`,
  'balances of accounts are the sums of their lines': sql`
    select l.account as broken from (select legal_entity, account, currency, cost_centre,
        fiscal_year, period, sum(amount) as amount, sum(company_amount) as company
      from erp_ledger.journal_line group by 1, 2, 3, 4, 5, 6) l
    full join erp_ledger.account_balance b
      using (legal_entity, account, currency, cost_centre, fiscal_year, period)
    where coalesce(l.amount, 0) <> coalesce(b.debit - b.credit, 0)
      or coalesce(l.company, 0) <> coalesce(b.company_debit - b.company_credit, 0)`,
  'every entry has all its lines': sql`
    select e.id as broken from erp_ledger.journal_entry e
    left join (select entry_id, count(*) as lines from erp_ledger.journal_line group by 1) l
      on l.entry_id = e.id where coalesce(l.lines, 0) <> e.line_count`,
  'receivables and payables are their accounts, in each currency': sql`
    select i.kind || ' ' || i.currency || ': ' || i.open || ' open, ' || coalesce(b.amount, 0)
      || ' in the books' as broken
    from (select side as kind, currency, sum((amount - cleared)
        * case when (side = 'receivable') = (effect = 'raises') then 1 else -1 end) as open
      from erp_open_items.open_item group by 1, 2) i
    left join (select a.control_of as kind, b.currency, sum(b.debit - b.credit) as amount
      from erp_ledger.account_balance b
      join erp_ledger.account a on a.legal_entity = b.legal_entity and a.number = b.account
      group by 1, 2) b using (kind, currency)
    where i.open <> coalesce(b.amount, 0)`,
  'receivables, payables and stock are their accounts': sql`
    select s.kind || ': ' || s.worth || ' there, ' || coalesce(b.amount, 0) || ' in the books'
      as broken
    from (select side as kind, sum((company_amount - company_cleared)
        * case when (side = 'receivable') = (effect = 'raises') then 1 else -1 end) as worth
      from erp_open_items.open_item group by 1
      union all select 'stock', sum(value) from erp_inventory.position) s
    left join (select a.control_of as kind, sum(b.company_debit - b.company_credit) as amount
      from erp_ledger.account_balance b
      join erp_ledger.account a on a.legal_entity = b.legal_entity and a.number = b.account
      group by 1) b using (kind)
    where s.worth <> coalesce(b.amount, 0)`,
  'what is open is the amount less its allocations': sql`
    select i.id as broken from erp_open_items.open_item i
    left join (select item, sum(amount) as amount, sum(company) as company from (
        select raising_item as item, amount + discount as amount, raising_company as company
          from erp_open_items.allocation
        union all select lowering_item, amount, lowering_company from erp_open_items.allocation
      ) each group by item) a on a.item = i.id
    where i.cleared <> coalesce(a.amount, 0) or i.company_cleared <> coalesce(a.company, 0)
      or i.cleared > i.amount or i.cleared < 0`,
};

/** Stock. */
const STOCK = {
  'balances are the sums of movements': sql`
    select item || ' ' || warehouse as broken
    from (select item, warehouse, location, batch, status, owner, sum(quantity) as moved
      from erp_inventory.movement group by 1, 2, 3, 4, 5, 6) m
    full join erp_inventory.balance b using (item, warehouse, location, batch, status, owner)
    where coalesce(m.moved, 0) <> coalesce(b.quantity, 0)`,
  'quantity and value of a position are the sums of its movements': sql`
    select item || ' ' || warehouse as broken
    from (select item, warehouse, sum(value) as value,
        sum(quantity) filter (where status <> 'consignment') as quantity,
        sum(quantity) filter (where status = 'free') as free
      from erp_inventory.movement group by 1, 2) m
    full join erp_inventory.position p using (item, warehouse)
    where coalesce(p.quantity, 0) <> coalesce(m.quantity, 0)
      or coalesce(p.value, 0) <> coalesce(m.value, 0) or coalesce(p.free, 0) <> coalesce(m.free, 0)`,
  'no stock is worth nothing, and none is below zero where it may not be': sql`
    select p.item || ' ' || p.warehouse as broken from erp_inventory.position p
    join erp_inventory.warehouse w on w.id = p.warehouse
    where (p.quantity = 0 and p.value <> 0) or (not w.negative_allowed and p.free < 0)
    union all select b.item || ' ' || b.status from erp_inventory.balance b
    join erp_inventory.warehouse w on w.id = b.warehouse
    where b.quantity < 0 and not (w.negative_allowed and b.status = 'free')`,
  'layers are what is there': sql`
    select p.item || ' ' || p.warehouse as broken from erp_inventory.position p
    left join (select item, warehouse, sum(quantity) as quantity, sum(value) as value
      from erp_inventory.layer group by 1, 2) l using (item, warehouse)
    where p.costing = 'fifo' and (coalesce(l.quantity, 0) <> greatest(p.quantity, 0)
      or (p.quantity >= 0 and coalesce(l.value, 0) <> p.value))`,
  'reserved is the sum of reservations, none beyond its quantity': sql`
    select p.item || ' ' || p.warehouse as broken from erp_inventory.position p
    where p.reserved <> (select coalesce(sum(open), 0) from erp_inventory.reservation r
      where r.item = p.item and r.warehouse = p.warehouse)
    union all select id from erp_inventory.reservation where open < 0 or open > quantity
      or (status = 'open') <> (open > 0)`,
  'what is promised is there, and what is picked lies there': sql`
    select p.item || ' ' || p.warehouse || ': ' || p.reserved || ' promised, ' || p.free || ' free'
      as broken
    from erp_inventory.position p join erp_inventory.warehouse w on w.id = p.warehouse
    where p.reserved - p.picked > greatest(p.free - p.picked, 0)
      or (p.reserved > p.free and not w.negative_allowed)
    union all select item || ' ' || warehouse from erp_inventory.balance
    where held > 0 and held > quantity`,
  'each piece with a number is where it went last, and there are as many as there is stock': sql`
    select p.item || ' ' || p.serial as broken from erp_inventory.piece p
    left join (select distinct on (m.item, s.serial) m.item, s.serial, m.id, m.quantity,
        m.warehouse, m.location, m.batch, m.status, m.owner
      from erp_inventory.movement m cross join lateral jsonb_array_elements_text(m.serials) s(serial)
      order by m.item, s.serial, m.sequence desc) m on m.item = p.item and m.serial = p.serial
    where m.id is null or p.movement <> m.id or p.is_in_stock <> (m.quantity > 0)
      or (p.warehouse, p.location, p.batch, p.status, p.owner)
        <> (m.warehouse, m.location, m.batch, m.status, m.owner)
    union all
    select b.item || ' ' || b.warehouse || ': ' || b.quantity from erp_inventory.balance b
    left join (select item, warehouse, location, batch, status, owner, count(*) as pieces
      from erp_inventory.piece where is_in_stock group by 1, 2, 3, 4, 5, 6) p
      using (item, warehouse, location, batch, status, owner)
    where b.quantity <> coalesce(p.pieces, 0)
      and b.item in (select id from erp_items.item where serial_managed)`,
  'nothing is frozen but by a count that goes on': sql`
    select b.item as broken from erp_inventory.balance b
    join erp_inventory.stock_count c on c.id = b.frozen_by
    where c.status in ('posted', 'cancelled')`,
};

/** Orders and what came of them. */
const ORDERS = {
  'sales orders say what has left, what it cost and what was charged': sql`
    select l.order_id || ' ' || l.delivered || ' ' || l.delivered_cost || ' ' || l.invoiced || ', not '
      || coalesce(d.quantity, 0) || ' ' || coalesce(d.cost, 0) || ' ' || coalesce(i.quantity, 0)
      as broken from erp_sales.sales_order_line l
    left join (select order_id, order_line, sum(quantity) as quantity, sum(cost) as cost
      from erp_sales.delivery_line group by 1, 2) d on (d.order_id, d.order_line) = (l.order_id, l.number)
    left join (select order_id, order_line, sum(quantity) as quantity
      from erp_sales.invoiced_line group by 1, 2) i on (i.order_id, i.order_line) = (l.order_id, l.number)
    where l.delivered <> coalesce(d.quantity, 0) or l.delivered_cost <> coalesce(d.cost, 0)
      or l.invoiced <> coalesce(i.quantity, 0) or l.delivered < 0 or l.invoiced < 0`,
  'invoiced quantities are those of invoices that stand': sql`
    select l.order_id as broken from erp_sales.sales_order_line l
    left join (select i.order_id, i.order_line,
        sum(case h.kind when 'invoice' then i.quantity else -i.quantity end) as quantity
      from erp_receivables.customer_invoice_line i
      join erp_receivables.customer_invoice h on h.id = i.invoice_id
      where not exists (select from erp_receivables.cancellation c where c.invoice_id = h.id)
        and i.order_id is not null and i.quantity is not null
      group by 1, 2) c on (c.order_id, c.order_line) = (l.order_id, l.number)
    where l.invoiced <> coalesce(c.quantity, 0)`,
  'sales orders stand where their lines do': sql`
    select o.id as broken from erp_sales.sales_order o
    join (select order_id, bool_and(is_cancelled) as none, bool_and(is_cancelled
        or not is_delivered_against or is_final or delivered >= ordered) as whole,
      bool_and(is_cancelled or (is_final and delivered = 0) or (invoiced > 0 and invoiced >=
        case when is_delivered_against then delivered else ordered end)) as charged,
      bool_or(delivered > 0 or is_final) as begun, bool_or(delivered > 0) as part
      from erp_sales.sales_order_line group by 1) l on l.order_id = o.id
    where o.progress <> case when none then 'open' when whole and charged then 'invoiced'
      when whole and begun then 'delivered' when part then 'partly-delivered' else 'open' end`,
  'purchase orders say what has come and what was charged': sql`
    select l.order_id as broken from erp_purchasing.purchase_order_line l
    left join (select order_id, order_line, sum(quantity) as quantity, sum(value) as value,
        sum(net) as net
      from erp_purchasing.goods_receipt_line group by 1, 2) d
      on (d.order_id, d.order_line) = (l.order_id, l.number)
    left join (select order_id, order_line, sum(quantity) as quantity, sum(value) as value,
        sum(net) as net
      from erp_purchasing.invoiced_line group by 1, 2) i
      on (i.order_id, i.order_line) = (l.order_id, l.number)
    where l.received <> coalesce(d.quantity, 0) or l.received_value <> coalesce(d.value, 0)
      or l.invoiced <> coalesce(i.quantity, 0) or l.invoiced_value <> coalesce(i.value, 0)
      or l.received_net <> coalesce(d.net, 0) or l.invoiced_net <> coalesce(i.net, 0)`,
  'purchase orders stand where their lines do': sql`
    select o.id as broken from erp_purchasing.purchase_order o
    join (select order_id, bool_and(is_cancelled) as none, bool_and(is_cancelled or is_final
        or not is_received_against or received >= ordered * (100 - under_percent_max) / 100) as whole,
      bool_and(is_cancelled or (is_final and received = 0) or (invoiced > 0 and invoiced >=
        case when is_received_against then received else ordered end)) as charged,
      bool_or(received > 0 or is_final) as begun, bool_or(received > 0) as part
      from erp_purchasing.purchase_order_line group by 1) l on l.order_id = o.id
    where o.progress <> case when none then 'open' when whole and charged then 'invoiced'
      when whole and begun then 'received' when part then 'partly-received' else 'open' end`,
  'no more is ordered than was quoted, or asked for': sql`
    select q.quotation_id as broken from erp_sales.quotation_line q
    left join (select l.quotation_id, l.quotation_line, sum(l.ordered) as ordered
      from erp_sales.sales_order_line l join erp_sales.sales_order o on o.id = l.order_id
      where l.quotation_id is not null and not l.is_cancelled and o.decision <> 'cancelled'
      group by 1, 2) l on (l.quotation_id, l.quotation_line) = (q.quotation_id, q.number)
    where q.ordered <> coalesce(l.ordered, 0) or q.ordered > q.quantity
    union all
    select r.requisition_id from erp_purchasing.requisition_line r
    left join (select l.requisition_id, l.requisition_line, sum(l.ordered) as ordered
      from erp_purchasing.purchase_order_line l
      join erp_purchasing.purchase_order o on o.id = l.order_id
      where l.requisition_id is not null and not l.is_cancelled
        and o.decision not in ('cancelled', 'rejected')
      group by 1, 2) l on (l.requisition_id, l.requisition_line) = (r.requisition_id, r.number)
    where r.ordered <> coalesce(l.ordered, 0) or r.ordered > r.quantity`,
  'work orders hold what was posted on them, and nothing once closed': sql`
    select o.id as broken from erp_production.work_order o
    left join (select order_id, sum(amount) as amount,
        sum(quantity) filter (where kind = 'product') as made
      from erp_production.posting_line group by 1) l on l.order_id = o.id
    where o.wip <> coalesce(l.amount, 0) or o.received <> coalesce(l.made, 0)
      or (o.decision in ('planned', 'cancelled', 'closed') and o.wip <> 0)
    union all
    select 'account 1240' where (select coalesce(sum(wip), 0) from erp_production.work_order)
      <> (select coalesce(sum(company_debit - company_credit), 0)
        from erp_ledger.account_balance where account = '1240')`,
  'operations are the sums of their confirmations, components of their issues': sql`
    select p.order_id as broken from erp_production.work_order_operation p
    left join (select order_id, operation, sum(good) as good, sum(scrap) as scrap,
        sum(run_seconds) as run
      from erp_production.confirmation group by 1, 2) c
      on (c.order_id, c.operation) = (p.order_id, p.number)
    where (p.good, p.scrap, p.run_done)
      <> (coalesce(c.good, 0), coalesce(c.scrap, 0), coalesce(c.run, 0))
    union all
    select c.order_id from erp_production.work_order_component c
    left join (select order_id, component, sum(quantity) as quantity, sum(amount) as amount
      from erp_production.posting_line where kind = 'material' group by 1, 2) l
      on (l.order_id, l.component) = (c.order_id, c.number)
    where (c.issued, c.issued_value) <> (coalesce(l.quantity, 0), coalesce(l.amount, 0))`,
};

const LAWS = { ...BOOKS, ...STOCK, ...ORDERS };

/** How many laws there are, those of numbers, of what was posted and made, and of closed months included. */
export const LAW_COUNT = Object.keys(LAWS).length + 4;

/** Fails with all laws that are broken, each with what breaks it. */
export async function keepLaws(handle: Handle, made: Made): Promise<void> {
  const broken: string[] = [];
  for (const [law, question] of Object.entries(LAWS)) {
    // Set apart, so that the limit does not make the planner look for five rows that are not there.
    const found = await rows<{ broken: string }>(
      handle,
      sql`with found as materialized (${question}) select broken from found limit 5`,
    );
    if (found.length > 0) broken.push(`${law}: ${found.map((row) => row.broken).join(', ')}`);
  }
  broken.push(
    ...(await gapsIn(handle)),
    ...(await changedIn(handle)),
    ...(await otherThan(handle, made)),
  );
  assert(broken.length === 0, broken.join('\n'));
}

/** Every number of every series, once and without a gap. */
async function gapsIn(handle: Handle): Promise<readonly string[]> {
  const tables = await rows<{ name: string }>(
    handle,
    sql`select table_schema || '.' || table_name as name from information_schema.columns
      where table_schema like 'erp\\_%' and column_name = 'number' and data_type = 'text'
        and table_name not in ('account', 'cancellation')`, // These repeat a document's number.
  );
  const numbers = sql.join(
    tables.map(({ name }) => sql`select number from ${sql.table(name)}`),
    sql` union `,
  );
  const found = await rows<{ series: string; year: string; taken: string; last: string }>(
    handle,
    sql`with numbers as (select regexp_match(number, '^(.+)-(\\d{4})-(\\d+)$') as part
        from (${numbers}) each),
      counted as (select part[1] as series, part[2]::integer as year, count(*) as taken,
          max(part[3]::bigint) as last from numbers where part is not null group by 1, 2)
      select c.series, c.year, c.taken, c.last from counted c
      left join erp_company.number_series s on (s.series, s.year) = (c.series, c.year)
      where c.taken <> c.last or s.taken is distinct from c.last`,
  );
  return found.map(
    ({ series, year, taken, last }) =>
      `numbers have no gaps: ${series}-${year} has ${taken} up to ${last}`,
  );
}

/** What was written and may not change: rows and a print of each are noted as they go in. */
const POSTED = [
  'erp_ledger.journal_entry',
  'erp_ledger.journal_line',
  'erp_ledger.period_event',
  'erp_inventory.movement',
  'erp_inventory.document',
  'erp_open_items.allocation',
  'erp_sales.delivery',
  'erp_sales.delivery_line',
  'erp_sales.invoiced_line',
  'erp_purchasing.goods_receipt',
  'erp_purchasing.goods_receipt_line',
  'erp_purchasing.invoiced_line',
  'erp_receivables.customer_invoice',
  'erp_receivables.customer_invoice_line',
  'erp_receivables.customer_payment',
  'erp_receivables.write_off',
  'erp_receivables.taken_back',
  'erp_receivables.cancellation',
  'erp_receivables.dunning_notice',
  'erp_payables.supplier_invoice',
  'erp_payables.supplier_invoice_line',
  'erp_payables.supplier_payment',
  'erp_payables.cancellation',
  'erp_production.posting',
  'erp_production.posting_line',
  'erp_production.confirmation',
] as const;

/** From now on a print is taken of everything that is posted, in the transaction that posts it. */
export async function takePrints(handle: Handle): Promise<void> {
  await rows(handle, sql`create schema law`);
  await rows(
    handle,
    sql`create table law.print (relation text not null, rows bigint not null, sum numeric not null)`,
  );
  await rows(
    handle,
    sql`create function law.take_print() returns trigger language plpgsql as $$
      begin
        insert into law.print select tg_argv[0], count(*), coalesce(sum(hashtextextended(a::text, 0)), 0)
          from added a having count(*) > 0;
        return null;
      end $$`,
  );
  for (const name of POSTED) {
    await rows(
      handle,
      sql`insert into law.print select ${name}, count(*), coalesce(sum(hashtextextended(p::text, 0)), 0)
        from ${sql.table(name)} p`,
    );
    await rows(
      handle,
      sql`create trigger zz_print after insert on ${sql.table(name)}
        referencing new table as added for each statement
        execute function law.take_print(${sql.lit(name)})`,
    );
  }
}

async function changedIn(handle: Handle): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const name of POSTED) {
    const [now] = await rows<{ same: boolean }>(
      handle,
      sql`select (select (sum(rows), sum(sum)) from law.print where relation = ${name})
        = (select (count(*)::numeric, coalesce(sum(hashtextextended(p::text, 0)), 0))
          from ${sql.table(name)} p) as same`,
    );
    if (now?.same !== true) changed.push(`what is posted stays: ${name}`);
  }
  return changed;
}

/** How many rows there were in each table before anybody began, and what they have made since. */
export type Made = {
  readonly before: ReadonlyMap<string, number>;
  readonly tally: Tally;
};

/** How many rows these tables have. */
export async function countRows(
  handle: Handle,
  tables: Iterable<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const name of tables) {
    const [found] = await rows<{ count: string }>(
      handle,
      sql`select count(*) as count from ${sql.table(name)}`,
    );
    counts.set(name, Number(found?.count));
  }
  return counts;
}

/** Each request that was accepted made one document, however often it was sent; no other is there. */
async function otherThan(handle: Handle, { before, tally }: Made): Promise<readonly string[]> {
  const now = await countRows(handle, tally.byTable.keys());
  return [...tally.byTable].flatMap(([name, made]) => {
    const more = (now.get(name) ?? 0) - (before.get(name) ?? 0);
    return more === made
      ? []
      : [`nothing is doubled or lost: ${name} has ${more} more, not ${made}`];
  });
}
