-- By item first, then all items; the standing comes from the header.
select sum(amount) as rejected_quantity
from (
  select l.item_key, sum(l.rejected_qty) as amount
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and o.issued_on_key <= $as_of
  group by l.item_key
)
