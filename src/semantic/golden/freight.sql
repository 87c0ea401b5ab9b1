with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
freight as (
  select sum(case when fact.kind = 'return' then -abs(fact.freight_amount) else fact.freight_amount end) as numerator,
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
  select coalesce(freight.numerator, loaded_fact_purchase_order.zero) as freight,
    least(freight.unit_low) as freight_unit_low,
    greatest(freight.unit_high) as freight_unit_high
  from keys
  cross join loaded_fact_purchase_order
  left join freight on true
)
select
    freight as "freight",
    min(freight_unit_low) over (),
    max(freight_unit_high) over ()
from stitched
