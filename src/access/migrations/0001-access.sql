create table access.person (
  id text primary key,
  name text not null unique,
  role text not null,
  password_hash text, -- argon2id. Null: signs in by link only.
  created_at timestamptz not null
);
create table access.session (
  token_hash text primary key, -- SHA-256 of what the cookie holds.
  person_id text not null references access.person on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_by_person on access.session (person_id);
create table access.sign_in_link (
  token_hash text primary key,
  person_id text not null references access.person on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
