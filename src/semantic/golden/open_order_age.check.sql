-- The mean age of the same orders, counted as days of the epoch.
select avg(epoch(strptime(cast($as_of as varchar), '%Y%m%d')) - epoch(strptime(cast(issued_on_key as varchar), '%Y%m%d'))) / 86400 as open_order_age
from (
  select distinct order_key, issued_on_key
  from fact_purchase_order_line
  where order_status in ('issued', 'partly-received') and order_kind <> 'return' and issued_on_key <= $as_of
    and not is_final_receipt and effective_qty - received_qty > 0
)
