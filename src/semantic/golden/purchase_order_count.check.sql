-- Headers that have a live line.
select count(*) as purchase_order_count
from fact_purchase_order as o
where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and o.issued_on_key <= $as_of
  and exists (
    select 1 from fact_purchase_order_line as l
    where l.order_key = o.order_key and l.effective_qty > 0
  )
