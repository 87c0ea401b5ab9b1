with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
approval_rate as (
  select count(*) filter (where fact.status <> 'rejected') as numerator,
    count(*) as denominator
  from fact_purchase_order as fact
  where fact.status in ('issued', 'partly-received', 'received', 'closed', 'rejected')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when approval_rate.denominator <> 0 then cast(sign(cast(cast(approval_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(approval_rate.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(approval_rate.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(approval_rate.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(approval_rate.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as approval_rate
  from keys
  cross join loaded_fact_purchase_order
  left join approval_rate on true
)
select
    approval_rate as "approval_rate"
from stitched
