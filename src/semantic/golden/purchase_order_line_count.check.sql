-- Σ of the line counts on the headers, less the lines cancelled.
select cast(sum(o.line_count) - sum((
  select count(*) from fact_purchase_order_line as l
  where l.order_key = o.order_key and l.effective_qty = 0
)) as bigint) as purchase_order_line_count
from fact_purchase_order as o
where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and o.issued_on_key <= $as_of
