-- Net, tax and freight of the headers, added.
select sum(case kind when 'return' then -1 else 1 end * (net_amount + tax_amount + freight_amount)) as gross_order_value
from fact_purchase_order
where status not in ('draft', 'awaiting-approval', 'cancelled', 'rejected') and issued_on_key <= $as_of
