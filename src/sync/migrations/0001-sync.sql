-- A source system that Rialto is connected to.
create table sync.integration (
  name text primary key,
  adapter text not null,
  settings jsonb not null,
  mapping text not null,
  created_at timestamptz not null
);

-- Every version of an integration's pack that was ever used.
create table sync.mapping_version (
  integration text not null references sync.integration on delete cascade,
  version integer not null,
  hash text not null,
  pack json not null,
  created_at timestamptz not null,
  primary key (integration, version)
);

create table sync.run (
  id text primary key,
  integration text not null,
  status text not null check (status in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  started_at timestamptz not null,
  finished_at timestamptz,
  summary json not null
);
create unique index one_run_at_a_time on sync.run (integration) where status = 'running';
create index run_by_start on sync.run (started_at desc);

-- One mapping of one integration, and what its files were when it was last complete.
create table sync.checkpoint (
  id integer generated always as identity primary key,
  integration text not null references sync.integration on delete cascade,
  mapping text not null,
  print text, -- Fingerprints of its entities and of the mapping. Null: never complete.
  documents integer not null default 0,
  lines integer not null default 0,
  completed_at timestamptz,
  unique (integration, mapping)
);

-- What each applied document looked like in the source: one that looks the same is not mapped again.
create table sync.document (
  checkpoint integer not null references sync.checkpoint on delete cascade,
  key text not null,
  hash bytea not null,
  children integer not null,
  primary key (checkpoint, key)
);

create table sync.quarantine (
  id text primary key,
  integration text not null references sync.integration on delete cascade,
  run_id text not null,
  mapping text not null, -- The mapping's name, or 'rows of <entity>' for rows that cannot be read.
  kind text not null,
  key text,
  file text not null,
  line integer,
  field text,
  "column" text,
  value text,
  reason text not null,
  raw json not null,
  seen_at timestamptz not null,
  released_at timestamptz
);
create index quarantine_open on sync.quarantine (integration, mapping, key) where released_at is null;
create index quarantine_by_time on sync.quarantine (seen_at desc, id);
