-- Late orders among those due, each order's promise taken from its lines.
select count(*) as late_order_count
from (
  select o.order_key, o.shipped_on_key, min(l.promised_on_key) as promised
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.promised_on_key <> -1
  group by all
)
where promised <= $as_of and case when shipped_on_key = -1 then promised < $as_of else shipped_on_key > promised end
