with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
top_ten_supplier_share as (
  select sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) filter (where fact.supplier_rank <= 10) as numerator,
    sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) as denominator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from (
    select fact.*, dense_rank() over (partition by fact.currency order by fact.supplier_total desc, fact.supplier_key) as supplier_rank
    from (
    select fact.*, sum(case when fact.order_kind = 'return' then -abs((case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end)) else (case when fact.effective_qty = 0 and fact.ordered_qty <> 0 then 0 else fact.net_amount end) end) over (partition by fact.currency, fact.supplier_key) as supplier_total
    from fact_purchase_order_line as fact
    where fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
  ) as fact
  ) as fact
  where true
),
keys as (
  select 1 as one
),
stitched as (
  select case when top_ten_supplier_share.denominator <> 0 then cast(sign(cast(cast(top_ten_supplier_share.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(top_ten_supplier_share.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(top_ten_supplier_share.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(top_ten_supplier_share.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(top_ten_supplier_share.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as top_ten_supplier_share,
    least(top_ten_supplier_share.unit_low) as top_ten_supplier_share_unit_low,
    greatest(top_ten_supplier_share.unit_high) as top_ten_supplier_share_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join top_ten_supplier_share on true
)
select
    top_ten_supplier_share as "top_ten_supplier_share",
    min(top_ten_supplier_share_unit_low) over (),
    max(top_ten_supplier_share_unit_high) over ()
from stitched
