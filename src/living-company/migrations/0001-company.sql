-- A company that lives in this installation: at most one.
create table living_company.company (
  is_only boolean primary key default true check (is_only),
  size text not null check (size in ('small', 'medium', 'large')),
  seed integer not null,
  started_on date not null,
  -- The last day that is booked wholly; null: none is yet.
  lived_until date,
  -- Of the day after: what happened up to this minute is booked.
  lived_minute integer not null default 0 check (lived_minute between 0 and 1440),
  -- writing: history is being written, or was broken off. resting: it can be continued.
  status text not null check (status in ('writing', 'resting')),
  -- It trades in real time while the server runs.
  is_live boolean not null default false,
  founded_by text not null,
  founded_at timestamptz not null,
  -- How often the ERP refused something, by its code.
  refused jsonb not null default '{}'
);

-- What the ERP made of what later days still refer to, by the world's key.
create table living_company.document (
  legal_entity text not null,
  key text not null,
  id text not null,
  number text not null,
  item text,
  amount numeric,
  noted_on date not null,
  primary key (legal_entity, key)
);

-- The ids of what was founded with the company, by what the world calls it.
create table living_company.name (
  name text primary key,
  id text not null
);

-- The oddities in the company's books, in the order in which they were known.
create table living_company.truth (
  sequence bigint generated always as identity primary key,
  line text not null
);
