-- What is posted later lies further back: a summary of each stretch of pages finds a day's items, and
-- is not written to when one of them is cleared.
drop index erp_open_items.open_item_by_posting;
create index open_item_by_posting on erp_open_items.open_item using brin (posted_on);
drop index erp_open_items.allocation_by_day;
create index allocation_by_day on erp_open_items.allocation using brin (allocated_on);
alter table erp_open_items.open_item set (fillfactor = 50);

-- Most allocations take none back: an index of them need not hold that they do not.
alter table erp_open_items.allocation drop constraint allocation_reverses_key;
create unique index allocation_is_reversed_once on erp_open_items.allocation (reverses)
  where reverses is not null;
