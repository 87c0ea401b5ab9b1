with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
purchase_order_count as (
  select count(distinct fact.order_key) as numerator
  from fact_purchase_order_line as fact
  where fact.effective_qty <> 0
    and fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(purchase_order_count.numerator, loaded_fact_purchase_order_line.zero) as purchase_order_count
  from keys
  cross join loaded_fact_purchase_order_line
  left join purchase_order_count on true
)
select
    purchase_order_count as "purchase_order_count"
from stitched
