-- Positions and balances are few and change with every movement: with room on their pages a change
-- writes to no index.
alter table erp_inventory.position set (fillfactor = 20);
alter table erp_inventory.balance set (fillfactor = 30);
-- Nor does a reservation that is consumed, since its index does not ask whether it is open.
alter table erp_inventory.reservation set (fillfactor = 50);
drop index erp_inventory.reservation_open;
create index reservation_by_item on erp_inventory.reservation (item, warehouse);

-- That a position's warehouse is there is seen when the position begins, not at each change of one
-- that began in the same transaction. No warehouse is ever deleted, or gets another key.
alter table erp_inventory.position drop constraint position_warehouse_fkey;
create trigger stays before delete or truncate or update of id on erp_inventory.warehouse
  for each statement execute function erp_inventory.refuse_removal();
create function erp_inventory.check_warehouses() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select 1 from (select distinct warehouse from added) a
      where not exists (select 1 from erp_inventory.warehouse w where w.id = a.warehouse)) then
    raise exception 'a position has no warehouse'
      using errcode = '23503', constraint = 'position_has_warehouse';
  end if;
  return null;
end $$;
create trigger warehouse_is_there after insert on erp_inventory.position
  referencing new table as added for each statement
  execute function erp_inventory.check_warehouses();
