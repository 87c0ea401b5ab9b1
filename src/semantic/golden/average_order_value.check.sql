-- The mean over headers, in place of a quotient over lines.
select avg(cast(amount as double)) as average_order_value
from (
  select sum(l.net_amount) as amount
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and o.issued_on_key <= $as_of and l.effective_qty > 0
  group by o.order_key
)
