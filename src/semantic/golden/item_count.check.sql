-- All rows less the unknown and the deleted.
select (select count(*) from dim_item) - (select count(*) from dim_item where item_key = -1 or deleted) as item_count
