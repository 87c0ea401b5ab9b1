with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
open_order_count as (
  select count(*) as numerator
  from fact_purchase_order as fact
  where exists (select 1 from fact_purchase_order_line as line where line.order_key = fact.order_key and not line.is_final_receipt and line.received_qty < line.effective_qty)
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(open_order_count.numerator, loaded_fact_purchase_order.zero) as open_order_count
  from keys
  cross join loaded_fact_purchase_order
  left join open_order_count on true
)
select
    open_order_count as "open_order_count"
from stitched
