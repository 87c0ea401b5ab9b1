-- The mean of each late order's days, counted as days of the epoch.
select avg(epoch(until) - epoch(since)) / 86400 as days_late
from (
  select strptime(cast(min(l.promised_on_key) as varchar), '%Y%m%d') as since,
    strptime(cast(if(o.shipped_on_key = -1, $as_of, o.shipped_on_key) as varchar), '%Y%m%d') as until
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.promised_on_key <> -1
  group by o.order_key, o.shipped_on_key
  having min(l.promised_on_key) <= $as_of
)
where since < until
