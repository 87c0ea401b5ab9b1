with loaded_dim_supplier_item as (
  select case when count(*) > 0 then 0 end as zero from dim_supplier_item
),
supplier_price as (
  select fact.item_key as k1,
    sum(fact.standard_price) as numerator,
    count(fact.standard_price) as denominator,
    min(fact.currency) as unit_low,
    max(fact.currency) as unit_high
  from dim_supplier_item as fact
  where fact.supplier_key <> -1
    and fact.item_key <> -1
    and true
  group by 1
),
keys as (
  select k1 from supplier_price
),
stitched as (
  select k1,
    case when supplier_price.denominator <> 0 then cast(sign(cast(cast(supplier_price.numerator as decimal(38,8)) * 100000000 as hugeint)) * sign(cast(cast(supplier_price.denominator as decimal(38,8)) * 100000000 as hugeint)) * ((2 * abs(cast(cast(supplier_price.numerator as decimal(38,8)) * 100000000 as hugeint)) * 100000000 + abs(cast(cast(supplier_price.denominator as decimal(38,8)) * 100000000 as hugeint))) // (2 * abs(cast(cast(supplier_price.denominator as decimal(38,8)) * 100000000 as hugeint)))) as decimal(38,0)) * cast(0.00000001 as decimal(9,8)) end as supplier_price,
    least(supplier_price.unit_low) as supplier_price_unit_low,
    greatest(supplier_price.unit_high) as supplier_price_unit_high
  from keys
  cross join loaded_dim_supplier_item
  left join supplier_price using (k1)
)
select
    shown_k1.name as "item",
    supplier_price as "supplier_price",
    shown_k1.record_id,
    min(supplier_price_unit_low) over (),
    max(supplier_price_unit_high) over ()
from stitched
join dim_item as shown_k1 on shown_k1.item_key = stitched.k1
order by supplier_price desc nulls last, shown_k1.name, stitched.k1
