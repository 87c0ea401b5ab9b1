-- Whatever is taken back, in one call or in many: no less than nothing has come.
alter table erp_purchasing.purchase_order_line add constraint received_is_there check (received >= 0);
