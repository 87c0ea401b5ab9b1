with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
received_quantity as (
  select sum(fact.received_qty) as numerator,
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
  select coalesce(received_quantity.numerator, loaded_fact_purchase_order_line.zero) as received_quantity,
    least(received_quantity.unit_low) as received_quantity_unit_low,
    greatest(received_quantity.unit_high) as received_quantity_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join received_quantity on true
)
select
    received_quantity as "received_quantity",
    min(received_quantity_unit_low) over (),
    max(received_quantity_unit_high) over ()
from stitched
