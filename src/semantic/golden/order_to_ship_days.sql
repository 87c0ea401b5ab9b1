with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
order_to_ship_days as (
  select sum(date_diff('day', issued.day, shipped.day)) as numerator,
    count(*) as denominator
  from fact_purchase_order as fact
  join dim_date as issued on issued.date_key = fact.issued_on_key
  join dim_date as shipped on shipped.date_key = fact.shipped_on_key
  where fact.shipped_on_key <> -1
    and fact.shipped_on_key <= $as_of
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when order_to_ship_days.denominator <> 0 then cast(sign(cast(cast(order_to_ship_days.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(order_to_ship_days.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(order_to_ship_days.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(order_to_ship_days.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(order_to_ship_days.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as order_to_ship_days
  from keys
  cross join loaded_fact_purchase_order
  left join order_to_ship_days on true
)
select
    order_to_ship_days as "order_to_ship_days"
from stitched
