-- One less the part rejected among the orders decided on.
select 1 - avg(if(status = 'rejected', 1.0, 0.0)) as approval_rate
from fact_purchase_order
where status not in ('draft', 'awaiting-approval', 'cancelled') and issued_on_key <= $as_of
