-- That both items of an allocation are there is seen once a statement, by the sums that are kept
-- anyway, not once a row. No item is ever deleted, or gets another key.
alter table erp_open_items.allocation drop constraint allocation_raising_item_fkey;
alter table erp_open_items.allocation drop constraint allocation_lowering_item_fkey;

-- A connection keeps the plan of the first statement: one made for thousands of rows reads the whole
-- table for one row, one made for one row is slow for thousands. By the keys is right for both.
create or replace function erp_open_items.add_cleared() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  is_whole boolean;
begin
  with sums as materialized (
    select item, sum(amount) as amount, sum(company) as company from (
      select raising_item as item, amount + discount as amount, raising_company as company
        from added
      union all
      select lowering_item, amount, lowering_company from added
    ) each group by item
  ), kept as (
    update erp_open_items.open_item i
      set cleared = i.cleared + s.amount, company_cleared = i.company_cleared + s.company,
        version = i.version + 1
      from sums s where i.id = s.item returning 1
  )
  select (select count(*) from sums) = (select count(*) from kept) into is_whole;
  if not is_whole then
    raise exception 'an allocation has no item'
      using errcode = '23503', constraint = 'allocation_has_items';
  end if;
  return null;
end $$;
