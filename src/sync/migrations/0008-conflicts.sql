-- What the author of a posting saw of the document it is to change: the base of a comparison.
create table sync.posting_base (
  posting_id text primary key,
  integration text not null references sync.integration on delete cascade,
  content json not null,
  created_at timestamptz not null
);

-- For sources without versions: what was last read, as the journal of postings hashes it.
alter table sync.pulled add column content_hash text;

-- Who wins a field that both sides changed: by integration and kind, versions are only ever added.
create table sync.conflict_rules (
  integration text not null references sync.integration on delete cascade,
  kind text not null,
  version integer not null,
  rules json not null,
  author text not null,
  note text,
  created_at timestamptz not null,
  primary key (integration, kind, version)
);

-- A change wanted here that met a change made there.
create table sync.conflict (
  id text primary key,
  integration text not null references sync.integration on delete cascade,
  kind text not null,
  key text not null, -- Of the document in its system.
  title text not null, -- What people call it.
  posting_id text not null,
  operation text not null,
  state text not null check (state in ('open', 'settled', 'decided', 'withdrawn')),
  revision integer not null default 1, -- Grows when it is weighed anew.
  payload json not null, -- What was to be sent.
  base json, -- Null: nobody knows what both last agreed on.
  ours json not null,
  theirs json not null,
  theirs_version text,
  theirs_hash text not null,
  fields json not null, -- Each with who changed it and what becomes of it.
  asks integer not null, -- Fields that wait for a person.
  ours_by text not null,
  ours_at timestamptz not null,
  theirs_at timestamptz, -- As the source says.
  rules_version integer not null, -- 0: there were none.
  noticed_at timestamptz not null,
  decided_at timestamptz,
  decided_by text, -- Null: rules, or nothing was to be decided.
  outcome text check (outcome in ('sent', 'kept-theirs')),
  sent_as text, -- The posting that took the place of the first.
  decision json
);
create unique index conflict_standing on sync.conflict (posting_id) where state = 'open';
create index conflict_by_time on sync.conflict (noticed_at desc, id);
create index conflict_by_state on sync.conflict (state, integration, kind);
