-- When orders were worked on is read for all of them at once: an order at a time took longer with
-- every order there is.
create or replace function erp_production.keep_orders(orders text[]) returns void language plpgsql as $$
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
  ), times as (
    select order_id, started_at, ended_at from erp_production.confirmation
    where order_id = any(orders) group by order_id, started_at, ended_at
    -- What was taken back adds up to nothing with what takes it back.
    having sum(good) <> 0 or sum(scrap) <> 0 or sum(rework) <> 0 or sum(finals) <> 0
      or sum(setup_seconds + run_seconds + labour_seconds + down_seconds) <> 0
  ), weighed as (
    select order_id, bool_or(is_begun) as is_begun, sum(good) filter (where is_last) as good,
      coalesce(max(number) filter (where not is_caught_up), 0)
        <= coalesce(max(number) filter (where is_final), 0) as is_done,
      min(started_at) as started_at, max(ended_at) as ended_at
    from (
      select order_id, number, good, is_final, is_begun, is_caught_up, is_last,
        null::timestamptz as started_at, null::timestamptz as ended_at from operations
      union all
      select order_id, null, null, null, null, null, null, started_at, ended_at from times
    ) parts group by order_id
  ), now as (
    select o.id, w.good, case
        when w.is_done and o.received = w.good then 'completed'
        when w.is_begun or o.received > 0 or o.wip <> 0 or exists (
          select from erp_production.work_order_component c where c.order_id = o.id and c.issued > 0)
          then 'in-progress'
        else 'open' end as progress,
      w.started_at, w.ended_at
    from weighed w join erp_production.work_order o on o.id = w.order_id
  )
  update erp_production.work_order o set good = n.good, progress = n.progress,
      started_at = n.started_at,
      finished_at = case when n.progress = 'completed' then n.ended_at end
    from now n where n.id = o.id and (o.good, o.progress, o.started_at, o.finished_at)
      is distinct from (n.good, n.progress, n.started_at,
        case when n.progress = 'completed' then n.ended_at end);
  perform erp_production.check_orders(orders);
end $$;

create or replace function erp_production.refuse_idle() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct order_id from added) a
      join erp_production.work_order o on o.id = a.order_id where o.decision <> 'released') then
    raise exception 'nothing is posted to an order that is not released'
      using errcode = '23514', constraint = 'released_orders_are_worked_on';
  end if;
  return null;
end $$;

-- A connection keeps the plan of the first statement: one made for thousands of rows reads whole
-- tables for one row, one made for one row is slow for thousands. By the keys is right for both.
do $$
declare
  name text;
begin
  foreach name in array array['check_orders(text[])', 'keep_orders(text[])', 'add_confirmations()',
    'add_shipments()', 'add_lines()', 'refuse_idle()'] loop
    execute format('alter function erp_production.%s set enable_seqscan = off
      set enable_hashjoin = off set enable_mergejoin = off', name);
  end loop;
end $$;
