-- Laws of a changed row stand in the conditions of its triggers: a statement that changes what no law
-- is about (a delivery that counts, a reservation) pays nothing for them.
create function erp_sales.refuse_row() returns trigger language plpgsql as $$
begin
  raise exception '%: %', tg_table_name, tg_argv[0]
    using errcode = '23514', constraint = tg_argv[1];
end $$;

drop trigger change_is_weighed on erp_sales.sales_order_line;
drop function erp_sales.weigh_changes();
create trigger change_is_weighed after update on erp_sales.sales_order_line for each row
  when ((new.ordered < old.ordered and new.ordered < greatest(new.delivered, new.invoiced))
    or (new.is_cancelled and not old.is_cancelled and (new.delivered <> 0 or new.invoiced <> 0)))
  execute function erp_sales.refuse_row('never below what has left or was charged',
    'never_below_delivered');
create trigger price_stays after update on erp_sales.sales_order_line for each row
  when (new.invoiced <> 0 and (new.unit_price <> old.unit_price
    or new.price_base <> old.price_base or new.discount_percent <> old.discount_percent))
  execute function erp_sales.refuse_row('what is charged keeps its price', 'charged_at_its_price');

-- The bound of an order made from a quotation moves with its lines, and is free when it is cancelled.
create function erp_sales.move_quotation() returns trigger language plpgsql as $$
begin
  update erp_sales.quotation_line q set ordered = q.ordered
      + case when new.is_cancelled then 0 else new.ordered end
      - case when old.is_cancelled then 0 else old.ordered end
    where q.quotation_id = new.quotation_id and q.number = new.quotation_line;
  return null;
end $$;
create trigger quotation_counts after update on erp_sales.sales_order_line for each row
  when (new.quotation_id is not null
    and (new.ordered <> old.ordered or new.is_cancelled <> old.is_cancelled))
  execute function erp_sales.move_quotation();

drop trigger quotation_counts on erp_sales.sales_order;
drop function erp_sales.free_quotations();
create function erp_sales.free_quotation() returns trigger language plpgsql as $$
begin
  update erp_sales.quotation_line q set ordered = q.ordered - s.ordered
    from (select l.quotation_id, l.quotation_line, sum(l.ordered) as ordered
        from erp_sales.sales_order_line l
        where l.order_id = new.id and l.quotation_id is not null and not l.is_cancelled
        group by 1, 2) s
    where q.quotation_id = s.quotation_id and q.number = s.quotation_line;
  return null;
end $$;
create trigger quotation_counts after update on erp_sales.sales_order for each row
  when (new.decision = 'cancelled' and old.decision <> 'cancelled')
  execute function erp_sales.free_quotation();

-- An order that people change by hand is weighed anew.
drop trigger change_counts on erp_sales.sales_order_line;
drop function erp_sales.keep_changed();
create function erp_sales.keep_order() returns trigger language plpgsql as $$
begin
  perform erp_sales.keep_orders(array[new.order_id]);
  return null;
end $$;
create trigger change_counts after update on erp_sales.sales_order_line for each row
  when (pg_trigger_depth() = 0
    and (new.ordered <> old.ordered or new.is_cancelled <> old.is_cancelled
      or new.is_final <> old.is_final or new.is_delivered_against <> old.is_delivered_against))
  execute function erp_sales.keep_order();

-- That a row's order, order line and delivery are there is seen once a statement, by the sums that
-- are kept anyway, not once a row. None of them is ever deleted, or gets another key.
alter table erp_sales.sales_order_line drop constraint sales_order_line_order_id_fkey;
alter table erp_sales.delivery_line drop constraint delivery_line_delivery_id_fkey;
alter table erp_sales.delivery_line drop constraint delivery_line_order_id_order_line_fkey;
alter table erp_sales.invoiced_line drop constraint invoiced_line_order_id_order_line_fkey;
create trigger keeps_its_key before update of id on erp_sales.sales_order
  for each statement execute function erp_sales.refuse_change();

create function erp_sales.refuse_orphan(parent text) returns void language plpgsql as $$
begin
  raise exception 'a line has no %', parent using errcode = '23503', constraint = 'line_has_' || parent;
end $$;

create or replace function erp_sales.add_ordered() returns trigger language plpgsql as $$
declare
  orders text[] := array(select distinct order_id from added);
begin
  if cardinality(orders) <> (select count(*) from erp_sales.sales_order where id = any(orders)) then
    perform erp_sales.refuse_orphan('order');
  end if;
  if exists (select 1 from added where quotation_id is not null) then
    if exists (select 1 from added a join erp_sales.quotation q on q.id = a.quotation_id
        where q.decision <> 'accepted') then
      raise exception 'sales_order_line: only what was accepted is ordered'
        using errcode = '23514', constraint = 'quotation_is_accepted';
    end if;
    update erp_sales.quotation_line q set ordered = q.ordered + s.ordered
      from (select quotation_id, quotation_line, sum(ordered) as ordered from added
          where quotation_id is not null group by 1, 2) s
      where q.quotation_id = s.quotation_id and q.number = s.quotation_line;
  end if;
  orders := array(select id from erp_sales.sales_order
    where id = any(orders) and decision <> 'draft');
  if cardinality(orders) > 0 then perform erp_sales.keep_orders(orders); end if;
  return null;
end $$;

create or replace function erp_sales.add_delivered() returns trigger language plpgsql as $$
declare
  deliveries text[] := array(select distinct delivery_id from added);
  is_whole boolean;
begin
  if cardinality(deliveries)
      <> (select count(*) from erp_sales.delivery where id = any(deliveries)) then
    perform erp_sales.refuse_orphan('delivery');
  end if;
  with sums as materialized (
    select order_id, order_line, sum(quantity) as quantity, sum(cost) as cost,
      bool_or(is_final) as is_final from added group by 1, 2
  ), kept as (
    update erp_sales.sales_order_line l
      set delivered = l.delivered + s.quantity, delivered_cost = l.delivered_cost + s.cost,
        is_final = l.is_final or s.is_final
      from sums s where l.order_id = s.order_id and l.number = s.order_line returning 1
  )
  select (select count(*) from sums) = (select count(*) from kept) into is_whole;
  if not is_whole then perform erp_sales.refuse_orphan('order-line'); end if;
  perform erp_sales.keep_orders(array(select distinct order_id from added));
  return null;
end $$;

create or replace function erp_sales.add_invoiced() returns trigger language plpgsql as $$
declare
  is_whole boolean;
  wrong text;
begin
  with sums as materialized (
    select order_id, order_line, sum(quantity) as quantity from added group by 1, 2
  ), kept as (
    update erp_sales.sales_order_line l set invoiced = l.invoiced + s.quantity
      from sums s where l.order_id = s.order_id and l.number = s.order_line
      returning l.order_id, l.number,
        l.invoiced < 0 or (s.quantity > 0 and l.invoiced > erp_sales.chargeable(l)) as is_wrong
  )
  select (select count(*) from sums) = count(*),
      min(order_id || ' ' || number) filter (where is_wrong)
    into is_whole, wrong from kept;
  if not is_whole then perform erp_sales.refuse_orphan('order-line'); end if;
  if wrong is not null then
    raise exception 'order line %: charged is between nothing and what may be charged', wrong
      using errcode = '23514', constraint = 'invoiced_within_delivered';
  end if;
  perform erp_sales.keep_orders(array(select distinct order_id from added));
  return null;
end $$;

-- A connection keeps the plan of the first statement: one made for thousands of rows reads whole
-- tables for one row, one made for one row is slow for thousands. By the keys is right for both.
do $$
declare
  name text;
begin
  foreach name in array array['keep_orders(text[])', 'add_delivered()', 'add_invoiced()',
    'add_ordered()', 'free_quotation()', 'keep_quotations()'] loop
    execute format('alter function erp_sales.%s set enable_seqscan = off
      set enable_hashjoin = off set enable_mergejoin = off', name);
  end loop;
end $$;
