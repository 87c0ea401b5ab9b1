-- A line may charge what was taken of the supplier's consignment.
alter table erp_payables.supplier_invoice_line add column withdrawal text,
  add constraint charges_one_thing check (withdrawal is null or order_id is null);
