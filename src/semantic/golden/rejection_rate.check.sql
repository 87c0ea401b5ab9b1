-- One less the part accepted, weighted by the units of each line.
select 1 - sum(accepted * weight) / sum(weight) as rejection_rate
from (
  select cast(l.received_qty as double) as weight,
    1 - cast(l.rejected_qty as double) / cast(l.received_qty as double) as accepted
  from fact_purchase_order as o join fact_purchase_order_line as l using (order_key)
  where o.status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and o.kind <> 'return' and l.received_qty > 0 and o.issued_on_key <= $as_of
)
