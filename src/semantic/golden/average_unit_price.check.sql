-- Each item's prices, weighted by the units bought at them.
select i.name as item,
  sum(cast(l.unit_price as double) * cast(l.effective_qty as double))
    / sum(cast(l.effective_qty as double)) as average_unit_price
from fact_purchase_order as o
join fact_purchase_order_line as l using (order_key)
join dim_item as i using (item_key)
where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.net_amount > 0 and l.effective_qty > 0
  and o.issued_on_key <= $as_of
group by l.item_key, i.name
order by average_unit_price desc, item
