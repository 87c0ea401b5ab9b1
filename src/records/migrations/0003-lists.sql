-- What lists of purchase orders show, filter and sort by, as columns of their own: an index on them
-- answers by itself, where an expression over `content` would fetch every row.
alter table records.record
  add column number text collate records.natural_order generated always as
    (case when kind = 'purchase-order' then content ->> 'number' end) stored,
  add column status text collate "C" generated always as
    (case when kind = 'purchase-order' then content ->> 'status' end) stored,
  add column supplier text collate "C" generated always as
    (case when kind = 'purchase-order' then content ->> 'supplier' end) stored,
  add column issued_on text collate "C" generated always as
    (case when kind = 'purchase-order' then content ->> 'issuedOn' end) stored,
  add column shipped_on text collate "C" generated always as
    (case when kind = 'purchase-order' then content ->> 'shippedOn' end) stored,
  add column requester text collate records.natural_order generated always as
    (case when kind = 'purchase-order' then content ->> 'requester' end) stored,
  add column net_amount numeric generated always as
    (case when kind = 'purchase-order' then (content ->> 'netAmount')::numeric end) stored,
  add column searched text collate "C" generated always as
    (case when kind = 'purchase-order' then lower(coalesce(content ->> 'number', '') || e'\n'
      || coalesce(content ->> 'requester', '') || e'\n'
      || coalesce(content ->> 'shipMethod', '')) end) stored;

drop index records.purchase_order_by_day;
drop index records.purchase_order_by_supplier;
-- The usual order, with what filters, other orders and a search look at.
create index purchase_order_by_day on records.record (issued_on, id)
  include (integration, supplier, status, shipped_on, requester, searched)
  where kind = 'purchase-order';
create index purchase_order_by_number on records.record (number, id)
  where kind = 'purchase-order';
create index purchase_order_by_amount on records.record (net_amount, id)
  where kind = 'purchase-order';
create index purchase_order_by_supplier on records.record (supplier)
  where kind = 'purchase-order';
-- The items that an order's lines name.
create index purchase_order_by_item on records.record
  using gin (jsonb_path_query_array(content, '$.lines[*].item'))
  where kind = 'purchase-order';
