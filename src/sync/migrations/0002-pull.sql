-- Where the reading of one entity of a source of documents stands.
create table sync.pull (
  id integer generated always as identity primary key,
  integration text not null references sync.integration on delete cascade,
  entity text not null,
  mapping text not null, -- Print of the entity's mappings. Another one: everything is read again.
  generation integer not null default 1, -- Of the snapshot under way, else of the last one.
  mode text not null default 'snapshot' check (mode in ('snapshot', 'changes')),
  cursor text, -- After the last page that is in. Null: at the beginning.
  pages integer not null default 0, -- Of this generation's snapshot.
  documents integer not null default 0, -- In those pages, repeats counted.
  unreadable integer not null default 0, -- What came in them and was no document.
  digest bytea not null default '\x', -- SHA-256 over the pages' digests, in order.
  completed_at timestamptz, -- When this generation's snapshot reached its last page.
  unique (integration, entity)
);

-- What each applied document looked like: one that looks the same is not mapped again.
create table sync.pulled (
  pull integer not null references sync.pull on delete cascade,
  key text not null,
  hash bytea not null,
  changed_at timestamptz, -- As the source says: what comes later and is older is a stale repeat.
  version text,
  primary key (pull, key)
);

-- Which keys a page of a snapshot held: what no page held is gone. One row a page, never updated.
create table sync.pull_page (
  pull integer not null references sync.pull on delete cascade,
  generation integer not null,
  number integer not null,
  keys text[] not null,
  digest bytea not null,
  primary key (pull, generation, number)
);

-- Documents in quarantine, kept to be tried again: a source tells of a change only once.
create table sync.pull_held (
  pull integer not null references sync.pull on delete cascade,
  key text not null,
  document json not null,
  primary key (pull, key)
);
