with loaded_dim_supplier_item as (
  select case when count(*) > 0 then 0 end as zero from dim_supplier_item
),
agreed_lead_time as (
  select sum(fact.lead_time_days) as numerator,
    count(fact.lead_time_days) as denominator
  from dim_supplier_item as fact
  where fact.supplier_key <> -1
    and fact.item_key <> -1
    and true
),
keys as (
  select 1 as one
),
stitched as (
  select case when agreed_lead_time.denominator <> 0 then cast(sign(cast(cast(agreed_lead_time.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(agreed_lead_time.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(agreed_lead_time.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(agreed_lead_time.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(agreed_lead_time.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as agreed_lead_time
  from keys
  cross join loaded_dim_supplier_item
  left join agreed_lead_time on true
)
select
    agreed_lead_time as "agreed_lead_time"
from stitched
