-- That every movement has its position is seen once a statement, by the sums that are kept anyway,
-- not once a row.
alter table erp_inventory.movement drop constraint movement_item_warehouse_fkey;
create or replace function erp_inventory.keep_balances() returns trigger language plpgsql as $$
declare
  known bigint;
  wanted bigint;
begin
  with sums as materialized (
    select item, warehouse, location, batch, status, owner, sum(quantity) as quantity
    from new_movements group by item, warehouse, location, batch, status, owner
    having sum(quantity) <> 0
  ), known as (
    update erp_inventory.balance b set quantity = b.quantity + s.quantity
    from sums s where (b.item, b.warehouse, b.location, b.batch, b.status, b.owner)
      = (s.item, s.warehouse, s.location, s.batch, s.status, s.owner)
    returning b.item, b.warehouse, b.location, b.batch, b.status, b.owner
  )
  insert into erp_inventory.balance
    (item, warehouse, location, batch, status, owner, quantity, negative_allowed)
  select s.*, w.negative_allowed from sums s join erp_inventory.warehouse w on w.id = s.warehouse
  where (s.item, s.warehouse, s.location, s.batch, s.status, s.owner) not in (select * from known);
  with sums as materialized (
    select item, warehouse, sum(value) as value,
      coalesce(sum(quantity) filter (where status <> 'consignment'), 0) as quantity,
      coalesce(sum(quantity) filter (where status = 'free'), 0) as free
    from new_movements group by item, warehouse
  ), kept as (
    update erp_inventory.position p set quantity = p.quantity + s.quantity,
      value = p.value + s.value, free = p.free + s.free
    from sums s where p.item = s.item and p.warehouse = s.warehouse returning 1
  )
  select (select count(*) from kept), (select count(*) from sums) into known, wanted;
  if known <> wanted then raise exception 'a movement has no position'; end if;
  return null;
end $$;
