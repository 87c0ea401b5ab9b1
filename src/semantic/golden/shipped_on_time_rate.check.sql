-- One less the part late, with each order's promise taken from its lines.
select 1 - avg(if(shipped_on_key = -1 or shipped_on_key > promised, 1.0, 0.0)) as shipped_on_time_rate
from (
  select o.order_key, o.shipped_on_key, min(l.promised_on_key) as promised
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.promised_on_key <> -1
  group by all
)
where promised <= $as_of
