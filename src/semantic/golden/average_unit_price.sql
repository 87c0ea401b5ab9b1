with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
average_unit_price as (
  select fact.item_key as k1,
    sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) as numerator,
    sum(fact.effective_qty) as denominator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_kind <> 'return'
    and fact.net_amount <> 0
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
  group by 1
),
keys as (
  select k1 from average_unit_price
),
stitched as (
  select k1,
    case when average_unit_price.denominator <> 0 then cast(sign(cast(cast(average_unit_price.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(average_unit_price.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(average_unit_price.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(average_unit_price.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(average_unit_price.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as average_unit_price,
    least(average_unit_price.unit_low) as average_unit_price_unit_low,
    greatest(average_unit_price.unit_high) as average_unit_price_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join average_unit_price using (k1)
)
select
    shown_k1.name as "item",
    average_unit_price as "average_unit_price",
    shown_k1.record_id,
    min(average_unit_price_unit_low) over (),
    max(average_unit_price_unit_high) over ()
from stitched
join dim_item as shown_k1 on shown_k1.item_key = stitched.k1
order by average_unit_price desc nulls last, shown_k1.name, stitched.k1
