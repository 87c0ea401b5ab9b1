-- The ten largest sums of headers over the sum of all.
with totals as (
  select o.supplier_key, sum(if(o.kind = 'return', -1, 1) * l.net_amount) as total
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected')
    and l.effective_qty > 0 and o.issued_on_key <= $as_of
  group by o.supplier_key
)
select cast((select sum(total) from (select total from totals order by total desc limit 10)) as double)
  / cast((select sum(total) from totals) as double) as top_ten_supplier_share
