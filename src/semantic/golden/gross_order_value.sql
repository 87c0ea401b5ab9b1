with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
gross_order_value as (
  select sum(case when fact.kind = 'return' then -abs(fact.gross_amount) else fact.gross_amount end) as numerator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order as fact
  where fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(gross_order_value.numerator, loaded_fact_purchase_order.zero) as gross_order_value,
    least(gross_order_value.unit_low) as gross_order_value_unit_low,
    greatest(gross_order_value.unit_high) as gross_order_value_unit_high
  from keys
  cross join loaded_fact_purchase_order
  left join gross_order_value on true
)
select
    gross_order_value as "gross_order_value",
    min(gross_order_value_unit_low) over (),
    max(gross_order_value_unit_high) over ()
from stitched
