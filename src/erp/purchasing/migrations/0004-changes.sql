-- Orders are changed after they were issued; each change is kept in order_event, before and after.
alter table erp_purchasing.purchase_order
  add column raised_by text, -- Who last made it worth more than was approved.
  add constraint raised_by_another check (approved_by is null or approved_by <> raised_by);

-- Whoever changes a line: not below what has come or was charged, and what is charged keeps its price.
create function erp_purchasing.weigh_changes() returns trigger language plpgsql as $$
begin
  if exists (select 1 from changed c join was w on w.order_id = c.order_id and w.number = c.number
      where (c.ordered < w.ordered and c.ordered < greatest(c.received, c.invoiced))
        or (c.is_cancelled and not w.is_cancelled and (c.received <> 0 or c.invoiced <> 0))) then
    raise exception 'purchase_order_line: never below what has come or was charged'
      using errcode = '23514', constraint = 'never_below_received';
  end if;
  if exists (select 1 from changed c join was w on w.order_id = c.order_id and w.number = c.number
      where c.invoiced <> 0
        and (c.unit_price <> w.unit_price or c.price_base <> w.price_base)) then
    raise exception 'purchase_order_line: what is charged keeps its price'
      using errcode = '23514', constraint = 'charged_at_its_price';
  end if;
  update erp_purchasing.requisition_line r set ordered = r.ordered + s.more
    from (select c.requisition_id, c.requisition_line,
          sum(case when c.is_cancelled then 0 else c.ordered end
            - case when w.is_cancelled then 0 else w.ordered end) as more
        from changed c join was w on w.order_id = c.order_id and w.number = c.number
        where c.requisition_id is not null and (c.ordered <> w.ordered
          or c.is_cancelled <> w.is_cancelled)
        group by 1, 2) s
    where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  return null;
end $$;
create trigger change_is_weighed after update on erp_purchasing.purchase_order_line
  referencing old table as was new table as changed for each statement
  execute function erp_purchasing.weigh_changes();
create trigger line_stays before update of order_id, number, item, unit, requisition_id,
    requisition_line, first_promised_on
  on erp_purchasing.purchase_order_line
  for each statement execute function erp_purchasing.refuse_change();
