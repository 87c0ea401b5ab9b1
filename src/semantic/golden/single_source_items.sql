with loaded_fact_purchase_order_line as (
  select case when count(*) > 0 then 0 end as zero from fact_purchase_order_line
),
single_source_items as (
  select count(distinct fact.item_key) filter (where fact.first_source = fact.last_source) as numerator
  from (
    select fact.*, min(fact.supplier_key) over (partition by fact.item_key) as first_source, max(fact.supplier_key) over (partition by fact.item_key) as last_source
    from fact_purchase_order_line as fact
    where fact.item_key <> -1
    and fact.effective_qty <> 0
    and fact.net_amount <> 0
    and fact.order_kind <> 'return'
    and fact.order_status in ('issued', 'partly-received', 'received', 'closed')
    and fact.issued_on_key <= $end
  ) as fact
  where true
),
keys as (
  select 1 as one
),
stitched as (
  select coalesce(single_source_items.numerator, loaded_fact_purchase_order_line.zero) as single_source_items
  from keys
  cross join loaded_fact_purchase_order_line
  left join single_source_items on true
)
select
    single_source_items as "single_source_items"
from stitched
