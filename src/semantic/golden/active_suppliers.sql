with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
active_suppliers as (
  select count(distinct fact.supplier_key) as numerator
  from fact_purchase_order_line as fact
  where fact.supplier_key <> -1
    and fact.effective_qty <> 0
    and fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(active_suppliers.numerator, loaded_fact_purchase_order_line.zero) as active_suppliers
  from keys
  cross join loaded_fact_purchase_order_line
  left join active_suppliers on true
)
select
    active_suppliers as "active_suppliers"
from stitched
