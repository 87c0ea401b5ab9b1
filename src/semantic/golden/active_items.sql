with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
active_items as (
  select count(distinct fact.item_key) as numerator
  from fact_purchase_order_line as fact
  where fact.item_key <> -1
    and fact.effective_qty <> 0
    and fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(active_items.numerator, loaded_fact_purchase_order_line.zero) as active_items
  from keys
  cross join loaded_fact_purchase_order_line
  left join active_items on true
)
select
    active_items as "active_items"
from stitched
