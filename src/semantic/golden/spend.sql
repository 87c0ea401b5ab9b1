with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
spend as (
  select sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) as numerator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(spend.numerator, loaded_fact_purchase_order_line.zero) as spend,
    least(spend.unit_low) as spend_unit_low,
    greatest(spend.unit_high) as spend_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join spend on true
)
select
    spend as "spend",
    min(spend_unit_low) over (),
    max(spend_unit_high) over ()
from stitched
