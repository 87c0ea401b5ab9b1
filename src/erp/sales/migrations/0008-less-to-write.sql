-- What is open stays open when it gets more lines: only what has come further is weighed anew, so that an
-- order that is confirmed as it is written is not.
create or replace function erp_sales.add_ordered() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
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
    where id = any(orders) and decision <> 'draft' and progress <> 'open');
  if cardinality(orders) > 0 then perform erp_sales.keep_orders(orders); end if;
  return null;
end $$;

-- Nobody asks for what was charged by order line: its sum stands at the line.
drop index erp_sales.invoiced_line_by_order;

-- That an event's order is there is seen once a statement, not once a row.
alter table erp_sales.order_event drop constraint order_event_order_id_fkey;
create function erp_sales.check_events() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  orders text[] := array(select distinct order_id from added);
begin
  if cardinality(orders) <> (select count(*) from erp_sales.sales_order where id = any(orders)) then
    perform erp_sales.refuse_orphan('order');
  end if;
  return null;
end $$;
create trigger order_is_there after insert on erp_sales.order_event
  referencing new table as added for each statement execute function erp_sales.check_events();
