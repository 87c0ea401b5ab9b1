-- State: what each source says about each thing now. `hash` is SHA-256 of the canonical JSON.
create table records.record (
  id text primary key,
  integration text not null,
  kind text not null,
  key text not null,
  content jsonb not null,
  hash bytea not null,
  version integer not null,
  source json not null,
  seen_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index record_by_key on records.record (kind, integration, key);
create index purchase_order_by_day on records.record ((content ->> 'issuedOn'), id)
  where kind = 'purchase-order';
create index purchase_order_by_supplier on records.record ((content ->> 'supplier'))
  where kind = 'purchase-order';

-- The log: append-only, positions in the order of commit and without gaps.
create table records.change (
  position bigint primary key,
  record_id text not null,
  kind text not null,
  cause text not null,
  before json,
  after json,
  changed_fields json not null,
  source json not null,
  seen_at timestamptz not null,
  source_at timestamptz
);
create index change_by_record on records.change (record_id, position);

-- One row. Whoever writes to the log holds its lock until the commit: hence the order.
create table records.log_head (position bigint not null);
insert into records.log_head values (0);

create function records.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'records.change is append-only';
end $$;
create trigger change_is_append_only before update or delete on records.change
  for each statement execute function records.refuse_rewriting();
