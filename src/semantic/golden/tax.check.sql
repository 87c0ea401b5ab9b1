-- What stands on the headers beside net and freight.
select sum(case kind when 'return' then -1 else 1 end * (gross_amount - net_amount - freight_amount)) as tax
from fact_purchase_order
where status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and issued_on_key <= $as_of
