-- The plain mean over what is on file.
select avg(lead_time_days) as agreed_lead_time
from dim_supplier_item
where supplier_key <> -1 and item_key <> -1
