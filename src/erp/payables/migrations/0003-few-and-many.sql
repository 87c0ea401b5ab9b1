-- That a line's invoice is there is seen once a statement, not once a row: invoices are never deleted,
-- and lines never changed.
alter table erp_payables.supplier_invoice_line drop constraint supplier_invoice_line_invoice_id_fkey;
create function erp_payables.check_lines() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  invoices text[] := array(select distinct invoice_id from added);
begin
  if cardinality(invoices)
      <> (select count(*) from erp_payables.supplier_invoice where id = any(invoices)) then
    raise exception 'a line has no invoice' using errcode = '23503', constraint = 'line_has_invoice';
  end if;
  return null;
end $$;
create trigger invoice_is_there after insert on erp_payables.supplier_invoice_line
  referencing new table as added for each statement execute function erp_payables.check_lines();
