-- Imports that were taken back: each once, when, by whom and why, and what took its documents back.
-- Only grows: the import itself stays as it was.
create table erp_imports.taken_back (
  import text primary key references erp_imports.import,
  legal_entity text not null,
  taken_back_on date not null, -- What its reversals are posted on.
  reason text not null check (trim(reason) <> ''),
  lines integer not null, -- That went back.
  documents jsonb not null, -- [{ kind, number, reversedBy }]
  totals jsonb not null, -- Control accounts before and after.
  agreement jsonb not null,
  created_by text not null,
  created_at timestamptz not null
);

-- Records that an import had made and that are out of use since it was taken back, as they were then: a
-- later file that names one takes it into use again, unless somebody has changed it meanwhile.
create table erp_imports.retired_record (
  import text not null references erp_imports.taken_back,
  legal_entity text not null,
  kind text not null,
  key text not null,
  version integer not null,
  primary key (import, key)
);
create index retired_record_by_key on erp_imports.retired_record (legal_entity, kind, key);

create function erp_imports.only_booked_goes_back() returns trigger language plpgsql as $$
begin
  if not exists (select from erp_imports.import i where i.id = new.import
    and i.legal_entity = new.legal_entity and i.status = 'booked')
  then raise exception 'only what an import has booked is taken back' using errcode = 'RI001'; end if;
  return new;
end $$;
create trigger only_booked_goes_back before insert on erp_imports.taken_back
  for each row execute function erp_imports.only_booked_goes_back();
create trigger taken_back_stays before update or delete or truncate on erp_imports.taken_back
  for each statement execute function erp_imports.refuse_change();
create trigger retired_record_stays before update or delete or truncate
  on erp_imports.retired_record
  for each statement execute function erp_imports.refuse_change();

-- A key is booked once at a time: again only when the import that booked it before was taken back.
alter table erp_imports.booked_line add column round integer not null default 1 check (round > 0);
alter table erp_imports.booked_line drop constraint booked_line_pkey;
alter table erp_imports.booked_line add primary key (legal_entity, kind, key, round);
create index booked_line_by_import on erp_imports.booked_line (import);
create function erp_imports.refuse_twice_at_a_time() returns trigger language plpgsql as $$
begin
  if exists (select from added a where a.round > 1 and not exists (
    select from erp_imports.booked_line b join erp_imports.taken_back t on t.import = b.import
    where (b.legal_entity, b.kind, b.key, b.round)
      = (a.legal_entity, a.kind, a.key, a.round - 1)))
  then
    raise exception 'what an import has booked is booked again when it was taken back'
      using errcode = '23505', constraint = 'booked_line_once_at_a_time';
  end if;
  return null;
end $$;
create trigger booked_line_once_at_a_time after insert on erp_imports.booked_line
  referencing new table as added
  for each statement execute function erp_imports.refuse_twice_at_a_time();
