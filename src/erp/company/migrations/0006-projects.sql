-- Which projects lines of documents may name. Projects are kept by an area that stands above those
-- whose lines name them; here it tells what these must know.
create table erp_company.project (
  id text primary key,
  legal_entity text not null,
  number text not null,
  is_open boolean not null -- Not closed, and not cancelled.
);
create function erp_company.tell_project() returns trigger language plpgsql as $$
begin
  insert into erp_company.project (id, legal_entity, number, is_open)
    values (new.id, new.legal_entity, new.number, new.decision not in ('closed', 'cancelled'))
    on conflict (id) do update set is_open = excluded.is_open
      where project.is_open <> excluded.is_open;
  return null;
end $$;
-- `of` is the table that projects are kept in, with the columns named above and `decision`.
create function erp_company.tell_projects(of regclass) returns void language plpgsql as $$
begin
  execute format('create trigger project_is_told after insert or update of decision on %s
    for each row execute function erp_company.tell_project()', of);
  execute format('insert into erp_company.project (id, legal_entity, number, is_open)
    select id, legal_entity, number, decision not in (''closed'', ''cancelled'') from %s', of);
end $$;
select erp_company.sample_few('erp_company');
