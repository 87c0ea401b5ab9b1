-- Lines that name a project are few among many, and are read by it.
create index purchase_order_line_by_project on erp_purchasing.purchase_order_line (project)
  where project is not null;
