-- Laws of a changed row stand in the conditions of its triggers: a statement that changes what no law
-- is about (a receipt that counts) pays nothing for them.
create function erp_purchasing.refuse_row() returns trigger language plpgsql as $$
begin
  raise exception '%: %', tg_table_name, tg_argv[0]
    using errcode = '23514', constraint = tg_argv[1];
end $$;

drop trigger change_is_weighed on erp_purchasing.purchase_order_line;
drop function erp_purchasing.weigh_changes();
create trigger change_is_weighed after update on erp_purchasing.purchase_order_line for each row
  when ((new.ordered < old.ordered and new.ordered < greatest(new.received, new.invoiced))
    or (new.is_cancelled and not old.is_cancelled and (new.received <> 0 or new.invoiced <> 0)))
  execute function erp_purchasing.refuse_row('never below what has come or was charged',
    'never_below_received');
create trigger price_stays after update on erp_purchasing.purchase_order_line for each row
  when (new.invoiced <> 0
    and (new.unit_price <> old.unit_price or new.price_base <> old.price_base))
  execute function erp_purchasing.refuse_row('what is charged keeps its price',
    'charged_at_its_price');

-- What is ordered of a requisition moves with the lines, and is free when their order is cancelled.
create function erp_purchasing.move_requisition() returns trigger language plpgsql as $$
begin
  update erp_purchasing.requisition_line r set ordered = r.ordered
      + case when new.is_cancelled then 0 else new.ordered end
      - case when old.is_cancelled then 0 else old.ordered end
    where r.requisition_id = new.requisition_id and r.number = new.requisition_line;
  return null;
end $$;
create trigger requisition_counts after update on erp_purchasing.purchase_order_line for each row
  when (new.requisition_id is not null
    and (new.ordered <> old.ordered or new.is_cancelled <> old.is_cancelled))
  execute function erp_purchasing.move_requisition();

drop trigger requisition_counts on erp_purchasing.purchase_order;
drop function erp_purchasing.free_requisitions();
create function erp_purchasing.free_requisition() returns trigger language plpgsql as $$
begin
  update erp_purchasing.requisition_line r set ordered = r.ordered - s.ordered
    from (select l.requisition_id, l.requisition_line, sum(l.ordered) as ordered
        from erp_purchasing.purchase_order_line l
        where l.order_id = new.id and l.requisition_id is not null and not l.is_cancelled
        group by 1, 2) s
    where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  return null;
end $$;
create trigger requisition_counts after update on erp_purchasing.purchase_order for each row
  when (new.decision in ('cancelled', 'rejected') and old.decision not in ('cancelled', 'rejected'))
  execute function erp_purchasing.free_requisition();

-- An order that people change by hand is weighed anew.
drop trigger change_counts on erp_purchasing.purchase_order_line;
drop function erp_purchasing.keep_changed();
create function erp_purchasing.keep_order() returns trigger language plpgsql as $$
begin
  perform erp_purchasing.keep_orders(array[new.order_id]);
  return null;
end $$;
create trigger change_counts after update on erp_purchasing.purchase_order_line for each row
  when (pg_trigger_depth() = 0
    and (new.ordered <> old.ordered or new.is_cancelled <> old.is_cancelled
      or new.is_final <> old.is_final or new.is_received_against <> old.is_received_against
      or new.under_percent_max <> old.under_percent_max))
  execute function erp_purchasing.keep_order();

-- That a row's order, order line and receipt are there is seen once a statement, by the sums that are
-- kept anyway, not once a row. None of them is ever deleted, or gets another key.
alter table erp_purchasing.purchase_order_line drop constraint purchase_order_line_order_id_fkey;
alter table erp_purchasing.goods_receipt_line drop constraint goods_receipt_line_receipt_id_fkey;
alter table erp_purchasing.goods_receipt_line
  drop constraint goods_receipt_line_order_id_order_line_fkey;
alter table erp_purchasing.invoiced_line drop constraint invoiced_line_order_id_order_line_fkey;
create trigger keeps_its_key before update of id on erp_purchasing.purchase_order
  for each statement execute function erp_purchasing.refuse_change();

create function erp_purchasing.refuse_orphan(parent text) returns void language plpgsql as $$
begin
  raise exception 'a line has no %', parent using errcode = '23503', constraint = 'line_has_' || parent;
end $$;

create or replace function erp_purchasing.add_ordered() returns trigger language plpgsql as $$
declare
  orders text[] := array(select distinct order_id from added);
begin
  if cardinality(orders)
      <> (select count(*) from erp_purchasing.purchase_order where id = any(orders)) then
    perform erp_purchasing.refuse_orphan('order');
  end if;
  if exists (select 1 from added where requisition_id is not null) then
    if exists (select 1 from added a join erp_purchasing.requisition r on r.id = a.requisition_id
        where r.decision <> 'approved' or r.is_closed) then
      raise exception 'purchase_order_line: only what was approved is ordered'
        using errcode = '23514', constraint = 'requisition_is_approved';
    end if;
    update erp_purchasing.requisition_line r set ordered = r.ordered + s.ordered
      from (select requisition_id, requisition_line, sum(ordered) as ordered from added
          where requisition_id is not null group by 1, 2) s
      where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  end if;
  orders := array(select id from erp_purchasing.purchase_order
    where id = any(orders) and decision <> 'draft');
  if cardinality(orders) > 0 then perform erp_purchasing.keep_orders(orders); end if;
  return null;
end $$;

create or replace function erp_purchasing.add_received() returns trigger language plpgsql as $$
declare
  receipts text[] := array(select distinct receipt_id from added);
  is_whole boolean;
begin
  if cardinality(receipts)
      <> (select count(*) from erp_purchasing.goods_receipt where id = any(receipts)) then
    perform erp_purchasing.refuse_orphan('receipt');
  end if;
  with sums as materialized (
    select order_id, order_line, sum(quantity) as quantity, sum(value) as value,
      bool_or(is_final) as is_final from added group by 1, 2
  ), kept as (
    update erp_purchasing.purchase_order_line l
      set received = l.received + s.quantity, received_value = l.received_value + s.value,
        is_final = l.is_final or s.is_final
      from sums s where l.order_id = s.order_id and l.number = s.order_line returning 1
  )
  select (select count(*) from sums) = (select count(*) from kept) into is_whole;
  if not is_whole then perform erp_purchasing.refuse_orphan('order-line'); end if;
  perform erp_purchasing.keep_orders(array(select distinct order_id from added));
  return null;
end $$;

create or replace function erp_purchasing.add_invoiced() returns trigger language plpgsql as $$
declare
  is_whole boolean;
begin
  with sums as materialized (
    select order_id, order_line, sum(quantity) as quantity, sum(value) as value
    from added group by 1, 2
  ), kept as (
    update erp_purchasing.purchase_order_line l
      set invoiced = l.invoiced + s.quantity, invoiced_value = l.invoiced_value + s.value
      from sums s where l.order_id = s.order_id and l.number = s.order_line returning 1
  )
  select (select count(*) from sums) = (select count(*) from kept) into is_whole;
  if not is_whole then perform erp_purchasing.refuse_orphan('order-line'); end if;
  perform erp_purchasing.keep_orders(array(select distinct order_id from added));
  return null;
end $$;

-- A connection keeps the plan of the first statement: one made for thousands of rows reads whole
-- tables for one row, one made for one row is slow for thousands. By the keys is right for both.
do $$
declare
  name text;
begin
  foreach name in array array['keep_orders(text[])', 'add_received()', 'add_invoiced()',
    'add_ordered()', 'free_requisition()', 'keep_requisitions()'] loop
    execute format('alter function erp_purchasing.%s set enable_seqscan = off
      set enable_hashjoin = off set enable_mergejoin = off', name);
  end loop;
end $$;
