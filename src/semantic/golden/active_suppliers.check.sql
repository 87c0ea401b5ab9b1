-- Suppliers for which a live order exists.
select count(*) as active_suppliers
from dim_supplier as s
where s.supplier_key <> -1 and exists (
  select 1 from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.supplier_key = s.supplier_key and o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return'
    and l.effective_qty > 0 and o.issued_on_key <= $as_of
)
