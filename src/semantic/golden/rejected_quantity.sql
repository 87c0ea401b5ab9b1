with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
rejected_quantity as (
  select sum(fact.rejected_qty) as numerator,
    min(fact.unit) as unit_low,
    max(fact.unit) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(rejected_quantity.numerator, loaded_fact_purchase_order_line.zero) as rejected_quantity,
    least(rejected_quantity.unit_low) as rejected_quantity_unit_low,
    greatest(rejected_quantity.unit_high) as rejected_quantity_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join rejected_quantity on true
)
select
    rejected_quantity as "rejected_quantity",
    min(rejected_quantity_unit_low) over (),
    max(rejected_quantity_unit_high) over ()
from stitched
