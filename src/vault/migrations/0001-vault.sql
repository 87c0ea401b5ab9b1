-- Keys that seal secrets, each wrapped by a master key that is not in the database.
create table vault.data_key (
  id integer generated always as identity primary key,
  wrapped bytea not null,
  master text not null, -- The master key's fingerprint: says which one, tells nothing about it.
  created_at timestamptz not null
);

create table vault.secret (
  name text primary key,
  data_key integer not null references vault.data_key,
  sealed bytea not null,
  updated_at timestamptz not null
);
