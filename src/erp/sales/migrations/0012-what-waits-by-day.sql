-- A list of open orders begins with the newest: found in their order, so that a page of fifty does not take
-- reading and sorting all that waits.
create index sales_order_uncharged_by_day on erp_sales.sales_order (legal_entity, issued_on, id)
  where is_uncharged;
