-- Orders are changed after they were confirmed; each change is kept in order_event, before and after.
alter table erp_sales.sales_order
  add column raised_by text; -- Who last made it worth more than the customer's limit allows.

-- Whoever changes a line: not below what has left or was charged, and what is charged keeps its price.
-- The bound of an order made from a quotation moves with it.
create function erp_sales.weigh_changes() returns trigger language plpgsql as $$
begin
  if exists (select 1 from changed c join was w on w.order_id = c.order_id and w.number = c.number
      where (c.ordered < w.ordered and c.ordered < greatest(c.delivered, c.invoiced))
        or (c.is_cancelled and not w.is_cancelled and (c.delivered <> 0 or c.invoiced <> 0))) then
    raise exception 'sales_order_line: never below what has left or was charged'
      using errcode = '23514', constraint = 'never_below_delivered';
  end if;
  if exists (select 1 from changed c join was w on w.order_id = c.order_id and w.number = c.number
      where c.invoiced <> 0 and (c.unit_price <> w.unit_price or c.price_base <> w.price_base
        or c.discount_percent <> w.discount_percent)) then
    raise exception 'sales_order_line: what is charged keeps its price'
      using errcode = '23514', constraint = 'charged_at_its_price';
  end if;
  update erp_sales.quotation_line q set ordered = q.ordered + s.more
    from (select c.quotation_id, c.quotation_line,
          sum(case when c.is_cancelled then 0 else c.ordered end
            - case when w.is_cancelled then 0 else w.ordered end) as more
        from changed c join was w on w.order_id = c.order_id and w.number = c.number
        where c.quotation_id is not null and (c.ordered <> w.ordered
          or c.is_cancelled <> w.is_cancelled)
        group by 1, 2) s
    where q.quotation_id = s.quotation_id and q.number = s.quotation_line;
  return null;
end $$;
create trigger change_is_weighed after update on erp_sales.sales_order_line
  referencing old table as was new table as changed for each statement
  execute function erp_sales.weigh_changes();
create trigger line_stays before update of order_id, number, item, unit, quotation_id,
    quotation_line, first_promised_on
  on erp_sales.sales_order_line
  for each statement execute function erp_sales.refuse_change();
