-- The ERP looks its rows up by keys: what kinds of values a column has need not be known from thirty
-- thousand rows of each table, each column sorted, again and again while the table grows.
create function erp_company.sample_few(area text) returns void language plpgsql as $$
declare
  changes text;
begin
  for changes in
    select format('alter table %s %s', a.attrelid::regclass,
        string_agg(format('alter column %I set statistics 25', a.attname), ', ' order by a.attnum))
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
      where c.relnamespace = area::regnamespace and c.relkind = 'r'
        and a.attnum > 0 and not a.attisdropped
      group by a.attrelid
  loop
    execute changes;
  end loop;
end $$;
select erp_company.sample_few('erp_company');
