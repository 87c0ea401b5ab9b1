-- Mean of the shipping days less mean of the order days, both counted from 1970.
select avg(epoch(strptime(cast(shipped_on_key as varchar), '%Y%m%d')) / 86400)
  - avg(epoch(strptime(cast(issued_on_key as varchar), '%Y%m%d')) / 86400) as order_to_ship_days
from fact_purchase_order
where status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and kind <> 'return' and issued_on_key <= $as_of
  and shipped_on_key between 1 and $as_of
