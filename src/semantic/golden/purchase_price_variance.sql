with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
purchase_price_variance as (
  select sum(fact.effective_qty * (fact.unit_price - supplier_item.standard_price)) as numerator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high,
    count(*) as scoped,
    count(*) filter (where supplier_item.standard_price is not null) as covered
  from fact_purchase_order_line as fact
  left join dim_supplier_item as supplier_item on supplier_item.supplier_key = fact.supplier_key and supplier_item.item_key = fact.item_key and supplier_item.currency = fact.currency
  where fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(purchase_price_variance.numerator, loaded_fact_purchase_order_line.zero) as purchase_price_variance,
    least(purchase_price_variance.unit_low) as purchase_price_variance_unit_low,
    greatest(purchase_price_variance.unit_high) as purchase_price_variance_unit_high,
    purchase_price_variance.scoped as purchase_price_variance_scoped,
    purchase_price_variance.covered as purchase_price_variance_covered
  from keys
  cross join loaded_fact_purchase_order_line
  left join purchase_price_variance on true
)
select
    purchase_price_variance as "purchase_price_variance",
    min(purchase_price_variance_unit_low) over (),
    max(purchase_price_variance_unit_high) over (),
    cast(sum(purchase_price_variance_scoped) over () as bigint),
    cast(sum(purchase_price_variance_covered) over () as bigint)
from stitched
