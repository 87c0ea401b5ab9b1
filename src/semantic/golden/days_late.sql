with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
days_late as (
  select sum(date_diff('day', promised.day, case when fact.shipped_on_key = -1 then asked.day else shipped.day end)) as numerator,
    count(*) as denominator
  from fact_purchase_order as fact
  join dim_date as promised on promised.date_key = fact.promised_on_key
  join dim_date as shipped on shipped.date_key = fact.shipped_on_key
  join dim_date as asked on asked.date_key = $as_of
  where fact.promised_on_key <> -1 and (fact.shipped_on_key > fact.promised_on_key or (fact.shipped_on_key = -1 and fact.promised_on_key < $as_of))
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.promised_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when days_late.denominator <> 0 then cast(sign(cast(cast(days_late.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(days_late.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(days_late.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(days_late.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(days_late.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as days_late
  from keys
  cross join loaded_fact_purchase_order
  left join days_late on true
)
select
    days_late as "days_late"
from stitched
