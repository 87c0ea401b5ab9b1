-- Σ header net of the orders placed, less the lines cancelled; returns against.
select sum(case kind when 'return' then -(net_amount - gone) else net_amount - gone end) as spend
from (
  select o.kind, o.net_amount, coalesce((
    select sum(l.net_amount) from fact_purchase_order_line as l
    where l.order_key = o.order_key and l.effective_qty = 0
  ), 0) as gone
  from fact_purchase_order as o
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.issued_on_key <= $as_of
)
