with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
shipped_on_time_rate as (
  select count(*) filter (where fact.shipped_on_key <> -1 and fact.shipped_on_key <= fact.promised_on_key) as numerator,
    count(*) as denominator
  from fact_purchase_order as fact
  where fact.promised_on_key <> -1
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.promised_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when shipped_on_time_rate.denominator <> 0 then cast(sign(cast(cast(shipped_on_time_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(shipped_on_time_rate.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(shipped_on_time_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(shipped_on_time_rate.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(shipped_on_time_rate.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as shipped_on_time_rate
  from keys
  cross join loaded_fact_purchase_order
  left join shipped_on_time_rate on true
)
select
    shipped_on_time_rate as "shipped_on_time_rate"
from stitched
