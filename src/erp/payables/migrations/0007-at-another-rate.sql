-- What a line charges above what was received, because of the rate of its day alone. It is no part of the
-- variance any more: that is the price's. Only an order is received at the rate of a day.
alter table erp_payables.supplier_invoice_line
  add column exchange_difference numeric not null default 0, -- Company currency.
  add constraint ordered_at_a_rate check (exchange_difference = 0 or order_id is not null);
