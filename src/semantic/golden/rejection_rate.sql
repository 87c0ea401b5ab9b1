with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
rejection_rate as (
  select sum(fact.rejected_qty) as numerator,
    sum(fact.received_qty) as denominator,
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
  select case when rejection_rate.denominator <> 0 then cast(sign(cast(cast(rejection_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(rejection_rate.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(rejection_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(rejection_rate.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(rejection_rate.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as rejection_rate,
    least(rejection_rate.unit_low) as rejection_rate_unit_low,
    greatest(rejection_rate.unit_high) as rejection_rate_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join rejection_rate on true
)
select
    rejection_rate as "rejection_rate",
    min(rejection_rate_unit_low) over (),
    max(rejection_rate_unit_high) over ()
from stitched
