-- How far an order has come, from its lines: all of what is expected is there, and charged.
create function erp_purchasing.line_is_received(l erp_purchasing.purchase_order_line)
returns boolean language sql immutable as $$
  select l.is_cancelled or l.is_final or not l.is_received_against
    or l.received >= l.ordered * (100 - l.under_percent_max) / 100
$$;

create function erp_purchasing.keep_orders(orders text[]) returns void language plpgsql as $$
begin
  update erp_purchasing.purchase_order o set progress = p.progress
    from (
      select l.order_id,
        case
          when bool_and(l.is_cancelled) then 'open'
          when bool_and(erp_purchasing.line_is_received(l)) and bool_and(l.is_cancelled
            or (l.invoiced >= case when l.is_received_against then l.received else l.ordered end
              and l.invoiced > 0)
            or (l.is_final and l.received = 0)) then 'invoiced'
          when bool_and(l.is_cancelled or not l.is_received_against
            or erp_purchasing.line_is_received(l))
            and bool_or(l.received > 0 or l.is_final) then 'received'
          when bool_or(l.received > 0) then 'partly-received'
          else 'open'
        end as progress
      from erp_purchasing.purchase_order_line l where l.order_id = any(orders) group by l.order_id
    ) p where o.id = p.order_id and o.progress <> p.progress;
end $$;

create function erp_purchasing.add_received() returns trigger language plpgsql as $$
begin
  update erp_purchasing.purchase_order_line l
    set received = l.received + s.quantity, received_value = l.received_value + s.value,
      is_final = l.is_final or s.is_final
    from (select order_id, order_line, sum(quantity) as quantity, sum(value) as value,
        bool_or(is_final) as is_final from added group by 1, 2) s
    where l.order_id = s.order_id and l.number = s.order_line;
  perform erp_purchasing.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger receipt_counts after insert on erp_purchasing.goods_receipt_line
  referencing new table as added for each statement execute function erp_purchasing.add_received();

create function erp_purchasing.add_invoiced() returns trigger language plpgsql as $$
begin
  update erp_purchasing.purchase_order_line l
    set invoiced = l.invoiced + s.quantity, invoiced_value = l.invoiced_value + s.value
    from (select order_id, order_line, sum(quantity) as quantity, sum(value) as value
        from added group by 1, 2) s
    where l.order_id = s.order_id and l.number = s.order_line;
  perform erp_purchasing.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger invoice_counts after insert on erp_purchasing.invoiced_line
  referencing new table as added for each statement execute function erp_purchasing.add_invoiced();

create function erp_purchasing.add_ordered() returns trigger language plpgsql as $$
begin
  update erp_purchasing.requisition_line r set ordered = r.ordered + s.ordered
    from (select requisition_id, requisition_line, sum(ordered) as ordered from added
        where requisition_id is not null group by 1, 2) s
    where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  return null;
end $$;
create trigger order_counts after insert on erp_purchasing.purchase_order_line
  referencing new table as added for each statement execute function erp_purchasing.add_ordered();

create function erp_purchasing.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only reversed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_purchasing.goods_receipt
  for each statement execute function erp_purchasing.refuse_change();
create trigger immutable before update or delete or truncate on erp_purchasing.goods_receipt_line
  for each statement execute function erp_purchasing.refuse_change();
create trigger immutable before update or delete or truncate on erp_purchasing.invoiced_line
  for each statement execute function erp_purchasing.refuse_change();
create trigger immutable before update or delete or truncate on erp_purchasing.order_event
  for each statement execute function erp_purchasing.refuse_change();
create trigger stays before delete or truncate on erp_purchasing.purchase_order
  for each statement execute function erp_purchasing.refuse_change();
create trigger stays before delete or truncate on erp_purchasing.purchase_order_line
  for each statement execute function erp_purchasing.refuse_change();

-- What receipts and invoices add up to is written by their triggers and by nobody else.
create function erp_purchasing.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '%: this is kept by receipts and invoices alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before update of received, received_value, invoiced, invoiced_value
  on erp_purchasing.purchase_order_line
  for each statement execute function erp_purchasing.refuse_hand();
create trigger kept before update of ordered on erp_purchasing.requisition_line
  for each statement execute function erp_purchasing.refuse_hand();

-- An order that people change by hand (a line cancelled, made final) is weighed anew.
create function erp_purchasing.keep_changed() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    perform erp_purchasing.keep_orders(array(select distinct order_id from changed));
  end if;
  return null;
end $$;
create trigger change_counts after update on erp_purchasing.purchase_order_line
  referencing new table as changed for each statement
  execute function erp_purchasing.keep_changed();
