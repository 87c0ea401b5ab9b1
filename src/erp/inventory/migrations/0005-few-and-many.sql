-- That every reservation has its position is seen once a statement, by the sums that are kept anyway,
-- not once a row. No position is ever deleted, or gets another key.
alter table erp_inventory.reservation drop constraint reservation_item_warehouse_fkey;
create function erp_inventory.refuse_removal() returns trigger language plpgsql as $$
begin
  raise exception '%: what was in stock once stays known', tg_table_name
    using errcode = '23514', constraint = 'referred_to_stays';
end $$;
create trigger stays before delete or truncate or update of item, warehouse on erp_inventory.position
  for each statement execute function erp_inventory.refuse_removal();

create or replace function erp_inventory.reserve_more() returns trigger language plpgsql as $$
declare
  is_whole boolean;
begin
  with sums as materialized (
    select item, warehouse, sum(open) as open from new_rows group by item, warehouse
  ), kept as (
    update erp_inventory.position p set reserved = p.reserved + s.open
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

-- A connection keeps the plan of the first statement: one made for thousands of rows reads whole
-- tables for one row, one made for one row is slow for thousands. By the keys is right for both.
do $$
declare
  name text;
begin
  foreach name in array array['keep_balances()', 'reserve_more()', 'reserve_otherwise()'] loop
    execute format('alter function erp_inventory.%s set enable_seqscan = off
      set enable_hashjoin = off set enable_mergejoin = off', name);
  end loop;
end $$;
