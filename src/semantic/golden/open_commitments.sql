with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
open_commitments as (
  select sum(case when fact.is_final_receipt then 0 else greatest(0, fact.effective_qty - fact.received_qty) * fact.unit_price end) as numerator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order_line as fact
  where fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(open_commitments.numerator, loaded_fact_purchase_order_line.zero) as open_commitments,
    least(open_commitments.unit_low) as open_commitments_unit_low,
    greatest(open_commitments.unit_high) as open_commitments_unit_high
  from keys
  cross join loaded_fact_purchase_order_line
  left join open_commitments on true
)
select
    open_commitments as "open_commitments",
    min(open_commitments_unit_low) over (),
    max(open_commitments_unit_high) over ()
from stitched
