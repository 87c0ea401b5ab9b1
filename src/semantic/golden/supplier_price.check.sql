-- The mean price of each item, by name.
select i.name as item, avg(p.standard_price) as supplier_price
from dim_supplier_item as p join dim_item as i using (item_key)
where p.supplier_key <> -1 and i.item_key <> -1
group by i.item_key, i.name
