-- What was ordered at its price, less the same at standard.
select sum(l.effective_qty * l.unit_price) - sum(l.effective_qty * p.standard_price)
  as purchase_price_variance
from dim_supplier_item as p
join fact_purchase_order_line as l on l.supplier_key = p.supplier_key and l.item_key = p.item_key
join fact_purchase_order as o on o.order_key = l.order_key and o.currency = p.currency
where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and o.issued_on_key <= $as_of
