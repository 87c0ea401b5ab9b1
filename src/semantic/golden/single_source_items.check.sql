-- Items bought, less the items that two orders place with two suppliers.
with bought as (
  select distinct l.item_key, o.supplier_key
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.item_key <> -1
    and l.effective_qty > 0 and l.net_amount > 0 and o.issued_on_key <= $as_of
)
select (select count(distinct item_key) from bought)
  - (select count(distinct a.item_key) from bought as a join bought as b
      on a.item_key = b.item_key and a.supplier_key < b.supplier_key) as single_source_items
