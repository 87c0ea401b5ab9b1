with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
open_order_age as (
  select sum(date_diff('day', issued.day, asked.day)) as numerator,
    count(*) as denominator
  from fact_purchase_order as fact
  join dim_date as issued on issued.date_key = fact.issued_on_key
  join dim_date as asked on asked.date_key = $as_of
  where exists (select 1 from fact_purchase_order_line as line where line.order_key = fact.order_key and not line.is_final_receipt and line.received_qty < line.effective_qty)
    and fact.kind <> 'return'
    and fact.status in ('issued', 'partly-received')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select case when open_order_age.denominator <> 0 then cast(sign(cast(cast(open_order_age.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(open_order_age.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(open_order_age.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(open_order_age.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(open_order_age.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as open_order_age
  from keys
  cross join loaded_fact_purchase_order
  left join open_order_age on true
)
select
    open_order_age as "open_order_age"
from stitched
