-- The orders that have at least one line with goods to come.
select count(distinct order_key) as open_order_count
from fact_purchase_order_line
where order_status in ('issued', 'partly-received') and order_kind <> 'return' and issued_on_key <= $as_of
  and not is_final_receipt and effective_qty - received_qty > 0
