-- Sums of an order are kept by what is posted, and weighed against the laws, once a statement.

create function erp_production.check_orders(orders text[]) returns void language plpgsql as $$
declare
  broken record;
begin
  select o.number as work_order, p.number into broken
    from (
      select order_id, number, kind, good + scrap as processed, shipped,
        lag(good) over (partition by order_id order by number) as passed
      from erp_production.work_order_operation where order_id = any(orders)
    ) p join erp_production.work_order o on o.id = p.order_id
    where greatest(p.processed, p.shipped)
        > coalesce(p.passed, o.quantity) * (100 + o.over_percent_max) / 100
      or (p.kind = 'outside' and p.processed > p.shipped)
    limit 1;
  if found then
    raise exception 'operation % of %: more than was passed on', broken.number, broken.work_order
      using errcode = '23514', constraint = 'passed_on_was_made';
  end if;
end $$;

-- An operation is done when it is said to be final, or when all that was passed on to it is
-- processed and the one before is done.
create function erp_production.keep_orders(orders text[]) returns void language plpgsql as $$
begin
  with operations as (
    select p.order_id, p.number, p.good, p.finals = 1 as is_final,
      p.good + p.scrap > 0 or p.rework > 0 or p.shipped > 0
        or p.setup_done + p.run_done + p.labour_done + p.down_done > 0 as is_begun,
      p.finals = 1 or p.good + p.scrap >= coalesce(
        lag(p.good) over (partition by p.order_id order by p.number), o.quantity) as is_caught_up,
      p.number = max(p.number) over (partition by p.order_id) as is_last
    from erp_production.work_order_operation p
    join erp_production.work_order o on o.id = p.order_id where p.order_id = any(orders)
  ), weighed as (
    select order_id, bool_or(is_begun) as is_begun, sum(good) filter (where is_last) as good,
      coalesce(max(number) filter (where not is_caught_up), 0)
        <= coalesce(max(number) filter (where is_final), 0) as is_done
    from operations group by order_id
  ), now as (
    select o.id, w.good, case
        when w.is_done and o.received = w.good then 'completed'
        when w.is_begun or o.received > 0 or o.wip <> 0 or exists (
          select from erp_production.work_order_component c where c.order_id = o.id and c.issued > 0)
          then 'in-progress'
        else 'open' end as progress,
      t.started_at, t.ended_at
    from weighed w join erp_production.work_order o on o.id = w.order_id,
      lateral (select min(c.started_at) as started_at, max(c.ended_at) as ended_at
        from erp_production.confirmation c join erp_production.posting p on p.id = c.posting_id
        where c.order_id = o.id and p.reverses is null and not exists (
          select from erp_production.posting r where r.reverses = p.id)) t
  )
  update erp_production.work_order o set good = n.good, progress = n.progress,
      started_at = n.started_at,
      finished_at = case when n.progress = 'completed' then n.ended_at end
    from now n where n.id = o.id and (o.good, o.progress, o.started_at, o.finished_at)
      is distinct from (n.good, n.progress, n.started_at,
        case when n.progress = 'completed' then n.ended_at end);
  perform erp_production.check_orders(orders);
end $$;

create function erp_production.add_confirmations() returns trigger language plpgsql as $$
begin
  update erp_production.work_order_operation p set good = p.good + s.good,
      scrap = p.scrap + s.scrap, rework = p.rework + s.rework,
      setup_done = p.setup_done + s.setup, run_done = p.run_done + s.run,
      labour_done = p.labour_done + s.labour, down_done = p.down_done + s.down,
      finals = p.finals + s.finals
    from (select order_id, operation, sum(good) as good, sum(scrap) as scrap,
        sum(rework) as rework, sum(setup_seconds) as setup, sum(run_seconds) as run,
        sum(labour_seconds) as labour, sum(down_seconds) as down, sum(finals) as finals
      from added group by 1, 2) s
    where p.order_id = s.order_id and p.number = s.operation;
  perform erp_production.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger confirmation_counts after insert on erp_production.confirmation
  referencing new table as added
  for each statement execute function erp_production.add_confirmations();

create function erp_production.add_shipments() returns trigger language plpgsql as $$
begin
  update erp_production.work_order_operation p set shipped = p.shipped + s.quantity
    from (select order_id, operation, sum(quantity) as quantity from added group by 1, 2) s
    where p.order_id = s.order_id and p.number = s.operation;
  perform erp_production.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger shipment_counts after insert on erp_production.shipment
  referencing new table as added for each statement execute function erp_production.add_shipments();

create function erp_production.add_lines() returns trigger language plpgsql as $$
begin
  update erp_production.work_order_component c set issued = c.issued + s.quantity,
      issued_value = c.issued_value + s.amount
    from (select order_id, component, sum(quantity) as quantity, sum(amount) as amount
      from added where kind = 'material' group by 1, 2) s
    where c.order_id = s.order_id and c.number = s.component;
  update erp_production.work_order_operation p set cost = p.cost + s.amount
    from (select order_id, operation, sum(amount) as amount from added
      where kind in ('machine', 'labour', 'outside') group by 1, 2) s
    where p.order_id = s.order_id and p.number = s.operation;
  update erp_production.work_order o set wip = o.wip + s.amount, received = o.received + s.received
    from (select order_id, sum(amount) as amount,
        coalesce(sum(quantity) filter (where kind = 'product'), 0) as received
      from added group by 1) s
    where o.id = s.order_id;
  perform erp_production.keep_orders(array(select distinct order_id from added));
  return null;
end $$;
create trigger line_counts after insert on erp_production.posting_line
  referencing new table as added for each statement execute function erp_production.add_lines();

-- Only what is released is worked on. What settles an order is posted before it is closed.
create function erp_production.refuse_idle() returns trigger language plpgsql as $$
begin
  if exists (select from added a join erp_production.work_order o on o.id = a.order_id
      where o.decision <> 'released') then
    raise exception 'nothing is posted to an order that is not released'
      using errcode = '23514', constraint = 'released_orders_are_worked_on';
  end if;
  return null;
end $$;
create trigger released after insert on erp_production.posting
  referencing new table as added for each statement execute function erp_production.refuse_idle();

create function erp_production.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only reversed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_production.posting
  for each statement execute function erp_production.refuse_change();
create trigger immutable before update or delete or truncate on erp_production.posting_line
  for each statement execute function erp_production.refuse_change();
create trigger immutable before update or delete or truncate on erp_production.confirmation
  for each statement execute function erp_production.refuse_change();
create trigger immutable before update or delete or truncate on erp_production.shipment
  for each statement execute function erp_production.refuse_change();
create trigger stays before delete or truncate on erp_production.work_order
  for each statement execute function erp_production.refuse_change();
create trigger stays before delete or truncate on erp_production.work_order_operation
  for each statement execute function erp_production.refuse_change();
create trigger stays before delete or truncate on erp_production.work_order_component
  for each statement execute function erp_production.refuse_change();
create trigger stays before delete or truncate on erp_production.downtime
  for each statement execute function erp_production.refuse_change();

create function erp_production.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '%: this is kept by postings alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before update of good, received, wip, progress, started_at, finished_at
  on erp_production.work_order for each statement execute function erp_production.refuse_hand();
-- What was frozen at release stays, and the sums are the triggers'.
create trigger kept before update on erp_production.work_order_operation
  for each statement execute function erp_production.refuse_hand();
create trigger kept before update on erp_production.work_order_component
  for each statement execute function erp_production.refuse_hand();
