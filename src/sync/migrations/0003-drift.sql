-- What documents of an entity look like: each path, how often it was there when it could have been.
create table sync.shape (
  pull integer not null references sync.pull on delete cascade,
  path text not null,
  types text[] not null,
  present bigint not null,
  asked bigint not null, -- How often what holds it was there.
  absent_in_a_row bigint not null default 0, -- How often it could have been there since it last was.
  primary key (pull, path)
);

-- Where a source has come to look other than before.
create table sync.drift (
  id text primary key,
  integration text not null references sync.integration on delete cascade,
  entity text not null,
  path text not null,
  kind text not null check (kind in ('gone', 'type', 'new')),
  mapped boolean not null, -- A mapping reads it.
  before text[] not null, -- The types it had.
  after text[] not null,
  sample text, -- A document's key to look at.
  status text not null check (status in ('open', 'accepted', 'refused', 'passed')),
  noticed_at timestamptz not null,
  decided_at timestamptz,
  decided_by text
);
create unique index drift_standing on sync.drift (integration, entity, path, kind)
  where status in ('open', 'refused', 'accepted');
create index drift_by_time on sync.drift (noticed_at desc, id);
