create table audit.event (
  position bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  outcome text not null check (outcome in ('done', 'failed')),
  subject text not null,
  details jsonb not null,
  trace_id text not null,
  previous_hash text not null,
  hash text not null
);

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log only grows';
end $$;
create trigger event_is_final before update or delete on audit.event
  for each row execute function audit.refuse();
create trigger event_is_not_emptied before truncate on audit.event
  for each statement execute function audit.refuse();
