with loaded_dim_item as (
  select case when count(*) > 0 then 0 end as zero from dim_item
),
item_count as (
  select count(*) as numerator
  from dim_item as fact
  where fact.item_key <> -1
    and not fact.deleted
    and true
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(item_count.numerator, loaded_dim_item.zero) as item_count
  from keys
  cross join loaded_dim_item
  left join item_count on true
)
select
    item_count as "item_count"
from stitched
