-- Thousands of reservations changed by one statement are compared by sums: joined, each was held
-- against every other.
create or replace function erp_inventory.reserve_otherwise() returns trigger language plpgsql as $$
begin
  if exists (select from (
      select id, item, warehouse, location, batch, hard, quantity from new_rows
      union select id, item, warehouse, location, batch, hard, quantity from old_rows
    ) each group by id having count(*) > 1)
  then raise exception 'a reservation is released and made again, not moved'; end if;
  update erp_inventory.position p set reserved = p.reserved + s.open
  from (select item, warehouse, sum(open) as open from (
      select item, warehouse, open from new_rows
      union all select item, warehouse, -open from old_rows
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
