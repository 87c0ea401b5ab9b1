with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
average_order_value as (
  select sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) as numerator,
    count(distinct fact.order_key) filter (where fact.effective_qty <> 0) as denominator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when average_order_value.denominator <> 0 then cast(sign(cast(cast(average_order_value.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(average_order_value.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(average_order_value.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(average_order_value.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(average_order_value.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as average_order_value,
    least(average_order_value.unit_low) as average_order_value_unit_low,
    greatest(average_order_value.unit_high) as average_order_value_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join average_order_value on true
)
select
    average_order_value as "average_order_value",
    min(average_order_value_unit_low) over (),
    max(average_order_value_unit_high) over ()
from stitched
