-- An order changes three times on its way and its lines too. A change that touches no indexed column
-- and finds room on its page writes to no index: pages are filled half, and the index of what is not
-- charged yet goes by one column that changes once.
alter table erp_sales.sales_order set (fillfactor = 50);
alter table erp_sales.sales_order_line set (fillfactor = 50);
drop index erp_sales.sales_order_unfinished;
alter table erp_sales.sales_order add column is_uncharged boolean not null
  generated always as (decision <> 'cancelled' and progress <> 'invoiced') stored;
create index sales_order_uncharged on erp_sales.sales_order (legal_entity, customer, id)
  where is_uncharged;

-- Most deliveries take none back: an index of them need not hold that they do not.
alter table erp_sales.delivery drop constraint delivery_reverses_key;
create unique index delivery_is_reversed_once on erp_sales.delivery (reverses)
  where reverses is not null;
