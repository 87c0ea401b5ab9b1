-- What was ordered less what came of it, line by line, over the lines still waited for.
select coalesce(sum(l.effective_qty * l.unit_price) - sum(l.received_qty * l.unit_price), 0)
  as open_commitments
from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
where o.status in ('issued', 'partly-received') and o.kind <> 'return'
  and not l.is_final_receipt and l.received_qty < l.effective_qty and o.issued_on_key <= $as_of
