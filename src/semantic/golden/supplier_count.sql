with loaded_dim_supplier as (
  select case when count(*) > 0 then 0 end as zero from dim_supplier
),
supplier_count as (
  select count(*) as numerator
  from dim_supplier as fact
  where fact.supplier_key <> -1
    and not fact.deleted
    and true
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(supplier_count.numerator, loaded_dim_supplier.zero) as supplier_count
  from keys
  cross join loaded_dim_supplier
  left join supplier_count on true
)
select
    supplier_count as "supplier_count"
from stitched
