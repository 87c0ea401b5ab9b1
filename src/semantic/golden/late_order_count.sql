with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
late_order_count as (
  select count(*) as numerator
  from fact_purchase_order as fact
  where fact.promised_on_key <> -1 and (fact.shipped_on_key > fact.promised_on_key or (fact.shipped_on_key = -1 and fact.promised_on_key < $as_of))
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.promised_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(late_order_count.numerator, loaded_fact_purchase_order.zero) as late_order_count
  from keys
  cross join loaded_fact_purchase_order
  left join late_order_count on true
)
select
    late_order_count as "late_order_count"
from stitched
