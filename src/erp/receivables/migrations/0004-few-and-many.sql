-- That a line's document is there is seen once a statement, not once a row: documents are never
-- deleted, and lines never changed. Lines that correct nothing ask for nothing more.
alter table erp_receivables.customer_invoice_line
  drop constraint customer_invoice_line_invoice_id_fkey;
create or replace function erp_receivables.check_corrections() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  documents text[] := array(select distinct invoice_id from added);
  wrong text;
begin
  if cardinality(documents)
      <> (select count(*) from erp_receivables.customer_invoice where id = any(documents)) then
    raise exception 'a line has no document' using errcode = '23503', constraint = 'line_has_document';
  end if;
  if not exists (select 1 from added where corrects is not null) then return null; end if;
  select l.invoice_id || ' ' || l.number into wrong
    from (select distinct corrects, corrects_line from added where corrects is not null) a
      join erp_receivables.customer_invoice_line l
        on l.invoice_id = a.corrects and l.number = a.corrects_line
      join lateral (select c.quantity, c.net, c.tax from erp_receivables.corrected_line c
        where c.invoice_id = l.invoice_id and c.number = l.number) s on true
    where s.quantity > l.quantity or s.net > l.net or s.tax > l.tax limit 1;
  if found then
    raise exception 'invoice line %: no more is given back than was charged', wrong
      using errcode = '23514', constraint = 'credited_within_charged';
  end if;
  return null;
end $$;
