-- A line may be charged before it has left, where it says so. No invoice charges more than may be.
alter table erp_sales.sales_order_line add column is_charged_ahead boolean not null default false;

create function erp_sales.chargeable(l erp_sales.sales_order_line) returns numeric
  language sql immutable as $$
  select case
    when l.is_cancelled then l.delivered
    when not l.is_delivered_against or (l.is_charged_ahead and not l.is_final)
      then greatest(l.ordered, l.delivered)
    else l.delivered end
$$;

create or replace function erp_sales.add_invoiced() returns trigger language plpgsql as $$
declare
  wrong text;
begin
  update erp_sales.sales_order_line l set invoiced = l.invoiced + s.quantity
    from (select order_id, order_line, sum(quantity) as quantity from added group by 1, 2) s
    where l.order_id = s.order_id and l.number = s.order_line;
  select l.order_id || ' ' || l.number into wrong
    from (select order_id, order_line, sum(quantity) as quantity from added group by 1, 2) s
      join erp_sales.sales_order_line l on l.order_id = s.order_id and l.number = s.order_line
    where l.invoiced < 0 or (s.quantity > 0 and l.invoiced > erp_sales.chargeable(l)) limit 1;
  if found then
    raise exception 'order line %: charged is between nothing and what may be charged', wrong
      using errcode = '23514', constraint = 'invoiced_within_delivered';
  end if;
  perform erp_sales.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
