with loaded_fact_purchase_order as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order
),
tax as (
  select sum(case when fact.kind = 'return' then -abs(fact.tax_amount) else fact.tax_amount end) as numerator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from fact_purchase_order as fact
  where fact.status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(tax.numerator, loaded_fact_purchase_order.zero) as tax,
    least(tax.unit_low) as tax_unit_low,
    greatest(tax.unit_high) as tax_unit_high
  from keys
  cross join loaded_fact_purchase_order
  left join tax on true
)
select
    tax as "tax",
    min(tax_unit_low) over (),
    max(tax_unit_high) over ()
from stitched
