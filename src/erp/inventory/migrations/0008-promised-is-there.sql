-- What is promised is there: picked stock lies at its place (`held_is_there`), and what is promised of
-- the warehouse is never more than what is free and not picked. Whoever takes stock away that was
-- promised gives promises up in the same transaction, the newest first.
alter table erp_inventory.reservation
  add column lost numeric not null default 0 check (lost >= 0), -- Given up because stock went.
  add column sequence bigint generated always as identity; -- Ids of one instant have no order.
alter table erp_inventory.position
  add column picked numeric not null default 0 check (picked >= 0); -- Of what is reserved.

create or replace function erp_inventory.reserve_more() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  is_whole boolean;
begin
  with sums as materialized (
    select item, warehouse, sum(open) as open, coalesce(sum(open) filter (where hard), 0) as hard
    from new_rows group by item, warehouse
  ), kept as (
    update erp_inventory.position p set reserved = p.reserved + s.open, picked = p.picked + s.hard
      from sums s where p.item = s.item and p.warehouse = s.warehouse returning 1
  )
  select (select count(*) from sums) = (select count(*) from kept) into is_whole;
  if not is_whole then
    raise exception 'a reservation has no position'
      using errcode = '23503', constraint = 'reservation_has_position';
  end if;
  update erp_inventory.balance b set held = b.held + s.open
  from (select item, warehouse, location, batch, sum(open) as open from new_rows where hard
    group by item, warehouse, location, batch) s
  where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
    = (s.item, s.warehouse, s.location, s.batch, 'free', '');
  return null;
end $$;

create or replace function erp_inventory.reserve_otherwise() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select from (
      select id, item, warehouse, location, batch, hard, quantity from new_rows
      union select id, item, warehouse, location, batch, hard, quantity from old_rows
    ) each group by id having count(*) > 1)
  then raise exception 'a reservation is released and made again, not moved'; end if;
  update erp_inventory.position p set reserved = p.reserved + s.open, picked = p.picked + s.hard
  from (select item, warehouse, sum(open) as open,
      coalesce(sum(open) filter (where hard), 0) as hard
    from (
      select item, warehouse, hard, open from new_rows
      union all select item, warehouse, hard, -open from old_rows
    ) each group by item, warehouse) s
  where p.item = s.item and p.warehouse = s.warehouse;
  update erp_inventory.balance b set held = b.held + s.open
  from (select item, warehouse, location, batch, sum(open) as open from (
      select item, warehouse, location, batch, open from new_rows where hard
      union all select item, warehouse, location, batch, -open from old_rows where hard
    ) each group by item, warehouse, location, batch) s
  where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
    = (s.item, s.warehouse, s.location, s.batch, 'free', '');
  return null;
end $$;

-- What was promised before this law and is not there is given up now.
update erp_inventory.position p set picked = r.open
  from (select item, warehouse, sum(open) as open from erp_inventory.reservation
    where hard and open > 0 group by item, warehouse) r
  where p.item = r.item and p.warehouse = r.warehouse;
with too_much as (
  select item, warehouse, reserved - picked - greatest(free - picked, 0) as quantity
  from erp_inventory.position where reserved - picked > greatest(free - picked, 0)
), newest as (
  select r.id, r.open, t.quantity, coalesce(sum(r.open) over (partition by r.item, r.warehouse
    order by r.sequence desc rows between unbounded preceding and 1 preceding), 0) as before
  from too_much t join erp_inventory.reservation r using (item, warehouse)
  where r.open > 0 and not r.hard
), given as (
  select id, least(open, quantity - before) as part from newest where before < quantity
)
update erp_inventory.reservation r set open = r.open - g.part, lost = r.lost + g.part,
    status = case when r.open = g.part then 'released' else 'open' end
  from given g where r.id = g.id;
alter table erp_inventory.position add constraint promised_is_there
  check (reserved - picked <= greatest(free - picked, 0));
