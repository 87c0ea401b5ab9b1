with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
ordered_quantity as (
  select sum(case when fact.order_kind = 'return' then -abs(fact.effective_qty) else fact.effective_qty end) as numerator,
    min(fact.unit) as unit_low,
    max(fact.unit) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(ordered_quantity.numerator, loaded_fact_purchase_order_line.zero) as ordered_quantity,
    least(ordered_quantity.unit_low) as ordered_quantity_unit_low,
    greatest(ordered_quantity.unit_high) as ordered_quantity_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join ordered_quantity on true
)
select
    ordered_quantity as "ordered_quantity",
    min(ordered_quantity_unit_low) over (),
    max(ordered_quantity_unit_high) over ()
from stitched
