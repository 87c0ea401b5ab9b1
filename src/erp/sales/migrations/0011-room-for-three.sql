-- A line is written, delivered and charged. What history books does all three in one transaction, when nothing
-- that was before can be cleared away yet: with room for three on its page, a line writes to no index
-- for it, and takes no more space than two that moved.
alter table erp_sales.sales_order_line set (fillfactor = 33);
