-- All rows less the unknown and the deleted.
select (select count(*) from dim_supplier) - (select count(*) from dim_supplier where supplier_key = -1 or deleted) as supplier_count
