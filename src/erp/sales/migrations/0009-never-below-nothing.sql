-- Whatever is taken back, in one call or in many: no less than nothing has left.
alter table erp_sales.sales_order_line add constraint delivered_is_there check (delivered >= 0);
