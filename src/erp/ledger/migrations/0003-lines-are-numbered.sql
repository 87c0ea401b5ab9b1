-- The lines of an entry of n are 1 to n. With the primary key, none can be added later, not even a
-- balanced pair.
create function erp_ledger.check_line_numbers() returns trigger language plpgsql as $$
begin
  if exists (select 1 from new_line group by entry_id having max(number) <> count(*)) then
    raise exception 'lines are not numbered from one'
      using errcode = '23514', constraint = 'lines_are_numbered';
  end if;
  return null;
end $$;
create trigger numbered after insert on erp_ledger.journal_line
  referencing new table as new_line
  for each statement execute function erp_ledger.check_line_numbers();
